#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes facts.json beside this file: an invented community, the same bytes on every run.

No person, flat or contract in it exists. The numbers come from a small linear congruential
generator with a fixed seed, so that they depend on no version of Python. With --check nothing is
written; the exit code says whether the file is what this script makes.
"""
import datetime
import json
import pathlib
import sys

FILE = pathlib.Path(__file__).with_name("facts.json")
HANDED_OVER = "2024-06-01"
FLOORS = {1: 12, 2: 12, 3: 11, 4: 5, 5: 5, 6: 5}  # buildings 1 to 3 have a lift; 4 flats a floor
DOORS = 4
SHOPS = 20
SPACES = 150
LIFT_AREAS = ["62.35", "89.50", "101.27", "118.64"]
STAIRS_AREAS = ["54.80", "67.12", "80.02", "92.46"]

# Days off of 2026 and the weekend days worked in exchange, written from memory: illustrative.
# Whoever bills in earnest takes the list of the year's official notice.
DAYS_OFF = [("2026-01-01", 3), ("2026-02-15", 9), ("2026-04-04", 3), ("2026-05-01", 5),
            ("2026-06-19", 3), ("2026-09-25", 3), ("2026-10-01", 7)]
DAYS_WORKED = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]


class Numbers:
    """x -> 6364136223846793005 x + 1442695040888963407 (mod 2^64); the upper 32 bits are used."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 32) * bound >> 32

    def pick(self, several):
        return several[self.below(len(several))]

    def day(self, first, last):
        """A day from first to last, both included."""
        start = datetime.date.fromisoformat(first)
        span = (datetime.date.fromisoformat(last) - start).days
        return (start + datetime.timedelta(days=self.below(span + 1))).isoformat()


def flat_ids():
    return [f"{building}-{floor:02}{door:02}" for building, floors in FLOORS.items()
            for floor in range(1, floors + 1) for door in range(1, DOORS + 1)]


