#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bills every public-housing flat of a Singapore town and compares with counts times rate.

    bill_town.py COMMAND BLOCKS.csv [--town AMK] [--keep FOLDER]

BLOCKS.csv is data.gov.sg's "HDB Property Information" (Singapore Open Data Licence 1.0), which is not
part of this project; sample_blocks.csv beside this script has its form and invented blocks. Each flat
becomes a unit: "block street / type / number". It pays the reduced rate of tariff.json where there is
one, else the normal one. Facts are JSON. Amounts are added as whole cents. Exit code 1 when a total differs.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from flats import MONTHS, TARIFF, TYPES, billed_by_type, compare, flats, rate_class


def write_facts(path, units):
    with open(path, "w", encoding="utf-8") as out:
        out.write('{"dues_facts": "1",\n"units": [\n')
        out.write(",\n".join(json.dumps({"unit": u, "from": "2020-01-01", "type": t, "class": rate_class(t)}) for u, t in units))
        out.write('\n],\n"tenures": [\n')
        out.write(",\n".join(json.dumps({"unit": u, "account": u, "role": "owner", "from": "2020-01-01"}) for u, _ in units))
        out.write("\n]}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command")
    parser.add_argument("blocks")
    parser.add_argument("--town", default="AMK")
    parser.add_argument("--keep", help="folder to leave facts and lines in")
    asked = parser.parse_args()
    folder = pathlib.Path(asked.keep or tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    units = list(flats(asked.blocks, asked.town))
    if len({unit for unit, _ in units}) != len(units) or not units:
        sys.exit("the blocks give no flats, or two of one name")
    counts = {t: sum(1 for _, u in units if u == t) for t in TYPES}
    facts = folder / "facts.json"
    write_facts(facts, units)
    wrong = 0
    for first, after, version in MONTHS:
        lines = folder / f"lines-{first[:7]}.csv"
        subprocess.run([asked.command, "bill", TARIFF, facts, "--from", first, "--to", after, "--format", "csv", "--output", lines], check=True)
        print(f"{asked.town}, {first[:7]}: {len(units)} flats")
        wrong += compare(counts, version, billed_by_type(lines))
    print(f"{len(MONTHS) * (len(TYPES) + 1) - wrong} passed, {wrong} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
