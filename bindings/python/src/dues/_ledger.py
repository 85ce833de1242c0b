# SPDX-License-Identifier: Apache-2.0
"""The ledger: what every account was told, and what follows from it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, cast

from dues import _dues
from dues._days import Day, days_of
from dues._errors import Language
from dues._facts import document_of, text_of
from dues._result import Result, billed_of

if TYPE_CHECKING:
    from dues._tariff import Document, Tariff

# A field may be called date.
_Date: TypeAlias = date

Event: TypeAlias = "Mapping[str, Any]"
Events: TypeAlias = "Event | Iterable[Event] | str | bytes | os.PathLike[str]"
Many: TypeAlias = "Document | Iterable[Document]"

_TABLES: dict[str, int] = {
    "balances": _dues.BALANCES,
    "open_items": _dues.OPEN_ITEMS,
    "entries": _dues.ENTRIES,
}


class Applied(NamedTuple):
    """What recording events did."""

    recorded: int
    """Events that are new."""
    repeated: int
    """That were there before, with the same content: nothing new comes of them."""
    versions: Mapping[str, int]
    """Of each account that was named, afterwards."""
    entries: tuple[Entry, ...]
    """That were posted."""


class Entry(NamedTuple):
    """One posting; what an account's entries add to is its balance. Never changed, only posted against."""

    account: str
    entry: str
    """ "charge", "payment", "allocation", "credit", ..."""
    id: str
    date: _Date
    """On which it takes effect."""
    recorded: _Date
    cause: str
    receivable: str | None
    part: str | None
    source: str | None
    amount: Decimal
    by: str
    """The event that was recorded."""
    reason: str | None
    actor: str | None
    reference: str | None


class Balance(NamedTuple):
    """What an account owes and has."""

    account: str
    version: int
    """How many events were ever recorded for it."""
    open: Decimal
    penalties: Decimal
    credit: Decimal
    owed: Decimal | None
    """With `as_of`: all that is past due or due on that day."""
    to_pay: Decimal | None
    """What settles `owed` in cash, rounded as the tariff says."""


class Totals(NamedTuple):
    """Balances of all accounts, added."""

    accounts: int
    open: Decimal
    penalties: Decimal
    credit: Decimal


class OpenItem(NamedTuple):
    """A receivable of which something is open."""

    receivable: str
    unit: str | None
    fee: str | None
    issue: _Date
    due: _Date
    billed: Decimal
    corrected: Decimal
    """Billed less corrections."""
    settled: Decimal
    written_off: Decimal
    open: Decimal
    penalties: Decimal


class Movement(NamedTuple):
    """Money that moved because of an event."""

    does: str
    date: _Date
    cause: str
    receivable: str | None
    part: str | None
    source: str | None
    amount: Decimal
    why: str | None
    """The part of the tariff's order by which it came before the next, such as "earliest_due"."""
    before: str | None
    """That next receivable."""
    sentence: str | None


@dataclass(frozen=True, slots=True)
class History:
    """What was recorded for an account and what was posted, in that order."""

    account: str
    version: int
    events: tuple[dict[str, Any], ...]
    entries: tuple[Entry, ...]


