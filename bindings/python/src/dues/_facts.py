# SPDX-License-Identifier: Apache-2.0
"""Facts: who holds what, from dicts, documents, CSV files and everything that speaks Arrow."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeAlias, runtime_checkable

from dues import _dues
from dues._errors import Diagnostic, Language, diagnostics_of


@runtime_checkable
class ArrowStream(Protocol):
    """A table that exports itself by the Arrow PyCapsule interface: of polars, pandas, pyarrow, DuckDB, ..."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


@runtime_checkable
class ArrowArray(Protocol):
    """A batch that exports itself by the Arrow PyCapsule interface."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...


Row: TypeAlias = Mapping[str, Any]
Path_: TypeAlias = "str | os.PathLike[str]"
Table: TypeAlias = "Path_ | ArrowStream | ArrowArray | Iterable[Row]"
Source: TypeAlias = "Facts | bytes | Table | Mapping[str, Any]"

_CHUNK = 1 << 22


class Facts:
    """Facts that were loaded for one tariff. Never changes; any number of threads may bill from it."""

    __slots__ = ("_handle", "_tariff", "diagnostics")

    def __init__(self, handle: _dues.Facts, tariff: _dues.Tariff, diagnostics: tuple[Diagnostic, ...]) -> None:
        self._handle = handle
        self._tariff = tariff
        self.diagnostics: tuple[Diagnostic, ...] = diagnostics
        """Mistakes in single rows. The lines of their units say so too; all others are billed."""


def text_of(value: object, what: str) -> str:
    """A str that can be written as UTF-8."""
    if not isinstance(value, str):
        raise TypeError(f"{what} is a str, not {type(value).__name__}")
    try:
        value.encode()
    except UnicodeEncodeError as wrong:
        raise ValueError(f"{what} has a lone surrogate, which is no character") from wrong
    return value


def is_document(text: str | bytes) -> bool:
    """Whether it is JSON and no path: a document begins with {, a path does not."""
    begin = text[:64].lstrip()
    return begin.startswith("{") if isinstance(begin, str) else begin.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def document_of(source: object, name: str, drop_none: bool) -> bytes:
    """JSON of a path, a text or a dict."""
    if isinstance(source, bytes):
        return source
    if isinstance(source, str) and is_document(source):
        return text_of(source, name).encode()
    if isinstance(source, (str, os.PathLike)):
        return Path(source).read_bytes()
    if isinstance(source, Mapping):
        return _dues.to_json(dict(source), name, drop_none)
    raise TypeError(f"{name} is a path, JSON as str or bytes, or a dict, not {type(source).__name__}")


def _is_arrow(source: object) -> bool:
    return hasattr(source, "__arrow_c_stream__") or hasattr(source, "__arrow_c_array__")


def _load_csv(loader: _dues.Loader, table: str, path: str | os.PathLike[str]) -> None:
    with open(path, "rb") as file:
        chunk = file.read(_CHUNK)
        while chunk:
            loader.csv(table, chunk, False)
            chunk = file.read(_CHUNK)
        loader.csv(table, b"", True)


def _rows_of(table: str, source: object) -> list[Any]:
    if isinstance(source, (bytes, Mapping)) or not isinstance(source, Iterable):
        raise TypeError(
            f"facts[{table!r}] is a list of dicts, the path of a CSV file, or something with __arrow_c_stream__, "
            f"not {type(source).__name__}"
        )
    rows = []
    for number, row in enumerate(source):
        if not isinstance(row, Mapping):
            raise TypeError(f"facts[{table!r}][{number}] is a dict with the columns of a row, not {type(row).__name__}")
        rows.append(row if type(row) is dict else dict(row))
    return rows


def _load_tables(loader: _dues.Loader, source: Mapping[str, Any]) -> None:
    written: dict[str, Any] = {"dues_facts": "1"}
    streamed: list[tuple[str, Any]] = []
    for table, content in source.items():
        name = text_of(table, "the name of a table")
        if name == "dues_facts":
            written[name] = content
        elif isinstance(content, (str, os.PathLike)) or _is_arrow(content):
            streamed.append((name, content))
        else:
            written[name] = _rows_of(name, content)
    if len(written) > 1 or not streamed:
        loader.json(_dues.to_json(written, "facts", True))
    for name, content in streamed:
        if isinstance(content, (str, os.PathLike)):
            _load_csv(loader, name, content)
        else:
            loader.arrow(name, content)


def load_facts(tariff: _dues.Tariff, source: Source, language: Language) -> Facts:
    loader = _dues.open(tariff)
    if _is_arrow(source):
        loader.arrow("units", source)
    elif isinstance(source, Mapping):
        _load_tables(loader, source)
    elif isinstance(source, (str, os.PathLike)) and os.fspath(source).lower().endswith(".csv"):
        _load_csv(loader, "units", source)
    elif isinstance(source, (str, bytes, os.PathLike)):
        loader.json(document_of(source, "facts", True))
    else:
        raise TypeError(
            "facts are a dict of tables, the path of a JSON or CSV file, or something with __arrow_c_stream__, "
            f'not {type(source).__name__}; rows of units alone are {{"units": rows}}'
        )
    handle, found = loader.finish()
    return Facts(handle, tariff, diagnostics_of(found, language))
