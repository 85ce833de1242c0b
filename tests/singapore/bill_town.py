#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bills every public-housing flat of a Singapore town and compares with counts times rate.

    bill_town.py COMMAND BLOCKS.csv [--town AMK] [--keep FOLDER]

BLOCKS.csv is data.gov.sg's "HDB Property Information" (Singapore Open Data Licence 1.0), which is not
part of this project; sample_blocks.csv beside this script has its form and invented blocks. Each flat
becomes a unit: "block street / type / number". It pays the reduced rate of tariff.json where there is
one, else the normal one. Amounts are added as whole cents. Exit code 1 when a total differs.
"""
import argparse
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TYPES = {
    "1-room": ["1room_sold", "1room_rental", "other_room_rental"],
    "2-room": ["2room_sold", "2room_rental", "studio_apartment_sold"],
    "3-room": ["3room_sold", "3room_rental"],
    "4-room": ["4room_sold"],
    "5-room": ["5room_sold"],
    "executive": ["exec_sold", "multigen_sold"],
}
MONTHS = [("2024-03-01", "2024-04-01", "2023-07-01"), ("2024-07-01", "2024-08-01", "2024-07-01")]


def cents(text):
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int((part + "00")[:2])


def flats(path, town):
    """(unit, type) of every flat of the town."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        for block in csv.DictReader(file):
            if block["bldg_contract_town"] != town:
                continue
            for flat_type, columns in TYPES.items():
                for number in range(1, sum(int(block[c]) for c in columns) + 1):
                    yield f"{block['blk_no']} {block['street']} / {flat_type} / {number}", flat_type


def write_facts(path, units):
    with open(path, "w", encoding="utf-8") as out:
        out.write('{"dues_facts": "1",\n"units": [\n')
        out.write(",\n".join(json.dumps({"unit": u, "from": "2020-01-01", "type": t, "class": "normal" if t == "executive" else "reduced"}) for u, t in units))
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
    counts = {t: sum(1 for _, u in units if u == t) for t in TYPES}
    type_of = dict(units)
    if len(type_of) != len(units) or not units:
        sys.exit("the blocks give no flats, or two of one name")
    facts = folder / "facts.json"
    write_facts(facts, units)
    tariff = json.loads((HERE / "tariff.json").read_text(encoding="utf-8"))
    versions = {v["from"]: v["is"] for v in tariff["values"][0]["is"]}
    wrong = 0
    for first, after, version in MONTHS:
        lines = folder / f"lines-{first[:7]}.csv"
        subprocess.run([asked.command, "bill", HERE / "tariff.json", facts, "--from", first, "--to", after, "--format", "csv", "--output", lines], check=True)
        billed = {t: [0, 0] for t in TYPES}
        with open(lines, newline="", encoding="utf-8") as file:
            for line in csv.DictReader(file):
                one = billed[type_of[line["unit"]]]
                one[0] += 1
                one[1] += cents(line["amount"])
        print(f"{asked.town}, {first[:7]}: {len(units)} flats")
        print(f"  {'flat type':<10} {'flats':>8} {'rate':>8} {'counts x rate':>16} {'billed':>16}")
        for flat_type, count in list(counts.items()) + [("all", len(units))]:
            if flat_type == "all":
                rate, want, got = "", sum(c * cents(versions[version]["reduced"][t]) for t, c in counts.items()), sum(b[1] for b in billed.values())
                lines_made = sum(b[0] for b in billed.values())
            else:
                rate = versions[version]["reduced"][flat_type]
                want, (lines_made, got) = count * cents(rate), billed[flat_type]
            same = want == got and lines_made == count
            wrong += not same
            print(f"  {flat_type:<10} {count:>8} {rate:>8} {want // 100:>13}.{want % 100:02} {got // 100:>13}.{got % 100:02} {'' if same else '  DIFFERS'}")
    print(f"{len(MONTHS) * (len(TYPES) + 1) - wrong} passed, {wrong} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
