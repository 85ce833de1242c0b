#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bills shops and stalls by the whole example src/data/examples/singapore-scc.json, from a CSV of units.

    bill_shops.py COMMAND

A shop pays 2.34 a square metre, at least 73.00, and for living accommodation 52.20 or 68.20 more. A stall
pays for every 10 square metres or part thereof: 205.00 for cooked food, 99.00 in a market. The amounts
below are worked by hand. Exit code 1 when one differs.
"""
import csv
import io
import pathlib
import subprocess
import sys

TARIFF = pathlib.Path(__file__).resolve().parents[2] / "src" / "data" / "examples" / "singapore-scc.json"
COLUMNS = "unit,account,from,use,area,living_accommodation"
UNITS = {
    # max(30 x 2.34 = 70.20, 73.00)
    "shop of 30": ("shop", "30", "", "73.00"),
    # 31.19 x 2.34 = 72.9846 is below the minimum, 31.2 x 2.34 = 73.008 above it.
    "shop of 31.19": ("shop", "31.19", "", "73.00"),
    "shop of 31.2": ("shop", "31.2", "", "73.01"),
    # 85.5 x 2.34 = 200.07; with living accommodation of 3 rooms + 52.20
    "shop of 85.5": ("shop", "85.5", "none", "200.07"),
    "shop of 85.5 with 3 rooms": ("shop", "85.5", "3-room", "252.27"),
    # 73.00 + 68.20
    "shop of 20 with 4 rooms": ("shop", "20", "4-room", "141.20"),
    # 1, 1, 2 and 3 times 10 square metres or part thereof
    "food stall of 0.5": ("cooked_food_stall", "0.5", "", "205.00"),
    "food stall of 10": ("cooked_food_stall", "10", "", "205.00"),
    "food stall of 10.01": ("cooked_food_stall", "10.01", "", "410.00"),
    "market stall of 20.5": ("market_stall", "20.5", "", "297.00"),
    "market stall of 9.99": ("market_stall", "9.99", "", "99.00"),
}


def main():
    units = [COLUMNS] + [f"{name},{name},2024-01-01,{use},{area},{living}" for name, (use, area, living, _) in UNITS.items()]
    done = subprocess.run([sys.argv[1], "bill", TARIFF, "-", "--facts-format", "csv", "--from", "2024-07-01", "--to", "2024-08-01", "--format", "csv"],
                          input="\n".join(units).encode(), stdout=subprocess.PIPE, check=True)
    billed = {row["unit"]: row["amount"] for row in csv.DictReader(io.StringIO(done.stdout.decode(), newline=""))}
    wrong = 0
    for name in sorted(set(UNITS) | set(billed)):
        want, got = UNITS[name][3] if name in UNITS else "no line", billed.get(name, "no line")
        wrong += want != got
        print(f"  {name:<28} {want:>8} {got:>8}{'' if want == got else '  DIFFERS'}")
    print(f"{len(UNITS) - wrong} passed, {wrong} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
