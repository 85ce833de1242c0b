# SPDX-License-Identifier: Apache-2.0
"""What can be wrong, as values and as exceptions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Language = Literal["en", "zh"]
# What the extension module tells of an error: code, severity, pointer, row, position, message, cure.
Told = tuple[str, str, str, "int | None", "int | None", str, str]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A mistake or a warning: what it is, where, and what to do."""

    code: str
    """Of the catalogue, never used for something else: "T110"."""
    severity: str
    """"error" or "warning"."""
    pointer: str
    """JSON pointer into the tariff, or "/units/17/area" in facts, "/17/amount" in events."""
    row: int | None
    """Of facts: the row of the table, from 0; of events: the place in their list."""
    position: int | None
    """Byte inside an expression."""
    message: str
    cure: str
    values: Mapping[str, str] = field(default_factory=dict)
    """What the message speaks of, by name; empty where only one error was told."""

    def __str__(self) -> str:
        return f"{self.code} {self.pointer}: {self.message}" if self.pointer else f"{self.code}: {self.message}"


_ROW = {"F": re.compile(r"/[a-z_]+/(\d+)(?:/|$)"), "L": re.compile(r"/(\d+)(?:/|$)")}


def _row_of(code: str, pointer: str) -> int | None:
    found = _ROW[code[0]].match(pointer) if code[:1] in _ROW else None
    return int(found[1]) if found else None


def diagnostics_of(text: str | None, language: Language) -> tuple[Diagnostic, ...]:
    """Reads the list that a call into Dues gives."""
    if not text:
        return ()
    return diagnostics_from(json.loads(text), language)


def diagnostics_from(found: Iterable[dict[str, Any]], language: Language) -> tuple[Diagnostic, ...]:
    """The same, of the list itself."""
    return tuple(
        Diagnostic(
            code=one["code"],
            severity=one["severity"],
            pointer=one["pointer"],
            row=_row_of(one["code"], one["pointer"]),
            position=one.get("position"),
            message=one["message"][language],
            cure=one["cure"][language],
            values=one["values"],
        )
        for one in found
    )


class DuesError(Exception):
    """What Dues refuses. Its first mistake stands in the attributes, all of them in `diagnostics`."""

    def __init__(self, first: Diagnostic, diagnostics: tuple[Diagnostic, ...] = (), status: str = "") -> None:
        super().__init__(first, diagnostics, status)
        self.diagnostics: tuple[Diagnostic, ...] = diagnostics or (first,)
        self.status: str = status
        self.code: str = first.code
        self.pointer: str = first.pointer
        self.row: int | None = first.row
        self.position: int | None = first.position
        self.message: str = first.message
        self.cure: str = first.cure

    def __str__(self) -> str:
        first: Diagnostic = self.args[0]
        errors = sum(one.severity == "error" for one in self.diagnostics)
        more = f" (and {errors - 1} more: see .diagnostics)" if errors > 1 else ""
        return f"{first}{more}\n{self.cure}" if self.cure else f"{first}{more}"


class TariffError(DuesError, ValueError):
    """The document is no tariff."""


class FactsError(DuesError, ValueError):
    """The facts cannot be used at all. Mistakes in single rows are no exception: see Facts.diagnostics."""


class RunError(DuesError, ValueError):
    """The run cannot be made."""


class LineError(DuesError, ValueError):
    """This line could not be computed; it has no amounts to explain."""


class NotFoundError(DuesError, LookupError):
    """No line has that key, or nothing was recorded for that account."""


class LedgerError(DuesError, ValueError):
    """An event, or the document of a ledger, is refused; nothing was recorded."""


class StaleError(LedgerError):
    """The account has another version than the caller saw."""


class HistoryError(DuesError, ValueError):
    """A history of penalties, published rates or earlier postings cannot be used."""


class QuoteError(DuesError, ValueError):
    """No quote, or one that does not hold any more: it has expired, or an input changed."""


class ColumnError(DuesError, TypeError):
    """An Arrow column has a type that cannot be money, a measure, a day or a text: a float above all."""


class StreamError(DuesError, ValueError):
    """The Arrow stream failed, or breaks the rules of the format."""


class StoppedError(DuesError):
    """The run was stopped by its watch."""


_BY_STATUS: dict[str, type[DuesError]] = {
    "DUES_BAD_TARIFF": TariffError,
    "DUES_BAD_FACTS": FactsError,
    "DUES_BAD_RUN": RunError,
    "DUES_BAD_LINE": LineError,
    "DUES_NOT_FOUND": NotFoundError,
    "DUES_BAD_LEDGER": LedgerError,
    "DUES_BAD_HISTORY": HistoryError,
    "DUES_STALE": StaleError,
    "DUES_BAD_QUOTE": QuoteError,
    "DUES_WRONG_COLUMN": ColumnError,
    "DUES_NOT_UTF8": FactsError,
    "DUES_STREAM_FAILED": StreamError,
    "DUES_STOPPED": StoppedError,
}


def error_of(name: str, told: Told, diagnostics: str | None, language: Language) -> DuesError:
    """Called by the extension module when a call has failed."""
    return _BY_STATUS.get(name, DuesError)(Diagnostic(*told), diagnostics_of(diagnostics, language), name)
