# SPDX-License-Identifier: Apache-2.0
"""Every worked example: what it must come to, and the same bytes through Python as through C++.

DUES_CASE_BYTES names the program dues_case_bytes, built from the same sources (tests/case_runner/bytes.cpp).
"""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

import dues
from page import REPOSITORY

Case = dict[str, Any]
# Fewer would mean that cases were not found.
LEAST_CASES = 100


def patched(case: Case, changes: list[dict[str, Any]]) -> Case:
    changed = copy.deepcopy(case)
    for change in changes:
        parent = changed
        for step in change["at"][:-1]:
            parent = parent[step]
        if "remove" in change:
            del parent[change["at"][-1]]
        else:
            parent[change["at"][-1]] = change["is"]
    return changed


def all_cases() -> Iterator[tuple[str, Case]]:
    for path in sorted((REPOSITORY / "tests" / "cases").glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        yield case["id"], case
        for variant in case.get("variants", ()):
            yield f"{case['id']}~{variant['id']}", patched(case, variant["patch"]) | {"expect": variant["expect"]}


CASES = dict(all_cases())


def bill(case: Case, before: dues.Result | tuple[()] = ()) -> dues.Result:
    tariff = dues.Tariff.load(case["tariff"])
    return tariff.bill(case["facts"], case["from"], case["to"], select=case["select"], before=before)


def billed(case: Case) -> dues.Result:
    if "before" not in case:
        return bill(case)
    first = {key: value for key, value in case.items() if key != "before"} | case["before"]
    return bill(case, before=bill(first))


def as_written(line: dues.Line, document: dict[str, Any], field: str) -> Any:
    """A field of a line as the cases write it; what discounts did stands in the document alone."""
    if field == "by_discount":
        return {one["discount"]: one["amount"] for one in document.get("by_discount", ())}
    if field in ("discounts", "taxed"):
        return document[field]
    if field == "cause":
        return f"adjustment:{line.adjustment}" if line.adjustment else "charge"
    if field == "diagnostic":
        return line.diagnostic.code if line.diagnostic else ""
    value = getattr(line, "from_" if field == "from" else field)
    if value is None:
        return "-" if field == "subject" else ""
    return value.isoformat() if isinstance(value, date) else str(value)


def test_there_are_cases() -> None:
    assert len(CASES) >= LEAST_CASES


@pytest.mark.parametrize("name", CASES)
def test_rows_of_a_worked_example_are_what_they_must_be(name: str) -> None:
    expect = CASES[name]["expect"]
    made = billed(CASES[name])
    documents = json.loads(made.to_json())["lines"]
    for line, document, wanted in zip(made.lines, documents, expect.get("lines", made.lines), strict=True):
        if isinstance(wanted, dict):
            if line.diagnostic is not None:  # the cases write 0.00 where there is no amount
                assert wanted.get("amount", "0.00") == "0.00" and line.amount is None
                wanted = {field: value for field, value in wanted.items() if field != "amount"}
            assert {field: as_written(line, document, field) for field in wanted} == wanted
            assert ("diagnostic" in wanted) == (line.diagnostic is not None)
    for bill_, wanted in zip(made.bills, expect.get("bills", made.bills), strict=True):
        if isinstance(wanted, dict):
            assert (bill_.account, bill_.issue.isoformat(), bill_.due.isoformat(), str(bill_.total)) == tuple(
                wanted[field] for field in ("account", "issue", "due", "total")
            )
            assert len(bill_.lines) == wanted.get("lines", len(bill_.lines))
    if "total" in expect:
        assert str(made.amount) == expect["total"]
    for never in expect.get("must_not", ()):
        assert never != str(made.amount) and all(never != str(line.amount) for line in made.lines)


@pytest.mark.parametrize("name", CASES)
def test_rows_arrow_and_bills_of_a_worked_example_tell_the_same(name: str) -> None:
    made = billed(CASES[name])
    columns = pa.table(made).to_pylist()
    assert len(columns) == len(made.lines)
    for line, row in zip(made.lines, columns, strict=True):
        told = line._asdict()
        key = told.pop("key")
        told["from"] = told.pop("from_")
        told["diagnostic"] = line.diagnostic and line.diagnostic.code
        assert row == told
        assert made.find(key) == made.lines.index(line)
    for one in made.bills:
        amounts = [made.lines[at].amount for at in one.lines]
        assert one.total == sum((amount for amount in amounts if amount is not None), Decimal(0))
    assert made.amount == sum((line.amount for line in made.lines if line.amount is not None), Decimal(0))
    assert made.bad_lines == sum(line.diagnostic is not None for line in made.lines)


def explained(made: dues.Result) -> list[str]:
    documents = [made.explain(at).document for at, line in enumerate(made.lines) if line.diagnostic is None]
    return [json.dumps(one, ensure_ascii=False) for one in documents]


def documents_in(text: str) -> list[str]:
    """JSON documents that stand one after another, written as `explained` writes them."""
    found, at, decoder = [], 0, json.JSONDecoder()
    while at < len(text):
        document, at = decoder.raw_decode(text, at)
        found.append(json.dumps(document, ensure_ascii=False))
        at += len(text[at:]) - len(text[at:].lstrip())
    return found


def test_every_worked_example_gives_the_same_bytes_as_through_cpp() -> None:
    program = os.environ["DUES_CASE_BYTES"]
    printed = subprocess.run([program], check=True, capture_output=True).stdout.decode()
    sections = dict(re.findall(r"^== (\S+)\n(.*?)(?=^== |\Z)", printed, re.MULTILINE | re.DOTALL))
    assert list(sections) == list(CASES)
    for name, case in CASES.items():
        made = billed(case)
        documents = made.to_json(indented=True) + made.to_csv()
        before, same, explanations = sections[name].partition(documents)
        assert same, f"{name}: JSON or CSV differ"
        json.loads(before)  # nothing but what the documents' own diagnostics say
        assert documents_in(explanations.lstrip()) == explained(made), name
