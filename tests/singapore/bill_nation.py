#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bills every public-housing flat of Singapore, from a CSV of units to a CSV of lines, and measures it.

    bill_nation.py COMMAND BLOCKS.csv [--keep FOLDER] [--rounds N]

BLOCKS.csv is data.gov.sg's "HDB Property Information" (Singapore Open Data Licence 1.0), which is not
part of this project; sample_blocks.csv beside this script has its form and invented blocks. A row of the
CSV is one flat: its unit "block street / type / number", the account of the same name that holds it,
its type and its class of rate, from 2020. All pay the rates of tariff.json, reduced where there is a
reduced one. The months lie on both sides of the price change of 1 July 2024; every total must be counts
times rate. Then the time and the peak memory of the command are measured on one core for a quarter,
half and all of the flats; of several rounds the median counts. Exit code 1 when a total differs.
"""
import argparse
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from flats import HERE, MONTHS, TARIFF, TYPES, billed_by_type, compare, flats, rate_class

MEASURED = HERE / "measured.py"
ONE_CORE = ["taskset", "-c", "0"] if shutil.which("taskset") else []


def write_units(path, units):
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write("unit,account,from,type,class\n")
        for unit, flat_type in units:
            out.write(f"{unit},{unit},2020-01-01,{flat_type},{rate_class(flat_type)}\n")


def bill(command, units, first, after, lines):
    """Seconds, those of processor time, and peak memory in bytes, of one run of the command."""
    arguments = [*ONE_CORE, command, "bill", TARIFF, units, "--from", first, "--to", after, "--threads", "1", "--format", "csv", "--output", lines]
    done = subprocess.run([sys.executable, MEASURED, *arguments], stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(f"the command ended with {done.returncode}")
    seconds, busy, peak = done.stdout.split()
    return float(seconds), float(busy), int(peak)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command")
    parser.add_argument("blocks")
    parser.add_argument("--keep", help="folder to leave units and lines in")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    made = None if asked.keep else tempfile.TemporaryDirectory()
    folder = pathlib.Path(asked.keep or made.name)
    folder.mkdir(parents=True, exist_ok=True)
    units = list(flats(asked.blocks))
    names = {unit for unit, _ in units}
    if len(names) != len(units) or not units or any("," in unit or '"' in unit for unit in names):
        sys.exit("the blocks give no flats, two of one name, or a name that would need quotes")
    counts = {t: 0 for t in TYPES}
    for _, flat_type in units:
        counts[flat_type] += 1

    everything = folder / "units.csv"
    write_units(everything, units)
    wrong = 0
    for first, after, version in MONTHS:
        lines = folder / f"lines-{first[:7]}.csv"
        bill(asked.command, everything, first, after, lines)
        print(f"Singapore, {first[:7]}: {len(units)} flats")
        wrong += compare(counts, version, billed_by_type(lines))

    print(f"Time from CSV to CSV{' on one core' if ONE_CORE else ''}, and peak memory (median of {asked.rounds}):")
    print(f"  {'flats':>8} {'seconds':>8} {'of CPU':>8} {'us a flat':>10} {'MB':>6}")
    for parts in (4, 2, 1):
        count = len(units) // parts
        some = folder / f"units-{parts}.csv"
        write_units(some, units[:count])
        rounds = [bill(asked.command, some, *MONTHS[1][:2], folder / "measured.csv") for _ in range(asked.rounds)]
        seconds, busy, memory = (statistics.median(each) for each in zip(*rounds))
        print(f"  {count:>8} {seconds:>8.2f} {busy:>8.2f} {seconds / max(count, 1) * 1e6:>10.2f} {memory / 1e6:>6.0f}")
    print(f"{len(MONTHS) * (len(TYPES) + 1) - wrong} passed, {wrong} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
