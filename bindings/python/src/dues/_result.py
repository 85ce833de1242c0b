# SPDX-License-Identifier: Apache-2.0
"""Results: lines as rows, as an Arrow stream, as documents; and why."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, BinaryIO, Generic, Literal, TypeVar, cast, overload

from dues import _dues
from dues._errors import Diagnostic, Language
from dues._facts import is_document, text_of
from dues._rows import Bill, Explanation, Line, explanation_of

Form = Literal["json", "json_indented", "csv"]
_FORMS: dict[str, int] = {"json": _dues.JSON, "json_indented": _dues.JSON_INDENTED, "csv": _dues.CSV}
_BATCH = 1_024  # rows that are made at once

_Row = TypeVar("_Row", Line, Bill)


class _Rows(Sequence[_Row], Generic[_Row]):
    """Rows that are made when they are looked at."""

    __slots__ = ("_count", "_handle")

    def __init__(self, handle: _dues.Result, count: int) -> None:
        self._handle = handle
        self._count = count

    def _made(self, begin: int, end: int) -> list[_Row]:
        raise NotImplementedError

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> _Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[_Row]: ...
    def __getitem__(self, index: int | slice) -> _Row | list[_Row]:
        if isinstance(index, slice):
            begin, end, step = index.indices(self._count)
            if step == 1:
                return self._made(begin, max(begin, end))
            return [self[at] for at in range(begin, end, step)]
        at = index + self._count if index < 0 else index
        if not 0 <= at < self._count:
            raise IndexError(f"there are {self._count}")
        return self._made(at, at + 1)[0]

    def __iter__(self) -> Iterator[_Row]:
        for begin in range(0, self._count, _BATCH):
            yield from self._made(begin, min(begin + _BATCH, self._count))


class _Lines(_Rows[Line]):
    __slots__ = ()

    def _made(self, begin: int, end: int) -> list[Line]:
        made = []
        for row in self._handle.lines(begin, end):
            if row[-1] is not None:
                row = (*row[:-1], Diagnostic(*cast("tuple[Any, ...]", row[-1])))
            made.append(Line._make(row))
        return made


class _Bills(_Rows[Bill]):
    __slots__ = ()

    def _made(self, begin: int, end: int) -> list[Bill]:
        return [Bill._make(self._handle.bill(at)) for at in range(begin, end)]


class Result:
    """What a run made. Never changes; any number of threads may read it.

    It is a table for everything that speaks Arrow: polars.DataFrame(result), pyarrow.table(result),
    pandas.DataFrame.from_arrow(result), and DuckDB in a query that names it. The columns stand in dues_arrow.h.
    """

    __slots__ = (
        "_handle",
        "amount",
        "bad_lines",
        "bills",
        "currency",
        "edition",
        "language",
        "lines",
        "tariff",
        "tariff_hash",
        "tax",
    )

    def __init__(self, handle: _dues.Result, language: Language) -> None:
        """Not to be called: see Tariff.bill."""
        self._handle = handle
        self.language: Language = language
        lines, bills, bad_lines, amount, tax, tariff, edition, tariff_hash, currency = handle.info()
        self.lines: Sequence[Line] = _Lines(handle, lines)
        """By account, unit, fee, date."""
        self.bills: Sequence[Bill] = _Bills(handle, bills)
        self.bad_lines: int = bad_lines
        """So many of the lines could not be computed."""
        self.amount: Decimal = cast("Decimal", amount)
        """Of all lines that could."""
        self.tax: Decimal = cast("Decimal", tax)
        """In it."""
        self.tariff: str = tariff
        self.edition: str = edition
        self.tariff_hash: str = tariff_hash
        self.currency: str = currency

    def __repr__(self) -> str:
        return f"<dues.Result {self.tariff}: {len(self.lines)} lines, {self.currency} {self.amount}>"

    def find(self, key: str) -> int:
        """The place of the line with this key. Raises NotFoundError."""
        return self._handle.find(_text(key))

    def explain(self, line: Line | str | int, language: Language | None = None) -> Explanation:
        """Why a line has its amount. `line` is a line, its key, or its place in `lines`.

        Raises LineError where it could not be computed, NotFoundError, IndexError.
        """
        spoken = self.language if language is None else language
        if spoken not in ("en", "zh"):
            raise ValueError(f"language is 'en' or 'zh', not {language!r}")
        return explanation_of(self._handle.explain(self._place(line)), spoken)

    def _place(self, line: Line | str | int) -> int:
        if isinstance(line, Line):
            return self.find(line.key)
        if isinstance(line, str):
            return self.find(line)
        if isinstance(line, bool) or not isinstance(line, int):
            raise TypeError(f"a line is a dues.Line, its key or its place, not {type(line).__name__}")
        at = line + len(self.lines) if line < 0 else line
        if not 0 <= at < len(self.lines):
            raise IndexError(f"there are {len(self.lines)} lines")
        return at

    def to_json(self, *, indented: bool = False) -> str:
        """The whole result, bills included, as LANGUAGE.md shows it. The same result gives the same bytes."""
        return self._handle.text(_dues.JSON_INDENTED if indented else _dues.JSON, 0)

    def to_csv(self) -> str:
        """The lines, RFC 4180. The same result gives the same bytes."""
        return self._handle.text(_dues.CSV, 0)

    def write(self, to: str | os.PathLike[str] | BinaryIO, form: Form) -> None:
        """Writes "json", "json_indented" or "csv" to a path or a binary file, piece by piece."""
        if form not in _FORMS:
            raise ValueError(f"form is {', '.join(map(repr, _FORMS))}, not {form!r}")
        if isinstance(to, (str, os.PathLike)):
            with open(to, "wb") as file:
                self._handle.write(_FORMS[form], file.write)
        else:
            self._handle.write(_FORMS[form], to.write)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The lines as a stream of the Arrow PyCapsule interface. They have one schema, whatever is asked for."""
        return self._handle.stream()

    def __arrow_c_schema__(self) -> object:
        return self._handle.schema()


def _text(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key is a str, not {type(key).__name__}")
    try:
        key.encode()
    except UnicodeEncodeError as wrong:
        raise ValueError("the key has a lone surrogate, which is no character") from wrong
    return key


def billed_of(one: object) -> bytes:
    """The document of an earlier result."""
    if isinstance(one, Result):
        return one.to_json().encode()
    if isinstance(one, bytes):
        return one
    if isinstance(one, str):
        if not is_document(one) and "\n" not in one:
            raise ValueError(
                f"before is an earlier result, its JSON or its CSV; to read it from {one[:80]!r}, read the file"
            )
        return text_of(one, "before").encode()
    raise TypeError(f"before is a Result, or its JSON or CSV as str or bytes, not {type(one).__name__}")
