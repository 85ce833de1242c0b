# SPDX-License-Identifier: Apache-2.0
"""What lateness costs. By hand: R1 bears 1.00 a day for five days, then 0.40; R2 0.50 a day from 21 January on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import dues
from test_ledger import TARIFF

HISTORY: dict[str, Any] = {
    "dues_history": "1",
    "receivables": [
        {
            "receivable": "R1",
            "penalty": "late",
            "principal": Decimal("100.00"),
            "due": date(2026, 1, 10),
            "account": "Chen",
            "changes": [{"on": date(2026, 1, 15), "kind": "payment", "amount": 60}],
        },
        {
            "receivable": "R2",
            "penalty": "late",
            "principal": "50.00",
            "due": "2026-01-20",
            "account": "Lin",
            "unit": None,
        },
    ],
}


@pytest.fixture
def court() -> dues.Tariff:
    return dues.Tariff.load(TARIFF)


def test_sums_to_a_day_come_with_their_segments(court: dues.Tariff) -> None:
    made = court.penalties(HISTORY, date(2026, 1, 25))
    assert (made.as_of, made.currency, made.failed) == (date(2026, 1, 25), "CNY", 0)
    assert (made.total, made.open) == (Decimal("11.50"), Decimal("11.50"))  # 5 + 10 x 0.40, and 5 x 0.50
    first = made.receivables[0]
    assert (first.total, first.components[0].component, first.components[0].cites) == (Decimal("9.00"), "late", ())
    assert [(one.from_, one.to, one.days, one.base, one.rate) for one in first.components[0].segments] == [
        (date(2026, 1, 11), date(2026, 1, 16), 5, "100.00", "1%"),
        (date(2026, 1, 16), date(2026, 1, 26), 10, "40.00", "1%"),
    ]
    assert "2026-01-11 to 2026-01-15: 100.00 x 1% a day x 5 days = 5.00" in str(made)
    assert court.penalties(HISTORY, "2026-01-25", account="Lin").total == Decimal("2.50")


def test_what_if_paid_on_such_a_day(court: dues.Tariff) -> None:
    made = court.payoff(HISTORY, "2026-01-25")
    assert (made.on, made.total) == (date(2026, 1, 25), Decimal("101.50"))
    assert made.receivables[0] == ("R1", Decimal(40), {"late": Decimal(9)}, Decimal(49), ())


def test_posting_daily_or_once_comes_to_the_same(court: dues.Tariff) -> None:
    posted: dues.Postings | None = None
    posts = []
    for day in range(1, 32):
        posted = court.postings(HISTORY, date(2026, 1, day), posted)
        posts.append(posted.post)
    once = court.postings(HISTORY, "2026-01-31")
    assert sum(posts) == once.post == Decimal("16.90")  # 5 + 16 x 0.40, and 11 x 0.50
    assert posted is not None
    assert [one.total for one in posted.postings] == [one.total for one in once.postings]
    assert court.postings(HISTORY, "2026-01-31", posted.document).post == 0


def test_a_rate_that_is_missing_is_told_and_one_that_is_given_is_used() -> None:
    by_reference = {
        **TARIFF,
        "reads": {"references": [{"id": "lpr", "type": "rate_per_year"}]},
        "penalties": [
            {
                "id": "late",
                "name": {"en": "Late"},
                "components": [{"id": "late", "rate": {"reference": "lpr", "per": "year"}}],
            }
        ],
    }
    tariff = dues.Tariff.load(by_reference)
    owed = {
        "dues_history": "1",
        "receivables": [{"receivable": "R", "penalty": "late", "principal": 36500, "due": "2026-01-10"}],
    }
    without = tariff.penalties(owed, "2026-01-20")
    assert (without.failed, without.receivables[0].total) == (1, None)
    assert without.receivables[0].diagnostics[0].code == "P109"
    assert tariff.payoff(owed, "2026-01-20").receivables[0].total is None
    assert tariff.postings(owed, "2026-01-20").diagnostics[0].code == "P109"
    rates = {"dues_references": "1", "references": [{"reference": "lpr", "from": "2026-01-01", "value": "3.00%"}]}
    assert tariff.penalties(owed, "2026-01-20", references=rates).total == 30  # ten days of 36,500 x 3 % / 365
    event = {
        "event": "charge",
        "account": "Chen",
        "unit": "1",
        "fee": "management",
        "period": "2026-01-01",
        "issue": "2026-01-01",
        "due": "2026-01-10",
        "amount": 36500,
    }
    ledger = tariff.ledger(references=[rates])
    ledger.apply(event)
    assert ledger.balance("Chen", as_of="2026-01-20").penalties == 30


def test_what_cannot_be_read_is_refused(court: dues.Tariff) -> None:
    owed = HISTORY["receivables"][0]
    with pytest.raises(TypeError, match=r"history\['receivables'\]\[0\]\['principal'\] is a float"):
        court.penalties({**HISTORY, "receivables": [{**owed, "principal": 100.0}]}, "2026-01-25")
    with pytest.raises(dues.HistoryError) as refused:
        court.payoff({**HISTORY, "receivables": [{**owed, "penalty": "lat"}]}, "2026-01-25")
    assert (refused.value.code, refused.value.pointer) == ("T110", "/receivables/0/penalty")
    with pytest.raises(dues.HistoryError):
        court.postings(HISTORY, "2026-01-25", {"receivables": []})
    with pytest.raises(ValueError, match="no day"):
        court.penalties(HISTORY, "2026-02-30")
