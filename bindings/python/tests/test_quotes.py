# SPDX-License-Identifier: Apache-2.0
"""Paying ahead: a flat of 268.80 a month, 5 % off for who pays six months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import dues

TOWN: dict[str, Any] = {
    "dues_tariff": "1",
    "id": "town",
    "edition": "1",
    "from": "2020-01-01",
    "currency": "CNY",
    "name": {"en": "Town"},
    "reads": {"unit": [{"id": "area", "type": "number", "above": 0}]},
    "schedules": [
        {"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}
    ],
    "fees": [
        {
            "id": "management",
            "kind": "recurring",
            "name": {"en": "M"},
            "quantity": "unit.area",
            "price": "3.00",
            "schedule": "monthly",
        }
    ],
    "prepayments": [{"id": "ahead", "of": ["management"], "at_most_months": 12}],
    "discounts": [
        {"id": "half_year", "of": ["management"], "when": {"prepaid_months": 6}, "give": {"percent": "5%"}},
    ],
    "payments": {
        "order": [{"class": "costs"}, {"class": "penalties"}, {"class": "principal"}],
        "then": ["earliest_due"],
        "credit": {"settles_later_bills": True},
    },
}


def facts(area: str) -> dict[str, Any]:
    return {
        "units": [{"unit": "1-101", "from": "2020-01-01", "area": area}],
        "tenures": [{"unit": "1-101", "account": "A-1", "role": "owner", "from": "2020-01-01"}],
    }


@pytest.fixture
def town() -> dues.Tariff:
    return dues.Tariff.load(TOWN)


def test_what_months_ahead_cost_and_which_is_cheapest(town: dues.Tariff) -> None:
    three, six, thirteen = town.quotes(facts("89.60"), "A-1", "1-101", [3, 6, 13], on="2026-01-01", fee="management")
    assert (three.paid, three.regular, three.saved) == (Decimal("806.40"), Decimal("806.40"), 0)
    assert (six.paid, six.saved, six.to) == (Decimal("1532.16"), Decimal("80.64"), date(2026, 7, 1))
    (offer,) = three.offers
    assert (offer.outcome, offer.months_needed, offer.paid_then) == ("not_met", 6, Decimal("1532.16"))
    assert six.offers[0].amount == Decimal("80.64")
    assert (thirteen.paid, thirteen.id, thirteen.diagnostics[0].code) == (None, None, "Q107")
    assert dues.cheapest([three, six, thirteen]) is six
    assert dues.cheapest([thirteen]) is None


def test_a_quote_is_billed_recorded_and_not_billed_again(town: dues.Tariff) -> None:
    known = town.load_facts(facts("89.60"))
    ledger = town.ledger()
    (quote,) = town.quotes(known, "A-1", "1-101", 6, on="2026-01-01", fee="management", ledger=ledger)
    event = town.bill_quote(known, quote, id="ahead-1", on=date(2026, 1, 1), ledger=ledger)
    assert (event["event"], event["amount"]) == ("prepay", "1532.16")
    ledger.apply(event)
    assert ledger.balance("A-1").open == ledger.balance("A-1").credit == 0
    assert len(town.bill(known, "2026-01-01", "2026-09-01").lines) == 8
    assert len(town.bill(known, "2026-01-01", "2026-09-01", ledger=ledger).lines) == 2
    (later,) = town.quotes(known, "A-1", "1-101", 1, on="2026-01-01", fee="management", ledger=ledger)
    assert later.from_ == date(2026, 7, 1), "a renewal follows what it renews"


def test_a_quote_that_does_not_hold_says_what_changed(town: dues.Tariff) -> None:
    (quote,) = town.quotes(facts("89.60"), "A-1", "1-101", 6, on="2026-01-01", fee="management")
    with pytest.raises(dues.QuoteError) as expired:
        town.bill_quote(facts("89.60"), quote, id="x", on="2026-01-02")
    assert expired.value.code == "Q110"
    with pytest.raises(dues.QuoteError) as changed:
        town.bill_quote(facts("90.00"), quote.document, id="x", on="2026-01-01")
    assert changed.value.code == "Q111"
    with pytest.raises(dues.QuoteError):
        town.bill_quote(facts("90.00"), {"dues_quote": "1"}, id="x", on="2026-01-01")
    with pytest.raises(TypeError):
        town.quotes(facts("90.00"), "A-1", "1-101", 1.5, on="2026-01-01")  # type: ignore[arg-type]
