# SPDX-License-Identifier: Apache-2.0
"""Nothing leaks: what is made is freed, also on the ways that fail, and at the interpreter's end."""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

import dues
from conftest import JULY, TOTAL
from test_ledger import CHARGES, TARIFF
from test_penalties import HISTORY

Document = dict[str, Any]


def resident() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def grows_by(call: Callable[[], object], times: int) -> int:
    """Bytes by which this process grows, once it has what it keeps anyway."""
    for _ in range(times // 2):
        call()
    gc.collect()
    before = resident()
    for _ in range(times):
        call()
    gc.collect()
    return resident() - before


def units(count: int, area: object) -> Document:
    rows = [{"unit": f"unit-{number:06}", "from": "2026-01-01", "use": "flat", "area": area} for number in range(count)]
    return {
        "units": rows,
        "tenures": [{"unit": row["unit"], "account": "A", "role": "owner", "from": "2026-01-01"} for row in rows],
    }


def test_what_is_billed_again_and_again_does_not_grow(tariff: dues.Tariff) -> None:
    # 300 units are some 100 KB of facts and lines: 200 times that would be 20 MB.
    held = units(300, "80.02")

    def all_the_way() -> None:
        made = tariff.bill(held, *JULY)
        list(made.lines)
        list(made.bills)
        made.explain(0)
        pa.table(made)
        made.__arrow_c_stream__()
        made.to_json()

    assert grows_by(all_the_way, 200) < 4_000_000


def refused(call: Callable[[], object], wrong: type[Exception]) -> Callable[[], None]:
    def go() -> None:
        with pytest.raises(wrong):
            call()

    return go


def test_what_is_refused_does_not_grow(tariff: dues.Tariff) -> None:
    with_float, bad_table = units(300, 80.02), pa.table({"unit": ["u" * 1000] * 100, "area": [1.5] * 100})
    long_text = json.dumps({"dues_tariff": "1", "note": "x" * 100_000})
    for call, wrong in (
        (lambda: tariff.load_facts(with_float), TypeError),
        (lambda: tariff.load_facts(bad_table), dues.ColumnError),
        (lambda: tariff.load_facts('{"dues_facts": "' + "x" * 100_000 + '"}'), dues.FactsError),
        (lambda: dues.Tariff.load(long_text), dues.TariffError),
        (lambda: tariff.bill(units(300, 80), *JULY, account="Nobody"), dues.RunError),
    ):
        assert grows_by(refused(call, wrong), 100) < 4_000_000


def test_ledgers_do_not_grow_beyond_what_they_hold() -> None:
    court = dues.Tariff.load(TARIFF)
    long_text = "x" * 10_000

    def all_the_way() -> None:
        made = court.ledger()
        made.apply(CHARGES)
        made.pay("Chen", "105.00", "2026-01-15", id="p1", reason=long_text)
        with pytest.raises(dues.LedgerError):
            made.apply(
                {
                    "event": "refund",
                    "id": "r",
                    "account": "Chen",
                    "date": "2026-01-16",
                    "amount": 1,
                    "reason": long_text,
                }
            )
        court.ledger(made.to_json())
        pa.table(made.table("open_items"))
        made.__arrow_c_stream__()
        made.explain("Chen")
        made.history("Chen")
        court.penalties(HISTORY, "2026-01-25")
        court.postings(HISTORY, "2026-01-25", court.postings(HISTORY, "2026-01-24"))

    assert grows_by(all_the_way, 200) < 4_000_000


def test_nothing_is_left_when_the_interpreter_ends(tariff_document: Document, facts_document: Document) -> None:
    program = f"""
import json, sys, dues
from dues import _dues
_dues.warn_of_leaks()
tariff, facts = json.load(sys.stdin)
def work():
    loaded = dues.Tariff.load(tariff)
    made = loaded.bill(facts, *{JULY!r}, watch=dues.Watch())
    list(made.lines), made.__arrow_c_stream__(), made.explain(0)
    try:
        loaded.load_facts({{"units": [{{"unit": 1.5}}]}})
    except TypeError:
        pass
    print(made.amount)
work()
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps([tariff_document, facts_document]),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, TOTAL + "\n", "")


def test_what_modules_still_hold_at_the_end_makes_no_noise(tariff_document: Document, facts_document: Document) -> None:
    program = f"""
import json, sys, dues
tariff, facts = json.load(sys.stdin)
tariff = dues.Tariff.load(tariff)
made = tariff.bill(facts, *{JULY!r})
capsule = made.__arrow_c_stream__()
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps([tariff_document, facts_document]),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