class LedgerTable:
    """A table of a ledger for everything that speaks Arrow: polars.DataFrame(table), pyarrow.table(table), ...

    It is made when it is read, from what is recorded then. The columns stand in dues_arrow.h.
    """

    __slots__ = ("_account", "_as_of", "_handle", "_known_at", "_table")

    def __init__(self, handle: _dues.Ledger, table: int, as_of: int, known_at: int, account: str | None) -> None:
        """Not to be called: see Ledger.table."""
        self._handle, self._table, self._as_of, self._known_at, self._account = handle, table, as_of, known_at, account

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Its rows as a stream of the Arrow PyCapsule interface, by account."""
        return self._handle.stream(self._table, self._as_of, self._known_at, self._account)


def documents_of(source: Many, name: str) -> list[bytes]:
    """The JSON of one document or of several."""
    if isinstance(source, (str, bytes, os.PathLike, Mapping)):
        return [document_of(source, name, False)]
    return [document_of(one, name, False) for one in source]


def _events_of(source: Events) -> bytes:
    if isinstance(source, bytes):
        return source
    if isinstance(source, str) and source[:64].lstrip()[:1] in ("[", "{"):
        return text_of(source, "events").encode()
    if isinstance(source, (str, os.PathLike)):
        return Path(source).read_bytes()
    if isinstance(source, Mapping):
        return _dues.to_json(dict(source), "events", True)
    if not isinstance(source, Iterable):
        raise TypeError(f"events are dicts, their JSON, or a path, not {type(source).__name__}")
    rows = []
    for number, one in enumerate(source):
        if not isinstance(one, Mapping):
            raise TypeError(f"events[{number}] is a dict, not {type(one).__name__}")
        rows.append(dict(one))
    return _dues.to_json(rows, "events", True)


def _day(value: Day | None, what: str) -> int:
    return _dues.OPEN_END if value is None else days_of(value, what)


def _entry(account: str, one: dict[str, Any]) -> Entry:
    return Entry(
        account=account,
        entry=one["entry"],
        id=one["id"],
        date=date.fromisoformat(one["date"]),
        recorded=date.fromisoformat(one["recorded"]),
        cause=one["cause"],
        receivable=one.get("receivable"),
        part=one.get("part"),
        source=one.get("source"),
        amount=Decimal(one["amount"]),
        by=one["by"],
        reason=one.get("reason"),
        actor=one.get("actor"),
        reference=one.get("reference"),
    )


class Ledger:
    """A ledger of one tariff, which the host stores: to_json gives what load reads.

    Threads may share it: one changes it while no other reads, and each waits for the other. A `version` keeps two
    programs from changing one account unseen.
    """

    __slots__ = ("_handle", "currency", "language", "tariff")

    def __init__(self, handle: _dues.Ledger, tariff: str, currency: str, language: Language) -> None:
        """Not to be called: see Ledger.load."""
        self._handle = handle
        self.tariff: str = tariff
        self.currency: str = currency
        self.language: Language = language

    @classmethod
    def load(cls, tariff: Tariff, source: Document | None = None, *, references: Many = ()) -> Ledger:
        """Reads a ledger that to_json gave: a path, JSON as str or bytes, or a dict. None: an empty one.

        references  published rates that the tariff's penalties read, such as lpr_1y.json of share/dues

        Balances are derived again and compared with the entries, so that what was cut off or changed is refused.
        Raises LedgerError, HistoryError for the rates, TypeError where a dict has a float.
        """
        handle = _dues.open_ledger(
            tariff._handle,
            None if source is None else document_of(source, "ledger", True),
            documents_of(references, "references"),
        )
        return cls(handle, tariff.id, tariff.currency, tariff.language)

    def __repr__(self) -> str:
        totals = self.totals()
        return f"<dues.Ledger {self.tariff}: {totals.accounts} accounts, {self.currency} {totals.open} open>"

    def apply(
        self,
        events: Events = (),
        *,
        charges: Result | str | bytes | None = None,
        recorded: Day | None = None,
        version: int | None = None,
    ) -> Applied:
        """Records events, all or none, and gives what was posted.

        events    dicts with the fields of the page of the ledger, ledger/SEMANTICS.md: one, a list, their JSON as
                  str or bytes, or a path. Amounts are Decimal, int or texts; days are date or texts
        charges   a result, or its JSON or CSV: its lines become charges, before the events. Again, it adds nothing
        recorded  the day on which the lines of a Result are recorded; else each on its day of issue
        version   of the account, as the caller saw it; then all events are of one account

        An id says what was recorded: the same event again changes nothing. Raises StaleError for another version,
        LedgerError with the place of the event in `row`, TypeError for a float; then nothing is recorded.
        """
        billed = None if charges is None or isinstance(charges, Result) else billed_of(charges)
        if version is not None:
            if isinstance(version, bool) or not isinstance(version, int):
                raise TypeError(f"version is an int, not {type(version).__name__}")
            if not 0 <= version < 2**63:
                raise ValueError(f"version is {version}; a version is 0 or more")
        if recorded is not None and not isinstance(charges, Result):
            raise ValueError("recorded goes with a Result; documents are recorded on their days of issue")
        new, repeated, _, _, posted = self._handle.apply(
            charges._handle if isinstance(charges, Result) else None,
            _day(recorded, "recorded"),
            billed,
            _events_of(events),
            -1 if version is None else version,
        )
        accounts: list[dict[str, Any]] = json.loads(posted)
        return Applied(
            recorded=new,
            repeated=repeated,
            versions={one["account"]: one["version"] for one in accounts},
            entries=tuple(_entry(one["account"], entry) for one in accounts for entry in one["entries"]),
        )

    def pay(
        self,
        account: str,
        amount: Decimal | int | str,
        on: Day,
        *,
        id: str,
        for_: Iterable[str] = (),
        for_fees: Iterable[str] = (),
        version: int | None = None,
        **more: object,
    ) -> Applied:
        """Records a payment. `more` are its other fields, such as sources, recorded, reason, actor, reference."""
        event: dict[str, Any] = {"event": "payment", "id": id, "account": account, "date": on, "amount": amount, **more}
        if for_:
            event["for"] = list(for_)
        if for_fees:
            event["for_fees"] = list(for_fees)
        return self.apply(event, version=version)

    def balance(self, account: str, *, as_of: Day | None = None, known_at: Day | None = None) -> Balance:
        """Of one account; one that nothing was recorded for owes nothing and has version 0.

        as_of     what has taken effect by this day, and penalties through it; None: all that is recorded, and
                  penalties no further than payments met them
        known_at  what was recorded by this day; None: all
        """
        version, _, *amounts = self._handle.balances(
            _day(as_of, "as_of"), _day(known_at, "known_at"), text_of(account, "account")
        )
        return Balance(account, version, *cast("list[Any]", amounts))

    def totals(self, *, as_of: Day | None = None, known_at: Day | None = None) -> Totals:
        """Balances of all accounts, added."""
        _, accounts, *amounts = self._handle.balances(_day(as_of, "as_of"), _day(known_at, "known_at"), None)
        return Totals(accounts, *cast("list[Any]", amounts[:3]))

    def open_items(
        self, account: str, *, as_of: Day | None = None, known_at: Day | None = None
    ) -> tuple[OpenItem, ...]:
        """Receivables of which principal or penalties are open. Raises NotFoundError."""
        items = (
            OpenItem(
                receivable=one["id"],
                unit=one.get("unit"),
                fee=one.get("fee"),
                issue=date.fromisoformat(one["issue"]),
                due=date.fromisoformat(one["due"]),
                billed=Decimal(one["billed"]),
                corrected=Decimal(one["corrected"]),
                settled=Decimal(one["settled"]),
                written_off=Decimal(one["written_off"]),
                open=Decimal(one["open"]),
                penalties=sum((Decimal(part["open"]) for part in one.get("penalties", ())), Decimal(0)),
            )
            for one in self._state(account, as_of, known_at, False)["receivables"]
        )
        return tuple(one for one in items if one.open or one.penalties)

    def explain(
        self,
        account: str,
        *,
        as_of: Day | None = None,
        known_at: Day | None = None,
        language: Language | None = None,
    ) -> tuple[Movement, ...]:
        """Where money went, in its order, and why there first. Raises NotFoundError."""
        spoken = self.language if language is None else language
        if spoken not in ("en", "zh"):
            raise ValueError(f"language is 'en' or 'zh', not {language!r}")
        return tuple(
            Movement(
                does=one["does"],
                date=date.fromisoformat(one["date"]),
                cause=one["cause"],
                receivable=one.get("receivable"),
                part=one.get("part"),
                source=one.get("source"),
                amount=Decimal(one["amount"]),
                why=one.get("why"),
                before=one.get("before"),
                sentence=one["sentence"][spoken] if "sentence" in one else None,
            )
            for one in self._state(account, as_of, known_at, True)["movements"]
        )

    def _state(self, account: str, as_of: Day | None, known_at: Day | None, why: bool) -> dict[str, Any]:
        days = _day(as_of, "as_of"), _day(known_at, "known_at")
        text = self._handle.text(_dues.BALANCES_JSON, *days, why, text_of(account, "account"))
        states: list[dict[str, Any]] = json.loads(text)
        return states[0]

    def history(self, account: str, *, as_of: Day | None = None, known_at: Day | None = None) -> History:
        """What was recorded and posted, as far as it had taken effect and was known. Raises NotFoundError."""
        days = _day(as_of, "as_of"), _day(known_at, "known_at")
        (one,) = json.loads(self._handle.text(_dues.HISTORY_JSON, *days, False, text_of(account, "account")))
        entries = tuple(_entry(one["account"], entry) for entry in one["entries"])
        return History(one["account"], one["version"], tuple(one["events"]), entries)

    def table(
        self,
        which: Literal["balances", "open_items", "entries"],
        *,
        account: str | None = None,
        as_of: Day | None = None,
        known_at: Day | None = None,
    ) -> LedgerTable:
        """A table of all accounts, or of one, for pandas, polars, pyarrow, DuckDB."""
        if which not in _TABLES:
            raise ValueError(f"a table is {', '.join(map(repr, _TABLES))}, not {which!r}")
        return LedgerTable(
            self._handle,
            _TABLES[which],
            _day(as_of, "as_of"),
            _day(known_at, "known_at"),
            None if account is None else text_of(account, "account"),
        )

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The entries of all accounts as a stream of the Arrow PyCapsule interface."""
        return self.table("entries").__arrow_c_stream__()

    def to_json(self, account: str | None = None) -> str:
        """The document to store, with all accounts or one. The same ledger gives the same bytes."""
        return self._text(_dues.LEDGER_JSON, None, None, account)

    def to_csv(self, account: str | None = None, *, as_of: Day | None = None, known_at: Day | None = None) -> str:
        """The entries, RFC 4180."""
        return self._text(_dues.ENTRIES_CSV, as_of, known_at, account)

    def openings(self, as_of: Day, account: str | None = None) -> str:
        """Events, as JSON, that open another ledger with what is open on that day."""
        return self._text(_dues.OPENINGS_JSON, as_of, None, account)

    def _text(self, form: int, as_of: Day | None, known_at: Day | None, account: str | None) -> str:
        wanted = None if account is None else text_of(account, "account")
        return self._handle.text(form, _day(as_of, "as_of"), _day(known_at, "known_at"), False, wanted)
