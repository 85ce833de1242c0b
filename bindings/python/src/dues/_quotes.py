# SPDX-License-Identifier: Apache-2.0
"""Quotes for months paid ahead, as plain values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from dues._errors import Diagnostic, Language, diagnostics_from


class Offer(NamedTuple):
    """What became of one discount."""

    discount: str
    outcome: str
    """ "granted", "not_met", ..."""
    amount: Decimal
    months_needed: int | None
    """It wants so many months; then `paid_then` and `saved_then` say what these would cost and save."""
    paid_then: Decimal | None
    saved_then: Decimal | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What paying some months ahead would cost. The bill by it has the same cents."""

    id: str | None
    """Commits to everything that it was made from; None where it was refused."""
    account: str
    unit: str
    months: int
    gift_months: int
    from_: date | None
    to: date | None
    """The first day that is not covered."""
    on: date
    expires: date | None
    paid: Decimal | None
    """None, like `regular` and `saved`, where `diagnostics` say why it is refused."""
    regular: Decimal | None
    """What the same periods would cost month by month."""
    saved: Decimal | None
    offers: tuple[Offer, ...]
    diagnostics: tuple[Diagnostic, ...]
    document: dict[str, Any]
    """All of it as data, with the bill: keep this, and bill by it."""


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _quote(one: dict[str, Any], language: Language) -> Quote:
    return Quote(
        id=one.get("id"),
        account=one["account"],
        unit=one["unit"],
        months=one["months"],
        gift_months=one.get("gift_months", 0),
        from_=_day(one.get("from")),
        to=_day(one.get("to")),
        on=date.fromisoformat(one["on"]),
        expires=_day(one.get("expires")),
        paid=_money(one.get("paid")),
        regular=_money(one.get("regular")),
        saved=_money(one.get("saved")),
        offers=tuple(
            Offer(
                discount=offer["discount"],
                outcome=offer["outcome"],
                amount=Decimal(offer["amount"]),
                months_needed=offer.get("months_needed"),
                paid_then=_money(offer.get("paid_then")),
                saved_then=_money(offer.get("saved_then")),
                sentence=offer["sentence"][language],
            )
            for offer in one.get("offers", ())
        ),
        diagnostics=diagnostics_from(one.get("diagnostics", ()), language),
        document=one,
    )


def quotes_of(text: str, language: Language) -> tuple[Quote, ...]:
    document: dict[str, Any] = json.loads(text)
    return tuple(_quote(one, language) for one in document["quotes"])


def cheapest(quotes: Sequence[Quote]) -> Quote | None:
    """The quote of which a covered month costs least; of equal ones that of fewer months, then the first."""
    allowed = [one for one in quotes if one.paid is not None and one.months + one.gift_months > 0]
    if not allowed:
        return None

    # Compared by cross products: exact, whatever the months are.
    best = allowed[0]
    for one in allowed[1:]:
        assert one.paid is not None and best.paid is not None
        mine, its = one.paid * (best.months + best.gift_months), best.paid * (one.months + one.gift_months)
        if mine < its or (mine == its and one.months < best.months):
            best = one
    return best
