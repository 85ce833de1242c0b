# SPDX-License-Identifier: Apache-2.0
"""What comes out, as plain values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from dues._errors import Diagnostic, Language


class Line(NamedTuple):
    """One charge: what an account owes for a unit, a fee and a service period."""

    key: str
    """The same for the same charge whenever it is billed."""
    account: str | None
    """None: the line has no payer."""
    unit: str
    fee: str
    subject: str | None
    """The subscription that is charged for, if one is."""
    period: date
    """First day of the whole period."""
    from_: date
    """First day that is charged for."""
    to: date
    """The end of the days that are charged for: the first that is not."""
    adjustment: int
    """0: a charge; n: the n-th adjustment of it."""
    issue: date
    due: date
    quantity: Decimal | None
    """None: the line has no one quantity; so with the price."""
    price: Decimal | None
    gross: Decimal | None
    """None, like all amounts, where `diagnostic` says why the line could not be computed."""
    net: Decimal | None
    tax: Decimal | None
    amount: Decimal | None
    """net + tax: what is owed."""
    tax_id: str | None
    rate: str | None
    """ "6%"; None: no tax, or several rates."""
    fund: str | None
    diagnostic: Diagnostic | None


class Bill(NamedTuple):
    """The lines of one account that are issued and fall due together."""

    key: str
    id: str
    """Commits to the content: another amount is another id."""
    account: str | None
    issue: date
    due: date
    total: Decimal
    lines: tuple[int, ...]
    """Places in Result.lines."""


class StepInput(NamedTuple):
    name: str
    value: str
    origin: str | None
    """Where it comes from: a pointer into the tariff, or "#3" for the value of step 3; None for a fact."""


class Step(NamedTuple):
    """One step of a calculation."""

    at: str
    """The rule, as a JSON pointer into the tariff."""
    does: str
    inputs: tuple[StepInput, ...]
    value: str
    sentence: str
    cites: tuple[str, ...]
    """The laws, clauses or resolutions behind the rule."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a line has its amount: the calculation, run again with a recorder. str() gives its sentences."""

    key: str
    edition: str
    tariff_hash: str
    gross: Decimal
    tax: Decimal
    amount: Decimal
    steps: tuple[Step, ...]
    document: dict[str, Any]
    """All of it as data, as LANGUAGE.md shows it, with sentences in both languages."""

    def __str__(self) -> str:
        return "\n".join(f"{number}. {step.sentence}" for number, step in enumerate(self.steps, 1))


def explanation_of(text: str, language: Language) -> Explanation:
    document: dict[str, Any] = json.loads(text)
    return Explanation(
        key=document["key"],
        edition=document["edition"],
        tariff_hash=document["tariff_hash"],
        gross=Decimal(document["gross"]),
        tax=Decimal(document["tax"]),
        amount=Decimal(document["amount"]),
        steps=tuple(
            Step(
                at=step["at"],
                does=step["does"],
                inputs=tuple(StepInput(one["name"], one["value"], one.get("from")) for one in step["inputs"]),
                value=step["value"],
                sentence=step["sentence"][language],
                cites=tuple(step["cites"]),
            )
            for step in document["steps"]
        ),
        document=document,
    )
