#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the form of the cases in this folder: that each says what it means to say.

It knows nothing of billing. It finds the slips of a hand that writes figures: a field misspelt, a line
out of order, a total that is not the sum, a patch that changes nothing, a document that the schemas
refuse. The closing line says "N runs of M cases, K faults"; exit code 1 on any fault.
"""
import copy
import datetime
import json
import pathlib
import re
import sys
from decimal import Decimal

from jsonschema import Draft202012Validator

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from documents import read  # noqa: E402
DATA = HERE.parents[1] / "src" / "data"

CASE = {"id", "title", "source", "note", "tariff", "facts", "from", "to", "select", "before", "expect", "variants"}
CASE_NEEDS = CASE - {"note", "before", "variants"}
BEFORE = {"tariff", "facts", "from", "to", "expect"}
EXPECT = {"lines", "total", "bills", "must_not"}
LINE = {"account", "unit", "fee", "subject", "from", "to", "issue", "due", "cause", "quantity", "price", "gross", "discounts", "by_discount", "taxed", "net", "tax", "amount", "diagnostic"}
LINE_NEEDS = {"account", "unit", "fee", "amount"}
BILL = {"account", "issue", "due", "total", "lines"}
VARIANT = {"id", "patch", "expect"}
PLACES = {"CNY": 2, "SGD": 2, "JPY": 0, "KWD": 3}

faults = []


def check(good, where, what):
    if not good:
        faults.append(f"{where}: {what}")


def fields(where, thing, known, needed=frozenset()):
    if not isinstance(thing, dict):
        faults.append(f"{where}: wanted an object, found {type(thing).__name__}")
        return False
    check(not set(thing) - known, where, f"unknown fields {sorted(set(thing) - known)}")
    missing = sorted(set(needed) - set(thing))
    check(not missing, where, f"fields missing: {missing}")
    return not missing


def is_date(text):
    try:
        return isinstance(text, str) and datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_money(text, places):
    fraction = rf"\.[0-9]{{{places}}}" if places else ""
    return isinstance(text, str) and re.fullmatch(rf"-?(0|[1-9][0-9]*){fraction}", text) is not None and not re.fullmatch(r"-[0.]*", text)


def is_number(text):
    return isinstance(text, str) and re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", text) is not None


def check_line(where, line, tariff, facts, places):
    if not fields(where, line, LINE, LINE_NEEDS):
        return False
    for name in ("from", "to", "issue", "due"):
        check(name not in line or is_date(line[name]), where, f"{name} is no date")
    if "from" in line and "to" in line:
        check(line["from"] < line["to"], where, "ends before it begins")
    if "issue" in line and "due" in line:
        check(line["issue"] <= line["due"], where, "due before it is issued")
    for name in ("gross", "net", "tax", "amount"):
        check(name not in line or is_money(line[name], places), where, f"{name} is no amount of {places} places")
    for name in ("quantity", "price"):
        check(name not in line or is_number(line[name]), where, f"{name} is no decimal")
    if all(is_money(line.get(name), places) for name in ("net", "tax", "amount")):
        check(Decimal(line["net"]) + Decimal(line["tax"]) == Decimal(line["amount"]), where, "net and tax are not the amount")
    check(re.fullmatch(r"charge|adjustment:[1-9][0-9]*", line.get("cause", "charge")), where, "cause is of no kind")
    if "diagnostic" in line:
        check(re.fullmatch(r"[FRT][0-9]{3}", line["diagnostic"]), where, "diagnostic is no code")
        check(Decimal(line["amount"]) == 0, where, "a line that could not be computed has an amount")
    accounts = {row["account"] for name in ("tenures", "subscriptions", "accounts") for row in facts.get(name, []) if "account" in row}
    check(line["account"] in accounts or (line["account"] == "" and "diagnostic" in line), where, f"no account {line['account']!r}")
    check(line["unit"] in {row["unit"] for row in facts.get("units", [])}, where, f"no unit {line['unit']}")
    check(line["fee"] in [fee["id"] for fee in tariff["fees"]], where, f"no fee {line['fee']}")
    if "subject" in line:
        check(line["subject"] in {row["subscription"] for row in facts.get("subscriptions", [])}, where, f"no subscription {line['subject']}")
    return True


def check_order(where, lines, tariff):
    """By account, unit, order of fees, date, subject, cause. Ids order by bytes."""
    order = [fee["id"] for fee in tariff["fees"]]
    for at, (a, b) in enumerate(zip(lines, lines[1:])):
        key = lambda line: (line["account"].encode(), line["unit"].encode(), order.index(line["fee"]))
        if key(a) != key(b):
            check(key(a) < key(b), where, f"lines {at} and {at + 1} are out of order")
        elif "from" in a and "from" in b:
            check((a["from"], a.get("subject", ""), a.get("cause", "")) < (b["from"], b.get("subject", ""), b.get("cause", "")), where, f"lines {at} and {at + 1} are out of order")


def check_bills(where, expect, places):
    bills, lines = expect["bills"], expect["lines"]
    check(bills == sorted(bills, key=lambda bill: (bill.get("account", "").encode(), bill.get("issue", ""), bill.get("due", ""))), where, "bills are out of order")
    for at, bill in enumerate(bills):
        place = f"{where} bills/{at}"
        if not fields(place, bill, BILL, BILL):
            return
        check(is_date(bill["issue"]) and is_date(bill["due"]) and bill["issue"] <= bill["due"], place, "issue or due is wrong")
        check(is_money(bill["total"], places), place, "total is no amount")
    check(sum(bill["lines"] for bill in bills) == len(lines), where, "the bills do not hold all lines")
    for account in {line["account"] for line in lines}:
        billed = sum(Decimal(bill["total"]) for bill in bills if bill["account"] == account)
        check(billed == sum(Decimal(line["amount"]) for line in lines if line["account"] == account), where, f"bills of {account} miss its lines")


def check_expect(where, expect, tariff, facts):
    if not fields(where, expect, EXPECT, {"lines"}):
        return
    places = PLACES[tariff["currency"]]
    lines = expect["lines"]
    if not all([check_line(f"{where} lines/{at}", line, tariff, facts, places) for at, line in enumerate(lines)]):
        return
    check_order(where, lines, tariff)
    total = expect.get("total")
    if total is not None:
        check(is_money(total, places), where, "total is no amount")
        check(Decimal(total) == sum(Decimal(line["amount"]) for line in lines), where, f"total {total} is not the sum of the lines")
    if "bills" in expect:
        check_bills(where, expect, places)
    for figure in expect.get("must_not", []):
        check(is_money(figure, places), where, f"must_not {figure!r} is no amount")
        check(figure != total and figure not in [line["amount"] for line in lines], where, f"{figure} is expected and must not be")


def patched(where, case, patch):
    """The case with each change applied, or None."""
    out = copy.deepcopy({name: value for name, value in case.items() if name not in ("variants", "expect")})
    for change in patch:
        fields(where, change, {"at", "is", "remove"}, {"at"})
        *way, last = change["at"]
        node = out
        try:
            for key in way:
                node = node[key]
            if change.get("remove") is True and "is" not in change:
                del node[last]
            elif "is" in change and "remove" not in change:
                check(not isinstance(node, dict) or node.get(last) != change["is"], where, f"the patch of {change['at']} changes nothing")
                node[last] = change["is"]
            else:
                faults.append(f"{where}: a patch has either `is` or `remove`: true")
        except (KeyError, IndexError, TypeError):
            faults.append(f"{where}: nothing lies at {change['at']}")
            return None
    return out


def check_documents(where, tariff, facts, schemas):
    for name, document in (("tariff", tariff), ("facts", facts)):
        error = next(schemas[name].iter_errors(document), None)
        check(error is None, where, f"{name} {'/'.join(map(str, error.absolute_path)) if error else ''}: {error.message[:120] if error else ''}")


def check_run(where, run, expect, schemas):
    """One run, and the run before it if there is one."""
    check(is_date(run["from"]) and is_date(run["to"]) and run["from"] < run["to"], where, "the run's dates")
    check(run["select"] in ("service", "issue"), where, "select is of no kind")
    check_documents(where, run["tariff"], run["facts"], schemas)
    check_expect(where, expect, run["tariff"], run["facts"])
    if "before" not in run:
        return
    before = run["before"]
    if fields(where + " before", before, BEFORE, {"expect"}):
        tariff, facts = before.get("tariff", run["tariff"]), before.get("facts", run["facts"])
        check(tariff["id"] == run["tariff"]["id"], where, "the tariff before is another one")
        check_documents(where + " before", tariff, facts, schemas)
        check_expect(where + " before", before["expect"], tariff, facts)


def main():
    schemas = {name: Draft202012Validator(json.loads((DATA / f"{name}.schema.json").read_text(encoding="utf-8"))) for name in ("tariff", "facts")}
    ids = {}
    cases = 0
    runs = 0
    for path in sorted(HERE.glob("*.json")):
        try:
            case = read(path)
        except ValueError as error:
            faults.append(f"{path.name}: {error}")
            continue
        cases += 1
        if not fields(path.name, case, CASE, CASE_NEEDS):
            continue
        where = case["id"]
        check(re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", where), path.name, "the id")
        check(where not in ids, path.name, f"the id of {ids.get(where)}")
        ids[where] = path.name
        fields(where, case["title"], {"en", "zh"}, {"en", "zh"})
        check(isinstance(case["source"], str) and case["source"], where, "says no source")
        check_run(where, case, case["expect"], schemas)
        runs += 1
        names = [variant.get("id") for variant in case.get("variants", [])]
        check(len(names) == len(set(names)), where, "two variants of one id")
        for variant in case.get("variants", []):
            place = f"{where} ~ {variant.get('id')}"
            if not fields(place, variant, VARIANT, VARIANT):
                continue
            check(variant["patch"], place, "patches nothing")
            run = patched(place, case, variant["patch"])
            if run is not None:
                check_run(place, run, variant["expect"], schemas)
                runs += 1
    for fault in faults:
        print("FAULT", fault)
    print(f"{runs} runs of {cases} cases, {len(faults)} faults")
    return 1 if faults or cases == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
