# SPDX-License-Identifier: Apache-2.0
"""Ledgers: what is stored, recorded and read. The page of the ledger has the example: 100 due on 10 January at 1 % a
day and 40 due on the 20th; 105 paid on the 15th settles the 100 and its 5."""

from __future__ import annotations

import json
import threading
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import dues
from conftest import LIN_FLAT, TOTAL

TARIFF: dict[str, Any] = {
    "dues_tariff": "1",
    "id": "court",
    "edition": "1",
    "from": "2026-01-01",
    "currency": "CNY",
    "name": {"en": "Court"},
    "schedules": [
        {"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 9}}
    ],
    "fees": [
        {
            "id": "management",
            "kind": "recurring",
            "name": {"en": "M"},
            "price": "100.00",
            "schedule": "monthly",
            "penalty": "late",
        },
        {"id": "water", "kind": "recurring", "name": {"en": "W"}, "price": "40.00", "schedule": "monthly"},
    ],
    "penalties": [
        {"id": "late", "name": {"en": "Late"}, "components": [{"id": "late", "rate": {"percent": "1%", "per": "day"}}]}
    ],
    "payments": {
        "order": [{"class": "costs"}, {"class": "penalties"}, {"class": "principal"}],
        "then": ["designated", "earliest_due"],
        "credit": {"settles_later_bills": True},
    },
}
MANAGEMENT, WATER = (f"court/Chen/1/{fee}/-/2026-01-01/charge" for fee in ("management", "water"))


def charge(fee: str, due: date, amount: object) -> dict[str, Any]:
    return {
        "event": "charge",
        "account": "Chen",
        "unit": "1",
        "fee": fee,
        "period": "2026-01-01",
        "issue": date(2026, 1, 1),
        "due": due,
        "amount": amount,
        "reason": None,
    }


CHARGES = [
    charge("management", date(2026, 1, 10), Decimal("100.00")),
    charge("water", date(2026, 1, 20), 40),
]


@pytest.fixture
def court() -> dues.Tariff:
    return dues.Tariff.load(TARIFF)


@pytest.fixture
def kept(court: dues.Tariff) -> dues.Ledger:
    made = court.ledger()
    made.apply(CHARGES, version=0)
    return made


def pay(to: dues.Ledger) -> dues.Applied:
    return to.pay("Chen", "105.00", date(2026, 1, 15), id="p1", version=2, actor="desk")


def test_a_payment_settles_the_penalty_and_the_principal(kept: dues.Ledger) -> None:
    before = kept.balance("Chen", as_of="2026-01-15")
    assert before == ("Chen", 2, Decimal(140), Decimal(5), Decimal(0), Decimal(105), Decimal(105))
    made = pay(kept)
    assert (made.recorded, made.repeated, made.versions) == (1, 0, {"Chen": 3})
    assert [(one.entry, one.part, one.amount, one.actor) for one in made.entries] == [
        ("payment", None, Decimal("105.00"), "desk"),
        ("penalty", "late", Decimal("5.00"), "desk"),
        ("allocation", "late", Decimal("5.00"), "desk"),
        ("allocation", "principal", Decimal("100.00"), "desk"),
    ]
    assert kept.balance("Chen") == ("Chen", 3, Decimal(40), Decimal(0), Decimal(0), None, None)
    assert kept.totals() == (1, Decimal(40), Decimal(0), Decimal(0))
    assert repr(kept) == "<dues.Ledger court: 1 accounts, CNY 40.00 open>"


def test_what_is_open_and_why_money_went_where_it_did(kept: dues.Ledger) -> None:
    assert [
        (one.receivable, one.open, one.penalties, one.due) for one in kept.open_items("Chen", as_of="2026-01-15")
    ] == [
        (MANAGEMENT, Decimal(100), Decimal(5), date(2026, 1, 10)),
        (WATER, Decimal(40), Decimal(0), date(2026, 1, 20)),
    ]
    pay(kept)
    assert [one.receivable for one in kept.open_items("Chen")] == [WATER]
    (first,) = [one for one in kept.explain("Chen") if one.part == "principal" and one.does == "allocation"]
    assert (first.why, first.before) == ("due_before_not_due", WATER)
    assert first.sentence == (
        f"CNY 100.00 went to {MANAGEMENT} (principal) before {WATER}: what is not yet due comes after all that is"
    )
    assert "未到期的在全部到期的之后" in str(kept.explain("Chen", language="zh"))


def test_history_is_as_of_a_day_and_as_known_on_a_day(kept: dues.Ledger) -> None:
    pay(kept)
    kept.apply(
        {"event": "reversal", "id": "b1", "account": "Chen", "date": "2026-01-25", "of": "p1", "reason": "bounced"}
    )
    assert kept.balance("Chen", as_of="2026-01-16").penalties == Decimal(6)
    assert kept.balance("Chen", as_of="2026-01-16", known_at="2026-01-24").penalties == Decimal(0)
    known = kept.history("Chen", known_at=date(2026, 1, 24))
    assert [one["event"] for one in known.events] == ["charge", "charge", "payment"]
    assert known.version == 4
    assert {one.by for one in kept.history("Chen").entries} == {MANAGEMENT, WATER, "p1", "b1"}


def test_what_is_stored_loads_again_and_what_was_cut_does_not(court: dues.Tariff, kept: dues.Ledger) -> None:
    pay(kept)
    stored = kept.to_json()
    for source in (stored, stored.encode(), json.loads(stored)):
        assert dues.Ledger.load(court, source).to_json() == stored
    assert dues.Ledger.load(court, kept.to_json("Chen")).balance("Chen") == kept.balance("Chen")
    with pytest.raises(dues.LedgerError) as cut:
        dues.Ledger.load(court, stored[: len(stored) // 2])
    assert cut.value.code == "T116"
    moved = court.ledger()
    moved.apply(kept.openings("2026-01-25"))
    assert moved.totals() == kept.totals()


def test_all_events_are_recorded_or_none_and_the_place_is_told(kept: dues.Ledger) -> None:
    before = kept.to_json()
    payment = {"event": "payment", "id": "p2", "account": "Lin", "date": "2026-01-16", "amount": "7.00"}
    refund = {"event": "refund", "id": "r1", "account": "Chen", "date": "2026-01-17", "amount": "3.00"}
    with pytest.raises(dues.LedgerError) as refused:
        kept.apply([payment, refund])
    assert (refused.value.code, refused.value.pointer, refused.value.row) == ("L116", "/1/amount", 1)
    assert "the most is 0.00" in str(refused.value)
    with pytest.raises(dues.LedgerError) as several:
        kept.apply([{"event": "pay"}, {"event": "payment", "id": "x"}])
    assert [one.row for one in several.value.diagnostics] == [0, 1, 1, 1]
    assert kept.to_json() == before


def test_a_stale_version_and_an_event_that_was_there_before(kept: dues.Ledger) -> None:
    pay(kept)
    assert pay(kept) == (0, 1, {"Chen": 3}, ())
    with pytest.raises(dues.StaleError) as stale:
        kept.pay("Chen", 40, "2026-01-20", id="p2", version=2)
    assert (stale.value.code, stale.value.status) == ("L111", "DUES_STALE")
    with pytest.raises(dues.LedgerError) as other:
        kept.pay("Chen", "104.00", date(2026, 1, 15), id="p1")
    assert other.value.code == "L110"
    with pytest.raises(dues.NotFoundError):
        kept.history("Chan")
    assert kept.balance("Chan").version == 0


def test_a_result_is_charged_once(tariff: dues.Tariff, july: dues.Result) -> None:
    whole = set()
    for charges in (july, july.to_json(), july.to_csv().encode()):
        made = tariff.ledger()
        assert made.apply(charges=charges).recorded == 3
        assert made.apply(charges=charges).repeated == 3
        assert made.totals().open == Decimal(TOTAL)
        whole.add(made.to_json())
    assert len(whole) == 1
    late = tariff.ledger()
    late.apply(charges=july, recorded="2026-07-03")
    assert late.balance("Lin", known_at="2026-07-02").open == 0
    assert Decimal(LIN_FLAT) in {one.open for one in late.open_items("Lin")}


def test_tables_are_read_by_pandas_polars_and_pyarrow(kept: dues.Ledger) -> None:
    pay(kept)
    balances = pa.table(kept.table("balances"))
    assert balances.to_pylist() == [
        {"account": "Chen", "version": 3, "open": Decimal(40), "penalties": Decimal(0), "credit": Decimal(0)}
    ]
    assert balances.schema.field("open").type == pa.decimal128(38, 2)
    items = pl.DataFrame(kept.table("open_items", as_of="2026-01-14"))
    assert items["receivable"].to_list() == [MANAGEMENT, WATER]
    assert items["penalties"].to_list() == [Decimal(4), Decimal(0)]
    entries = pd.DataFrame.from_arrow(kept) if hasattr(pd.DataFrame, "from_arrow") else pa.table(kept).to_pandas()
    assert len(entries) == 6 == len(kept.history("Chen").entries)
    table = kept.table("balances")
    kept.pay("Chen", 40, "2026-01-20", id="p2")
    assert pa.table(table)["open"].to_pylist() == [0], "what is recorded when it is read"
    assert kept.to_csv().count("\n") == 1 + pa.table(kept).num_rows


@pytest.mark.parametrize("wrong", [1.5, float("nan"), True])
def test_what_is_no_amount_is_refused(kept: dues.Ledger, wrong: object) -> None:
    with pytest.raises((TypeError, dues.LedgerError)) as refused:
        kept.pay("Chen", wrong, "2026-01-15", id="p1")  # type: ignore[arg-type]
    assert isinstance(refused.value, TypeError) == isinstance(wrong, float), refused.value
    assert kept.balance("Chen").version == 2


def test_wrong_arguments_say_what_is_wanted(court: dues.Tariff, kept: dues.Ledger, july: dues.Result) -> None:
    for call, wrong in (
        (lambda: kept.apply([1]), TypeError),  # type: ignore[list-item]
        (lambda: kept.apply(1), TypeError),  # type: ignore[arg-type]
        (lambda: kept.apply(CHARGES, version=1.0), TypeError),  # type: ignore[arg-type]
        (lambda: kept.apply(CHARGES, version=-1), ValueError),
        (lambda: kept.apply(CHARGES, version=2**70), ValueError),
        (lambda: kept.apply(charges="july.json"), ValueError),
        (lambda: kept.apply(recorded="2026-07-01"), ValueError),
        (lambda: kept.apply(charges=july), dues.DuesError),
        (lambda: kept.balance("\ud800"), ValueError),
        (lambda: kept.balance("Chen", as_of=1.0), TypeError),  # type: ignore[arg-type]
        (lambda: kept.table("lines"), ValueError),  # type: ignore[arg-type]
        (lambda: dues.Ledger.load(court, references={"dues_references": 1.5}), TypeError),
        (lambda: dues.Ledger.load(court, references='{"dues_references": "2"}'), dues.HistoryError),
    ):
        with pytest.raises(wrong):
            call()


def test_threads_share_a_ledger(court: dues.Tariff) -> None:
    made = court.ledger()

    def work(name: str) -> None:
        for number in range(200):
            made.pay(name, 1, "2026-01-15", id=f"{name}{number}", version=number)
            assert made.balance(name).credit == number + 1
            made.totals()

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b", "c")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert made.totals() == (3, Decimal(0), Decimal(0), Decimal(600))
