# SPDX-License-Identifier: Apache-2.0
"""Flats of Singapore out of a file of blocks, and what they must come to: shared by the scripts here."""
import csv
import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
TARIFF = HERE / "tariff.json"
TYPES = {
    "1-room": ["1room_sold", "1room_rental", "other_room_rental"],
    "2-room": ["2room_sold", "2room_rental", "studio_apartment_sold"],
    "3-room": ["3room_sold", "3room_rental"],
    "4-room": ["4room_sold"],
    "5-room": ["5room_sold"],
    "executive": ["exec_sold", "multigen_sold"],
}
# First day, the day after the last, and the version of the rates that stands in between.
MONTHS = [("2024-03-01", "2024-04-01", "2023-07-01"), ("2024-07-01", "2024-08-01", "2024-07-01")]


def cents(text):
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int((part + "00")[:2])


def money(amount):
    return f"{amount // 100}.{amount % 100:02}"


def flats(path, town=None):
    """(unit, type) of every flat, or of every flat of one town."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        for block in csv.DictReader(file):
            if town is not None and block["bldg_contract_town"] != town:
                continue
            for flat_type, columns in TYPES.items():
                for number in range(1, sum(int(block[c]) for c in columns) + 1):
                    yield f"{block['blk_no']} {block['street']} / {flat_type} / {number}", flat_type


def rate_class(flat_type):
    """The rate a flat pays: the reduced one where there is one."""
    return "normal" if flat_type == "executive" else "reduced"


def rates(version):
    """What a flat of each type pays a month, as text."""
    tariff = json.loads(TARIFF.read_text(encoding="utf-8"))
    cells = {one["from"]: one["is"] for one in tariff["values"][0]["is"]}[version]
    return {flat_type: cells[rate_class(flat_type)][flat_type] for flat_type in TYPES}


def billed_by_type(path):
    """Lines and cents of each flat type in a CSV of lines. The type is the middle part of a unit's name."""
    billed = {flat_type: [0, 0] for flat_type in TYPES}
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        header = next(rows)
        unit, amount = header.index("unit"), header.index("amount")
        for row in rows:
            one = billed[row[unit].split(" / ")[1]]
            one[0] += 1
            one[1] += cents(row[amount])
    return billed


def compare(counts, version, billed):
    """Prints counts times rate beside what was billed. Returns how many of the rows differ."""
    rate = rates(version)
    wrong = want_all = 0
    print(f"  {'flat type':<10} {'flats':>8} {'rate':>8} {'counts x rate':>16} {'billed':>16}")
    for flat_type, count in counts.items():
        want = count * cents(rate[flat_type])
        want_all += want
        lines, got = billed[flat_type]
        same = (lines, got) == (count, want)
        wrong += not same
        print(f"  {flat_type:<10} {count:>8} {rate[flat_type]:>8} {money(want):>16} {money(got):>16}{'' if same else '  DIFFERS'}")
    got_all = sum(one[1] for one in billed.values())
    wrong += got_all != want_all
    print(f"  {'all':<10} {sum(counts.values()):>8} {'':>8} {money(want_all):>16} {money(got_all):>16}{'' if got_all == want_all else '  DIFFERS'}")
    return wrong
