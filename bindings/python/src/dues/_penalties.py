# SPDX-License-Identifier: Apache-2.0
"""What lateness costs, as plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from dues._errors import Diagnostic, Language, diagnostics_from


class Segment(NamedTuple):
    """A stretch of days with one base and one rate, or what fell due at once."""

    is_: str
    """ "days", "month" or "once"."""
    from_: date
    to: date
    """The first day that is not in it."""
    days: int
    base: str
    rate: str
    per: str
    amount: str
    """Exact, before the one rounding of its component: a decimal, or a fraction."""
    sentence: str


class Component(NamedTuple):
    """One component of a penalty."""

    component: str
    cites: tuple[str, ...]
    total: Decimal
    paid: Decimal
    waived: Decimal
    open: Decimal
    sentence: str
    segments: tuple[Segment, ...]
    """Empty where receivables are counted as one: then see the episodes of Penalties.document."""


@dataclass(frozen=True, slots=True)
class Accrual:
    """What lateness has cost of one receivable."""

    receivable: str
    penalty: str
    total: Decimal | None
    """None, like `open`, where `diagnostics` say why it cannot be told."""
    open: Decimal | None
    components: tuple[Component, ...]
    diagnostics: tuple[Diagnostic, ...]

    def __str__(self) -> str:
        return "\n".join(
            sentence
            for one in self.components
            for sentence in (*(part.sentence for part in one.segments), one.sentence)
        )


@dataclass(frozen=True, slots=True)
class Penalties:
    """What lateness has cost through a day. str() gives all sentences."""

    as_of: date
    currency: str
    total: Decimal
    open: Decimal
    failed: int
    """So many receivables could not be told, and are not in the sums."""
    receivables: tuple[Accrual, ...]
    document: dict[str, Any]
    """All of it as data, with sentences in both languages."""

    def __str__(self) -> str:
        return "\n".join(f"{one.receivable}\n{one}" for one in self.receivables)


class PayoffOf(NamedTuple):
    """What would settle one receivable."""

    receivable: str
    principal: Decimal | None
    """None, like `total`, where `diagnostics` say why it cannot be told."""
    penalties: Mapping[str, Decimal]
    """By component."""
    total: Decimal | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Payoff:
    """What would settle everything on a day."""

    on: date
    currency: str
    total: Decimal
    failed: int
    receivables: tuple[PayoffOf, ...]
    document: dict[str, Any]


class Posting(NamedTuple):
    """What a run posts for a component of a receivable."""

    receivable: str
    component: str
    total: Decimal
    """Through the day."""
    posted: Decimal
    """Before."""
    post: Decimal
    """The difference."""


@dataclass(frozen=True, slots=True)
class Postings:
    """What a run posts. Give it to the next run, or keep its `document` until then."""

    as_of: date
    currency: str
    post: Decimal
    failed: int
    """So many receivables could not be told: they stay as they were posted."""
    postings: tuple[Posting, ...]
    diagnostics: tuple[Diagnostic, ...]
    document: dict[str, Any]


def _segment(one: dict[str, Any], language: Language) -> Segment:
    return Segment(
        is_=one["is"],
        from_=date.fromisoformat(one["from"]),
        to=date.fromisoformat(one["to"]),
        days=one["days"],
        base=one["base"],
        rate=one["rate"],
        per=one["per"],
        amount=one["amount"],
        sentence=one["sentence"][language],
    )


def _component(one: dict[str, Any], language: Language) -> Component:
    return Component(
        component=one["component"],
        cites=tuple(one["cites"]),
        total=Decimal(one["total"]),
        paid=Decimal(one["paid"]),
        waived=Decimal(one["waived"]),
        open=Decimal(one["open"]),
        sentence=one["sentence"][language],
        segments=tuple(_segment(part, language) for part in one["segments"]),
    )


def _accrual(one: dict[str, Any], language: Language) -> Accrual:
    told = diagnostics_from(one.get("diagnostics", ()), language)
    failed = any(each.severity == "error" for each in told)
    components = tuple(_component(part, language) for part in one["components"])
    return Accrual(
        receivable=one["receivable"],
        penalty=one.get("penalty", ""),
        total=None if failed else sum((part.total for part in components), Decimal(0)),
        open=None if failed else sum((part.open for part in components), Decimal(0)),
        components=components,
        diagnostics=told,
    )


def penalties_of(text: str, language: Language) -> Penalties:
    document: dict[str, Any] = json.loads(text)
    return Penalties(
        as_of=date.fromisoformat(document["as_of"]),
        currency=document["currency"],
        total=Decimal(document["total"]),
        open=Decimal(document["open"]),
        failed=document["failed"],
        receivables=tuple(_accrual(one, language) for one in document["receivables"]),
        document=document,
    )


def payoff_of(text: str, language: Language) -> Payoff:
    document: dict[str, Any] = json.loads(text)
    return Payoff(
        on=date.fromisoformat(document["on"]),
        currency=document["currency"],
        total=Decimal(document["total"]),
        failed=document["failed"],
        receivables=tuple(
            PayoffOf(
                receivable=one["receivable"],
                principal=Decimal(one["principal"]) if "principal" in one else None,
                penalties={part["component"]: Decimal(part["open"]) for part in one.get("components", ())},
                total=Decimal(one["total"]) if "total" in one else None,
                diagnostics=diagnostics_from(one.get("diagnostics", ()), language),
            )
            for one in document["receivables"]
        ),
        document=document,
    )


def postings_of(text: str, language: Language) -> Postings:
    document: dict[str, Any] = json.loads(text)
    return Postings(
        as_of=date.fromisoformat(document["as_of"]),
        currency=document["currency"],
        post=Decimal(document["post"]),
        failed=document["failed"],
        postings=tuple(
            Posting(
                one["receivable"],
                part["component"],
                Decimal(part["total"]),
                Decimal(part["posted"]),
                Decimal(part["post"]),
            )
            for one in document["receivables"]
            for part in one["components"]
        ),
        diagnostics=tuple(
            told for one in document["receivables"] for told in diagnostics_from(one.get("diagnostics", ()), language)
        ),
        document=document,
    )
