# SPDX-License-Identifier: Apache-2.0
"""Tariffs, and runs."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, TypeAlias

from dues import _dues
from dues._days import EPOCH, Day, days_of
from dues._errors import Diagnostic, Language, TariffError, diagnostics_of
from dues._facts import Facts, Source, document_of, load_facts, text_of
from dues._ledger import Ledger, Many, documents_of
from dues._penalties import Payoff, Penalties, Postings, payoff_of, penalties_of, postings_of
from dues._quotes import Quote, quotes_of
from dues._result import Result, billed_of

Earlier: TypeAlias = "Result | str | bytes | Iterable[Result | str | bytes]"
Document: TypeAlias = "str | bytes | os.PathLike[str] | Mapping[str, Any]"

_LANGUAGES: dict[str, int] = {"en": 0, "zh": 1}
_SELECT: dict[str, int] = {"issue": _dues.BY_ISSUE, "service": _dues.BY_SERVICE}


def _word(value: str, words: dict[str, int], what: str) -> int:
    if value not in words:
        raise ValueError(f"{what} is {' or '.join(map(repr, words))}, not {value!r}")
    return words[value]


def _count(value: int, what: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{what} is an int, not {type(value).__name__}")
    if not 0 <= value <= most:
        raise ValueError(f"{what} is {value}; it must be in 0 to {most}")
    return value


def _earlier(before: Earlier) -> list[bytes]:
    results = [before] if isinstance(before, (Result, str, bytes)) else before
    return [billed_of(one) for one in results]


def check(source: Document, language: Language = "en") -> tuple[Diagnostic, ...]:
    """Every mistake and warning of a tariff: a path, its JSON, or a dict. Nothing comes of a good one."""
    _, found = _dues.compile(document_of(source, "tariff", False), _word(language, _LANGUAGES, "language"))
    return diagnostics_of(found, language)


class Watch:
    """Lets other threads see how far a run is, and end it. One watch serves one run after another."""

    __slots__ = ("_handle",)

    def __init__(self) -> None:
        self._handle = _dues.watch()

    def stop(self) -> None:
        """Ends the runs that have this watch, now and later: they raise StoppedError."""
        self._handle.stop()

    @property
    def lines(self) -> int:
        """Lines made so far, to show progress."""
        return self._handle.lines()


class Tariff:
    """A tariff that was read and checked. Never changes; any number of threads may use it."""

    __slots__ = (
        "_handle",
        "currency",
        "diagnostics",
        "edition",
        "from_",
        "hash",
        "id",
        "language",
        "minor_units",
        "name",
        "to",
    )

    def __init__(self, handle: _dues.Tariff, diagnostics: tuple[Diagnostic, ...], language: Language) -> None:
        """Not to be called: see Tariff.load."""
        self._handle = handle
        self.language: Language = language
        self.diagnostics: tuple[Diagnostic, ...] = diagnostics
        """Warnings."""
        tariff, edition, content, currency, minor_units, begin, end, name_en, name_zh = handle.info()
        self.id: str = tariff
        self.edition: str = edition
        self.hash: str = content
        """Of the content: the same documents have the same."""
        self.currency: str = currency
        self.minor_units: int = minor_units
        """Places of the currency: 2 for CNY."""
        self.from_: date = date.fromordinal(begin + EPOCH)
        self.to: date | None = None if end == _dues.OPEN_END else date.fromordinal(end + EPOCH)
        """The first day on which the tariff no longer holds, or None."""
        self.name: str | None = name_zh if language == "zh" else name_en

    @classmethod
    def load(cls, source: Document, language: Language = "en") -> Tariff:
        """Reads a tariff from a path, from JSON as str or bytes, or from a dict.

        A str is JSON when it begins with {, otherwise a path. `language` is that of messages, "en" or "zh",
        also of what is made from this tariff.

        Raises TariffError with every mistake; TypeError where a dict has a float.
        """
        handle, found = _dues.compile(document_of(source, "tariff", False), _word(language, _LANGUAGES, "language"))
        told = diagnostics_of(found, language)
        if handle is None:
            raise TariffError(next(one for one in told if one.severity == "error"), told, "DUES_BAD_TARIFF")
        return cls(handle, told, language)

    def __repr__(self) -> str:
        return f"<dues.Tariff {self.id} {self.edition}>"

    def load_facts(self, source: Source) -> Facts:
        """Reads facts for this tariff.

        source  a dict of tables, {"units": ..., "tenures": ...}: each a list of dicts, the path of a CSV file,
                or something with __arrow_c_stream__ (a frame of polars or pandas, a table of pyarrow, a
                relation of DuckDB) or __arrow_c_array__;
                or a whole document: a path, or JSON as str or bytes;
                or units alone, with their accounts in them: a path that ends in .csv, or Arrow.

        In dicts None is an absent cell. Raises FactsError, ColumnError, StreamError when the facts cannot be
        used at all, TypeError where a dict has a float. Mistakes of single rows stand in Facts.diagnostics.
        """
        return load_facts(self._handle, source, self.language)

    def bill(
        self,
        facts: Source,
        from_: Day,
        to: Day,
        *,
        select: Literal["issue", "service"] = "issue",
        account: str | None = None,
        unit: str | None = None,
        bills: bool = True,
        before: Earlier = (),
        ledger: Ledger | None = None,
        threads: int = 1,
        most_lines: int | None = None,
        watch: Watch | None = None,
    ) -> Result:
        """Makes the lines and bills of the days from `from_` up to `to`, which is not included.

        facts       what load_facts gave, or anything that it takes
        select      "issue": lines issued in these days; "service": lines whose period begins in them
        account     only this one's; so with unit
        bills       False: lines alone, which is quicker
        before      earlier results, as they are or as their JSON or CSV: then only what changed comes out, as
                    adjustments
        ledger      lines that stand in it as paid ahead are left out
        threads     0: as many as the machine has; the result does not depend on it
        most_lines  a run that could make more is refused; 20,000,000 when not given
        watch       lets other threads follow and stop the run

        A line that cannot be computed says so in its `diagnostic`, and the others go on. Other Python threads
        run meanwhile; Ctrl-C ends the run. Raises RunError, StoppedError, and what load_facts raises.
        """
        known = self._known(facts)
        numbers = (
            days_of(from_, "from_"),
            days_of(to, "to"),
            _word(select, _SELECT, "select"),
            0 if bills else _dues.LINES_ONLY,
            _count(threads, "threads", 1_024),
            0 if most_lines is None else _count(most_lines, "most_lines", 2**62),
        )
        # A part is quick; only a whole portfolio can keep somebody waiting.
        in_main_thread = threading.current_thread() is threading.main_thread()
        heeds_signals = in_main_thread and account is None and unit is None
        watched = _dues.watch() if watch is None else watch._handle
        handle = _dues.bill(
            known._handle,
            numbers,
            None if account is None else text_of(account, "account"),
            None if unit is None else text_of(unit, "unit"),
            _earlier(before),
            watched,
            heeds_signals,
            None if ledger is None else ledger._handle,
        )
        return Result(handle, self.language)

    def _known(self, facts: Source) -> Facts:
        if not isinstance(facts, Facts):
            return self.load_facts(facts)
        if facts._tariff is not self._handle:
            raise ValueError("these facts were loaded for another tariff: load them with this one's load_facts")
        return facts

    def quotes(
        self,
        facts: Source,
        account: str,
        unit: str,
        months: int | Iterable[int],
        *,
        on: Day,
        fee: str = "",
        subscription: str = "",
        from_: Day | None = None,
        expires: Day | None = None,
        ledger: Ledger | None = None,
        before: Earlier = (),
    ) -> tuple[Quote, ...]:
        """What paying so many months ahead would cost, a quote for each number of months; see also dues.cheapest.

        facts         as for `bill`
        on            the day of the quote; it may be billed until `expires`, which is that day when not given
        fee           or `subscription`, of a fee that is taken by subscription
        from_         first day of the first period; None: of the first that is neither begun nor paid ahead
        ledger        what the account has paid ahead in it counts
        before        earlier results: what is billed cannot be paid ahead

        A quote that is refused has `diagnostics` in place of amounts, with the most that is allowed.
        """
        wanted = [months] if isinstance(months, int) else list(months)
        days = [
            days_of(on, "on"),
            *(_dues.OPEN_END if one is None else days_of(one, "a day") for one in (from_, expires)),
        ]
        names = [
            text_of(one, what)
            for one, what in ((account, "account"), (unit, "unit"), (fee, "fee"), (subscription, "subscription"))
        ]
        told = _dues.quotes(
            self._known(facts)._handle,
            days,
            [_count(one, "months", 2**31 - 1) for one in wanted],
            names,
            None if ledger is None else ledger._handle,
            _earlier(before),
        )
        return quotes_of(told, self.language)

    def bill_quote(
        self,
        facts: Source,
        quote: Quote | Document,
        *,
        id: str,
        on: Day,
        ledger: Ledger | None = None,
        before: Earlier = (),
    ) -> dict[str, Any]:
        """The event `prepay` of a quote, for Ledger.apply once it is paid; the same cents as the quote.

        Raises QuoteError where it has expired or something changed that it was made from, with what that is.
        """
        document = quote.document if isinstance(quote, Quote) else quote
        written = document_of(document, "quote", True)
        account = json.loads(written).get("account")
        event = _dues.bill_quote(
            self._known(facts)._handle,
            written,
            days_of(on, "on"),
            account if isinstance(account, str) else "",
            text_of(id, "id"),
            None if ledger is None else ledger._handle,
            _earlier(before),
        )
        made: dict[str, Any] = json.loads(event)
        return made

    def ledger(self, source: Document | None = None, *, references: Many = ()) -> Ledger:
        """An empty ledger of this tariff, or the one that Ledger.to_json gave: see Ledger.load."""
        return Ledger.load(self, source, references=references)

    def penalties(
        self, history: Document, as_of: Day, *, account: str | None = None, references: Many = ()
    ) -> Penalties:
        """What lateness has cost through `as_of`, with the segments that it is made of.

        history     {"dues_history": "1", "receivables": [...]}: a dict, its JSON, or a path. The page of penalties,
                    penalty/SEMANTICS.md, lists its fields
        account     only the receivables of this one
        references  published rates beside those of the history: documents such as lpr_1y.json of share/dues

        A receivable that cannot be told says why in its `diagnostics`, and the others go on. Raises HistoryError,
        TypeError where a dict has a float. Other Python threads run meanwhile.
        """
        return penalties_of(self._penalties(_dues.ACCRUALS_JSON, history, as_of, references, account), self.language)

    def payoff(self, history: Document, on: Day, *, account: str | None = None, references: Many = ()) -> Payoff:
        """What would settle it, principal and penalties, if it were paid on that day. As `penalties`."""
        return payoff_of(self._penalties(_dues.PAYOFFS_JSON, history, on, references, account), self.language)

    def postings(
        self, history: Document, as_of: Day, posted: Postings | Document | None = None, *, references: Many = ()
    ) -> Postings:
        """What a run of that day posts: the totals through it less what was posted before.

        posted  what the run before gave, or its document; None: nothing was posted yet

        Negative where a late payment or a correction lowered a total. Posted daily, monthly or once it comes to the
        same. As `penalties`.
        """
        before = posted.document if isinstance(posted, Postings) else posted
        told = self._penalties(_dues.POSTINGS_JSON, history, as_of, references, None, before)
        return postings_of(told, self.language)

    def _penalties(
        self,
        form: int,
        history: Document,
        day: Day,
        references: Many,
        account: str | None,
        posted: Document | None = None,
    ) -> str:
        return _dues.penalties(
            self._handle,
            document_of(history, "history", True),
            days_of(day, "the day"),
            form,
            documents_of(references, "references"),
            None if account is None else text_of(account, "account"),
            None if posted is None else document_of(posted, "posted", True),
        )
