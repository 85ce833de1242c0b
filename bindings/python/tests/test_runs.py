# SPDX-License-Identifier: Apache-2.0
"""Runs: their arguments, what was billed before, threads, and how they are ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

import dues
from conftest import CHEN, JULY, LIN_FLAT, LIN_SHOP, TOTAL

Document = dict[str, Any]


def city(units: int) -> pl.DataFrame:
    numbers = pl.int_range(units, eager=True).cast(pl.String)
    return pl.DataFrame(
        {
            "unit": "U" + numbers,
            "account": "A" + numbers,
            "from": ["2026-01-01"] * units,
            "use": ["flat"] * units,
            "area": ["80.02"] * units,
        }
    )


@pytest.fixture(scope="module")
def town() -> tuple[dues.Tariff, dues.Facts]:
    """Runs long enough to be ended: 100,000 units, of which years are billed."""
    tariff = dues.Tariff.load(
        {
            "dues_tariff": "1",
            "id": "town",
            "edition": "1",
            "from": "2026-01-01",
            "currency": "CNY",
            "name": {"en": "A town"},
            "reads": {"unit": [{"id": "area", "type": "number", "above": 0}, {"id": "use", "type": "text"}]},
            "schedules": [
                {"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}
            ],
            "fees": [
                {
                    "id": "fee",
                    "kind": "recurring",
                    "name": {"en": "Fee"},
                    "quantity": "unit.area",
                    "price": "2.80",
                    "schedule": "monthly",
                }
            ],
        }
    )
    return tariff, tariff.load_facts(city(100_000))


FIVE_YEARS = ("2026-01-01", "2031-01-01")  # 6,000,000 lines of the town
AT_MOST = 100  # of such runs, before who should have ended them is given up


def test_a_part_of_the_portfolio_is_billed_alone(tariff: dues.Tariff, facts_document: Document) -> None:
    facts = tariff.load_facts(facts_document)
    assert [str(line.amount) for line in tariff.bill(facts, *JULY, account="Lin").lines] == [LIN_FLAT, LIN_SHOP]
    assert [str(line.amount) for line in tariff.bill(facts, *JULY, unit="1-101").lines] == [CHEN, LIN_FLAT]
    with pytest.raises(dues.RunError) as refused:
        tariff.bill(facts, *JULY, account="Nobody")
    assert refused.value.status == "DUES_BAD_RUN" and refused.value.code.startswith("R")


def test_bills_may_be_left_out(tariff: dues.Tariff, facts_document: Document) -> None:
    made = tariff.bill(facts_document, *JULY, bills=False)
    assert (len(made.lines), len(made.bills), str(made.amount)) == (3, 0, TOTAL)


def test_service_and_issue_are_told_apart(tariff_document: Document, facts_document: Document) -> None:
    tariff_document["schedules"][0] |= {"billed": "in_arrears", "due": {"day_of_month": 10}}
    tariff = dues.Tariff.load(tariff_document)
    issued = tariff.bill(facts_document, *JULY)
    served = tariff.bill(facts_document, *JULY, select="service")
    assert {line.period for line in issued.lines} == {date(2026, 6, 1)}
    assert {line.period for line in served.lines} == {date(2026, 7, 1)}
    assert str(served.amount) == TOTAL


def test_what_was_billed_before_comes_out_as_adjustments(tariff: dues.Tariff, facts_document: Document) -> None:
    first = tariff.bill(facts_document, *JULY)
    for before in (first, first.to_json(), first.to_json().encode(), first.to_csv(), [first], (first.to_csv(),)):
        assert len(tariff.bill(facts_document, *JULY, before=before).lines) == 0
    facts_document["units"][1]["area"] = "46.50"
    changed = tariff.bill(facts_document, *JULY, before=first)
    # 46.50 x (6.50 x 15 + 7.00 x 16) / 31 = 314.25
    assert [(line.unit, line.adjustment, str(line.amount)) for line in changed.lines] == [("S-1", 1, "6.76")]
    with pytest.raises(ValueError, match="read the file"):
        tariff.bill(facts_document, *JULY, before="june.json")
    with pytest.raises(TypeError, match="before is a Result"):
        tariff.bill(facts_document, *JULY, before=[1])  # type: ignore[list-item]
    with pytest.raises(dues.RunError):
        tariff.bill(facts_document, *JULY, before='{"dues_result": "1"}')


@pytest.mark.parametrize(
    ("changes", "refusal", "says"),
    [
        ({"from_": "2026-13-01"}, ValueError, "no day"),
        ({"from_": ""}, ValueError, "no day"),
        ({"from_": "\ud800"}, ValueError, "lone surrogate"),
        ({"from_": datetime(2026, 7, 1)}, TypeError, r"\.date\(\)"),
        ({"to": 20260801}, TypeError, "int"),
        ({"to": None}, TypeError, "NoneType"),
        ({"to": "2026-06-01"}, dues.RunError, "R11"),
        ({"select": "both"}, ValueError, "'issue' or 'service'"),
        ({"threads": -1}, ValueError, "threads"),
        ({"threads": True}, TypeError, "bool"),
        ({"threads": 1.0}, TypeError, "float"),
        ({"threads": 10**30}, ValueError, "threads"),
        ({"most_lines": 10**30}, ValueError, "most_lines"),
        ({"most_lines": 1}, dues.RunError, "R110"),
        ({"account": 7}, TypeError, "account is a str"),
        ({"account": "\udc00"}, ValueError, "lone surrogate"),
        ({"unit": b"S-1"}, TypeError, "unit is a str"),
    ],
)
def test_wrong_arguments_are_told(
    tariff: dues.Tariff, facts_document: Document, changes: Document, refusal: type[Exception], says: str
) -> None:
    arguments: Document = {"from_": JULY[0], "to": JULY[1]} | changes
    with pytest.raises(refusal, match=says):
        tariff.bill(facts_document, **arguments)


def test_facts_of_another_tariff_are_refused(
    tariff: dues.Tariff, tariff_document: Document, facts_document: Document
) -> None:
    with pytest.raises(ValueError, match="another tariff"):
        dues.Tariff.load(tariff_document).bill(tariff.load_facts(facts_document), *JULY)


def test_messages_come_in_the_tariffs_language(tariff_document: Document, facts_document: Document) -> None:
    tariff = dues.Tariff.load(tariff_document, language="zh")
    with pytest.raises(dues.RunError) as refused:
        tariff.bill(facts_document, *JULY, account="Nobody")
    assert not refused.value.message.isascii() and not refused.value.cure.isascii()
    facts_document["units"][0]["area"] = "eighty"
    facts = tariff.load_facts(facts_document)
    assert not facts.diagnostics[0].message.isascii()
    line = tariff.bill(facts, *JULY).lines[0]
    assert line.diagnostic is not None and not line.diagnostic.message.isascii()


def test_the_bytes_do_not_depend_on_threads(town: tuple[dues.Tariff, dues.Facts]) -> None:
    tariff, facts = town
    one, four = (tariff.bill(facts, *JULY, threads=threads).to_csv() for threads in (1, 4))
    assert one == four and one.count("\n") == 100_001


def test_python_threads_share_tariff_facts_and_result(tariff: dues.Tariff, facts_document: Document) -> None:
    facts = tariff.load_facts(facts_document)
    shared = tariff.bill(facts, *JULY)
    found: list[tuple[str, str, str]] = []

    def work() -> None:
        for _ in range(50):
            made = tariff.bill(facts, *JULY)
            found.append((made.to_csv(), str(shared.explain(1)), str(dues.check("{}")[0])))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(found) == 200 and len(set(found)) == 1


def longest_pause(call: Callable[[], object]) -> tuple[float, float]:
    """For how long another thread did not get to run at most, and how long the call took."""
    longest = 0.0
    ended = threading.Event()

    def breathe() -> None:
        nonlocal longest
        last = time.monotonic()
        while not ended.is_set():
            time.sleep(0.001)
            now = time.monotonic()
            longest, last = max(longest, now - last), now

    other = threading.Thread(target=breathe)
    other.start()
    begin = time.monotonic()
    call()
    took = time.monotonic() - begin
    ended.set()
    other.join()
    return longest, took


def test_other_threads_run_while_one_bills(town: tuple[dues.Tariff, dues.Facts]) -> None:
    tariff, facts = town
    made, units = tariff.bill(facts, *JULY), city(100_000)
    for call in (
        lambda: tariff.bill(facts, *FIVE_YEARS, bills=False),
        lambda: tariff.bill(facts, *FIVE_YEARS, threads=2),
        lambda: made.write(os.devnull, "json"),
        lambda: tariff.load_facts(units),
    ):
        longest, took = longest_pause(call)
        # A call that held the lock would keep the other thread out for its whole time.
        assert longest < max(took * 0.7, 0.1), (longest, took)


def test_a_watch_stops_a_run_and_shows_how_far_it_is(town: tuple[dues.Tariff, dues.Facts]) -> None:
    tariff, facts = town
    watch = dues.Watch()
    assert watch.lines == 0
    tariff.bill(facts, *JULY, watch=watch)
    assert watch.lines >= 100_000
    watch.stop()
    with pytest.raises(dues.StoppedError) as refused:
        tariff.bill(facts, *JULY, watch=watch)
    assert (refused.value.code, refused.value.status) == ("R117", "DUES_STOPPED")
    with pytest.raises(dues.StoppedError):  # a part as well, which runs in this thread
        tariff.bill(facts, *JULY, unit="U1", watch=watch)


def test_a_watch_stops_a_run_from_another_thread(town: tuple[dues.Tariff, dues.Facts]) -> None:
    tariff, facts = town
    watch = dues.Watch()
    threading.Timer(0.05, watch.stop).start()
    with pytest.raises(dues.StoppedError):
        for _ in range(AT_MOST):  # a quick machine may finish one
            tariff.bill(facts, *FIVE_YEARS, watch=watch)


def test_ctrl_c_ends_a_run(town: tuple[dues.Tariff, dues.Facts]) -> None:
    tariff, facts = town
    # A shell starts what runs in the background deaf to it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
            for _ in range(AT_MOST):
                tariff.bill(facts, *FIVE_YEARS)
    finally:
        signal.signal(signal.SIGINT, before)
    assert len(tariff.bill(facts, *JULY).lines) == 100_000  # and all is as it was


def test_a_handler_that_raises_nothing_lets_the_run_go_on(town: tuple[dues.Tariff, dues.Facts]) -> None:
    tariff, facts = town
    heard = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: heard.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.03)
        assert len(tariff.bill(facts, *FIVE_YEARS, bills=False).lines) == 6_000_000
        time.sleep(0.05)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert heard == [signal.SIGALRM]


def test_runs_work_where_no_thread_is_to_be_had(tariff_document: Document, facts_document: Document) -> None:
    program = (
        "import json, resource, sys, dues\n"
        "tariff, facts = json.load(sys.stdin)\n"
        "tariff = dues.Tariff.load(tariff); facts = tariff.load_facts(facts)\n"
        # A thread's stack is larger than this leaves room for.
        "used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (used + (6 << 20), resource.RLIM_INFINITY))\n"
        "print(tariff.bill(facts, '2026-07-01', '2026-08-01').amount)\n"
    )
    import json

    done = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps([tariff_document, facts_document]),
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == (TOTAL + "\n", "")