class Community:
    def __init__(self):
        self.numbers = Numbers(20260701)
        self.units, self.tenures, self.subscriptions = [], [], []
        self.accounts = {}
        self.holder = {}  # flat -> account that holds it at the end

    def account(self, since):
        name = f"A-{len(self.accounts) + 1:04}"
        self.accounts[name] = since
        return name

    def tenure(self, unit, account, role, since, to=None, share=None):
        row = {"unit": unit, "account": account, "role": role, "from": since}
        if to:
            row["to"] = to
        if share:
            row["share"] = share
        self.tenures.append(row)

    def flats(self):
        n = self.numbers
        unsold = {"3-1102", "3-1103", "3-1104", "6-0401", "6-0402", "6-0403", "6-0501", "6-0502", "6-0503", "6-0504"}
        sold_this_quarter = {"6-0404": "2026-07-11", "3-1101": "2026-08-21"}  # from the developer
        sold_on = {"1-0302": "2026-07-19", "1-0904": "2026-08-08", "2-0201": "2026-08-31", "2-0703": "2026-09-01",
                   "3-0604": "2026-09-15", "4-0203": "2026-07-02", "4-0501": "2026-08-16", "5-0304": "2026-09-30"}
        shared = {"1-0101": ["50%", "50%"], "1-0504": ["60%", "40%"], "1-1201": ["70%", "30%"], "2-0304": ["50%", "50%"],
                  "2-0902": ["33.33%", "66.67%"], "3-0203": ["50%", "50%"], "3-0801": ["55.5%", "44.5%"],
                  "4-0102": ["50%", "50%"], "5-0402": [None, None, None], "6-0201": ["75%", "25%"]}
        emptied = {"1-0603": [("2026-08-01", "empty")], "2-1004": [("2026-08-12", "empty")],
                   "3-0402": [("2026-02-01", "empty"), ("2026-07-20", "lived_in")], "5-0103": [("2025-11-01", "empty")],
                   "4-0404": [("2026-01-01", "empty"), ("2026-09-10", "lived_in")], "2-0501": [("2026-07-01", "empty")]}
        before = []
        for unit in flat_ids():
            building, door = int(unit[0]), int(unit[-2:])
            lift = building <= 3
            area = (LIFT_AREAS if lift else STAIRS_AREAS)[door - 1]
            if n.below(8) == 0:  # here and there a flat was measured a little larger
                cents = int(area.replace(".", "")) + 1 + n.below(180)
                area = f"{cents // 100}.{cents % 100:02}"
            self.units.append({"unit": unit, "from": HANDED_OVER, "use": "flat", "area": area,
                               "access": "lift" if lift else "stairs"})
            changes = emptied.get(unit, [("2024-06-01", "empty")] if unit in unsold else [])
            for since, state in changes:
                if since == HANDED_OVER:
                    self.units[-1]["state"] = state
                else:
                    self.units.append({"unit": unit, "from": since, "state": state})
            if unit in unsold:
                self.tenure(unit, "developer", "developer", HANDED_OVER)
                continue
            since = n.day("2024-06-08", "2025-12-20")
            if unit in sold_this_quarter:
                since = sold_this_quarter[unit]
            if since > HANDED_OVER:
                self.tenure(unit, "developer", "developer", HANDED_OVER, since)
            if unit in shared:
                for share in shared[unit]:
                    self.holder[unit] = self.account(since)
                    self.tenure(unit, self.holder[unit], "owner", since, None, share)
                continue
            # One owner in fifteen holds an earlier flat too.
            owner = n.pick(before) if before and n.below(15) == 0 else self.account(since)
            self.accounts[owner] = min(self.accounts[owner], since)
            before.append(owner)
            self.holder[unit] = owner
            if unit in sold_on:
                buyer = self.account(sold_on[unit])
                self.tenure(unit, owner, "owner", since, sold_on[unit])
                self.tenure(unit, buyer, "owner", sold_on[unit])
                self.holder[unit] = buyer
            else:
                self.tenure(unit, owner, "owner", since)

    def shops(self):
        n = self.numbers
        for at in range(1, SHOPS + 1):
            unit = f"S-{at:02}"
            area = f"{22 + n.below(120)}.{n.below(100):02}"
            self.units.append({"unit": unit, "from": HANDED_OVER, "use": "shop", "area": area})
            if at <= 7:
                owner = self.account("2024-09-01")
                self.tenure(unit, owner, "owner", "2024-09-01")
                self.tenure(unit, "developer", "developer", HANDED_OVER, "2024-09-01")
            else:
                self.tenure(unit, "developer", "developer", HANDED_OVER)
            if at in (5, 16):  # never let
                continue
            tenant = self.account("2025-03-01")
            if at == 9:  # let, empty for nineteen days, let again
                self.tenure(unit, tenant, "tenant", "2025-03-01", "2026-07-13")
                self.tenure(unit, self.account("2026-08-01"), "tenant", "2026-08-01")
            elif at == 12:
                self.tenure(unit, tenant, "tenant", "2025-03-01", "2026-08-16")
            else:
                self.tenure(unit, tenant, "tenant", n.day("2025-01-01", "2025-12-31"))

    def spaces(self):
        n = self.numbers
        flats = sorted(self.holder)
        fixed = {1: "2024-08-31", 2: "2026-01-31", 3: "2025-08-29", 4: "2026-07-31", 5: "2026-08-30", 6: "2024-12-31"}
        ended = {3: "2026-08-10", 17: "2026-07-26", 40: "2026-09-01", 71: "2026-08-05", 118: "2026-09-18"}
        begun = {25: "2026-07-04", 58: "2026-07-15", 90: "2026-08-12", 121: "2026-09-09"}
        for at in range(1, SPACES + 1):
            unit = f"P-{at:03}"
            self.units.append({"unit": unit, "from": HANDED_OVER, "use": "parking_space",
                               "place": "surface" if at > 110 else "underground"})
            holder = self.holder[n.pick(flats)]
            sold = at % 3 == 0
            if sold:
                since = n.day("2024-06-08", "2025-12-20")
                self.accounts[holder] = min(self.accounts[holder], since)
                self.tenure(unit, "developer", "developer", HANDED_OVER, since)
                self.tenure(unit, holder, "owner", since)
            else:
                self.tenure(unit, "developer", "developer", HANDED_OVER)
            start = fixed.get(at) or begun.get(at) or n.day("2024-07-01", "2026-05-31")
            if at % 8 == 7 and at not in (*fixed, *begun, *ended):
                continue  # stands free
            row = {"subscription": f"PK-{at:03}", "unit": unit, "fee": "parking"}
            if not sold:  # the space is the developer's: who rents it is named
                row["account"] = holder
                self.accounts[holder] = min(self.accounts[holder], start)
            row["from"] = start
            if at in ended:
                row["to"] = ended[at]
            self.subscriptions.append(row)

    def once(self):
        n = self.numbers
        flats = sorted(self.holder)
        for at in range(1, 19):
            self.subscriptions.append({"subscription": f"AC-{at:03}", "unit": n.pick(flats), "fee": "access_card",
                                       "from": n.day("2026-07-01", "2026-09-30"), "quantity": 1 + n.below(3)})
        for at, (unit, since) in enumerate([("1-0302", "2026-07-27"), ("3-1101", "2026-09-02"), ("4-0203", "2026-07-06"),
                                            ("6-0404", "2026-07-20"), ("5-0101", "2026-08-17")], 1):
            self.subscriptions.append({"subscription": f"RF-{at:03}", "unit": unit, "fee": "refuse", "from": since})

    def document(self):
        self.accounts["developer"] = HANDED_OVER
        self.flats()
        self.shops()
        self.spaces()
        self.once()
        days = []
        for first, count in DAYS_OFF:
            start = datetime.date.fromisoformat(first)
            days += [{"calendar": "cn_public", "date": (start + datetime.timedelta(days=i)).isoformat(), "is": "holiday"}
                     for i in range(count)]
        days += [{"calendar": "cn_public", "date": day, "is": "business_day"} for day in DAYS_WORKED]
        return {
            "dues_facts": "1",
            "units": self.units,
            "accounts": [{"account": name, "from": since} for name, since in sorted(self.accounts.items())],
            "tenures": self.tenures,
            "subscriptions": self.subscriptions,
            "calendars": [{"calendar": "cn_public", "from": "2026-01-01", "to": "2027-01-01", "weekend": ["saturday", "sunday"]}],
            "calendar_days": sorted(days, key=lambda row: row["date"]),
        }


def text_of(document):
    """One row a line, so that a change of the facts is a readable change of the file."""
    parts = []
    for name, table in document.items():
        if isinstance(table, list):
            rows = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in table)
            parts.append(f'  "{name}": [\n{rows}\n  ]')
        else:
            parts.append(f'  "{name}": {json.dumps(table)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main():
    text = text_of(Community().document())
    if "--check" in sys.argv[1:]:
        return 0 if FILE.exists() and FILE.read_text(encoding="utf-8") == text else 1
    FILE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
