# SPDX-License-Identifier: Apache-2.0
"""Tables by the Arrow PyCapsule interface, in and out, with the libraries that people use."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pytest

import dues
from conftest import JULY, TOTAL

HELD = {
    "unit": ["1-101", "1-101", "S-1"],
    "account": ["Chen", "Lin", "Lin"],
    "from": [date(2026, 1, 1), date(2026, 7, 11), date(2026, 1, 1)],
    "use": ["flat", None, "shop"],
    "area": [Decimal("80.02"), None, Decimal("45.50")],
}


@pytest.fixture
def table() -> pa.Table:
    return pa.table(HELD)


def test_units_come_from_every_library(tariff: dues.Tariff, table: pa.Table) -> None:
    frame, held = pl.DataFrame(HELD), table  # DuckDB finds it by its name
    assert held.num_rows == 3
    for source in (
        table,
        table.to_reader(),
        table.to_batches()[0],
        frame,
        frame.with_columns(pl.col("use").cast(pl.Categorical), pl.col("area").cast(pl.String)),
        frame.with_columns(pl.col("use").cast(pl.Enum(["flat", "shop"]))),
        pd.DataFrame(HELD),
        pd.DataFrame(HELD).astype({"use": "category"}),
        table.to_pandas(types_mapper=pd.ArrowDtype),
        duckdb.sql("select * from held"),
        duckdb.sql('select unit, account, "from"::timestamp as "from", "use", area::varchar as area from held'),
    ):
        assert str(tariff.bill(source, *JULY).amount) == TOTAL, type(source)


def test_tables_may_be_mixed(
    tariff: dues.Tariff, table: pa.Table, facts_document: dict[str, Any], tmp_path: Path
) -> None:
    units = pl.DataFrame(facts_document["units"])
    path = tmp_path / "tenures.csv"
    pyarrow.csv.write_csv(pa.Table.from_pylist(facts_document["tenures"]), path)
    for facts in (
        {"units": units, "tenures": facts_document["tenures"]},
        {"tenures": path, "units": units},
        {"tenures": str(path), "units": facts_document["units"]},
        {"dues_facts": "1", "units": units, "tenures": pa.Table.from_pylist(facts_document["tenures"]), "accounts": []},
    ):
        assert str(tariff.bill(facts, *JULY).amount) == TOTAL
    held = tmp_path / "units.CSV"
    pyarrow.csv.write_csv(table, held)
    for source in (held, str(held)):
        assert str(tariff.bill(source, *JULY).amount) == TOTAL


def test_batches_and_slices_are_read_where_they_begin(tariff: dues.Tariff, table: pa.Table) -> None:
    padded = pa.concat_tables([table.slice(0, 2), table, table.slice(1, 1)]).combine_chunks().slice(2, 3)
    assert str(tariff.bill(padded, *JULY).amount) == TOTAL
    assert str(tariff.bill(padded.to_batches()[0], *JULY).amount) == TOTAL
    apart = pa.concat_tables([table.slice(0, 1), table.slice(1, 0), table.slice(1, 2)])
    assert apart["unit"].num_chunks > 1
    assert str(tariff.bill(apart, *JULY).amount) == TOTAL


@pytest.mark.parametrize("library", [pl.DataFrame, pd.DataFrame, pa.table])
def test_a_column_of_floats_is_a_type_error_that_says_what_to_do(
    tariff: dues.Tariff, library: Callable[[Any], Any]
) -> None:
    source = library(HELD | {"area": [80.02, None, 45.5]})
    with pytest.raises(TypeError) as refused:
        tariff.bill(source, *JULY)
    wrong = refused.value
    assert isinstance(wrong, dues.ColumnError)
    assert "area" in wrong.message and "decimal" in (wrong.message + wrong.cure).lower()


@pytest.mark.parametrize(
    "column",
    [
        pa.array([[80], None, [45]]),
        pa.array([{"m2": 80}, None, {"m2": 45}]),
        pa.array([b"80", None, b"45"]),
        pa.array([Decimal("80.02"), None, Decimal("45.5")], pa.decimal256(40, 2)),
        pa.array([1, None, 2], pa.duration("s")),
        pa.array([80.02, None, 45.5], pa.float16()),
    ],
    ids=lambda column: str(column.type),
)
def test_columns_of_other_types_are_refused(tariff: dues.Tariff, table: pa.Table, column: Any) -> None:
    with pytest.raises(dues.ColumnError, match="area"):
        tariff.load_facts(table.set_column(4, "area", column))


def test_moments_with_a_zone_are_no_days(tariff: dues.Tariff, table: pa.Table) -> None:
    zoned = pa.array([datetime(2026, 1, 1)] * 3, pa.timestamp("us", "Asia/Shanghai"))
    with pytest.raises(dues.ColumnError, match="from"):
        tariff.load_facts(table.set_column(2, "from", zoned))
    noon = pa.array([datetime(2026, 1, 1, 12)] * 3, pa.timestamp("us"))
    told = tariff.load_facts(table.set_column(2, "from", noon)).diagnostics
    assert [one.row for one in told if one.code == "F107"] == [0, 1, 2]


def test_mistakes_in_rows_are_told_by_row(tariff: dues.Tariff, table: pa.Table) -> None:
    facts = tariff.load_facts(table.set_column(4, "area", pa.array([Decimal("80.02"), None, Decimal("-1")])))
    assert [(one.code, one.pointer, one.row) for one in facts.diagnostics] == [("F103", "/units/2/area", 2)]
    assert tariff.bill(facts, *JULY).bad_lines == 1


def test_unknown_columns_and_tables_are_refused_with_their_place(tariff: dues.Tariff, table: pa.Table) -> None:
    with pytest.raises(dues.FactsError) as refused:
        tariff.load_facts(table.rename_columns(["unit", "account", "from", "use", "aera"]))
    assert refused.value.code == "F101" and "aera" in refused.value.message
    for unknown in ({"flats": table}, {"flats": []}):
        with pytest.raises(dues.FactsError):
            tariff.load_facts(unknown)
    with pytest.raises(ValueError, match="lone surrogate"):
        tariff.load_facts({"\ud800": table})


def test_no_rows_are_no_units(tariff: dues.Tariff, table: pa.Table) -> None:
    for empty in (table.slice(0, 0), pl.DataFrame(HELD).clear(), table.schema.empty_table().to_reader()):
        assert len(tariff.bill(empty, *JULY).lines) == 0


class Exporter:
    """Exports what it is told to."""

    def __init__(self, export: Callable[[], object]) -> None:
        self.export = export

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.export()


class ArrayExporter:
    def __init__(self, export: Callable[[], Any]) -> None:
        self.export = export

    def __arrow_c_array__(self, requested_schema: object | None = None) -> Any:
        return self.export()


def test_a_stream_is_read_once(tariff: dues.Tariff, table: pa.Table) -> None:
    capsule = table.__arrow_c_stream__()
    again = Exporter(lambda: capsule)
    assert str(tariff.bill(again, *JULY).amount) == TOTAL
    with pytest.raises(ValueError, match="already been read"):
        tariff.bill(again, *JULY)
    pair = table.to_batches()[0].__arrow_c_array__()
    assert str(tariff.bill(ArrayExporter(lambda: pair), *JULY).amount) == TOTAL
    with pytest.raises(ValueError, match="already been read"):
        tariff.bill(ArrayExporter(lambda: pair), *JULY)


@pytest.mark.parametrize("given", [None, 1, "arrow_array_stream", (), object()])
def test_what_is_no_capsule_is_a_type_error(tariff: dues.Tariff, given: object) -> None:
    for exporter in (Exporter(lambda: given), ArrayExporter(lambda: given), ArrayExporter(lambda: (given, given))):
        with pytest.raises(TypeError, match="capsule"):
            tariff.load_facts(exporter)


def test_a_capsule_of_another_kind_is_a_type_error(tariff: dues.Tariff, table: pa.Table) -> None:
    schema = table.schema.__arrow_c_schema__()
    with pytest.raises(TypeError, match="arrow_array_stream"):
        tariff.load_facts(Exporter(lambda: schema))
    new_capsule = ctypes.pythonapi.PyCapsule_New
    new_capsule.restype, new_capsule.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    name = b"another"
    with pytest.raises(TypeError, match="arrow_array_stream"):
        tariff.load_facts(Exporter(lambda: new_capsule(1, name, None)))


def test_what_an_exporter_raises_comes_through(tariff: dues.Tariff) -> None:
    def fail() -> object:
        raise ConnectionError("the database has gone")

    with pytest.raises(ConnectionError, match="has gone"):
        tariff.load_facts(Exporter(fail))


def test_a_stream_that_fails_on_its_way_is_told(tariff: dues.Tariff, table: pa.Table) -> None:
    def batches() -> Any:
        yield table.to_batches()[0]
        raise ConnectionError("the database has gone")

    with pytest.raises(dues.StreamError, match="has gone") as refused:
        tariff.load_facts(pa.RecordBatchReader.from_batches(table.schema, batches()))
    assert refused.value.status == "DUES_STREAM_FAILED"


def test_arrays_that_are_no_tables_are_refused(tariff: dues.Tariff) -> None:
    with pytest.raises(dues.StreamError):
        tariff.load_facts(pa.array(["1-101"]))


def test_texts_that_are_no_characters_are_refused(tariff: dues.Tariff, table: pa.Table) -> None:
    wrong = pa.array([b"1-101", b"\xff\xfe", b"S-1"]).view(pa.string())
    with pytest.raises(dues.FactsError) as refused:
        tariff.load_facts(table.set_column(0, "unit", wrong))
    assert (refused.value.status, refused.value.pointer) == ("DUES_NOT_UTF8", "/units/1/unit")


def test_lines_go_to_every_library(july: dues.Result) -> None:
    by_duckdb = duckdb.sql("select sum(amount), sum(net) + sum(tax), count(*), max(due) from july").fetchall()
    assert by_duckdb == [(Decimal(TOTAL), Decimal(TOTAL), 3, date(2026, 7, 10))]
    by_polars = pl.DataFrame(july)
    assert by_polars["amount"].sum() == Decimal(TOTAL)
    assert by_polars.schema["amount"].is_decimal() and by_polars.schema["from"] == pl.Date
    by_pandas = pd.DataFrame.from_arrow(july)
    assert sum(by_pandas["amount"]) == Decimal(TOTAL) and list(by_pandas["unit"]) == ["1-101", "1-101", "S-1"]
    by_pyarrow = pa.table(july)
    assert by_pyarrow["amount"].to_pylist() == [line.amount for line in july.lines]
    assert by_pyarrow.schema.equals(pa.schema(july), check_metadata=True)
    assert by_pyarrow.schema.metadata[b"dues.tariff"] == b"lime-court"
    assert pa.RecordBatchReader.from_stream(july).read_all() == by_pyarrow


def test_lines_live_longer_than_their_result(tariff: dues.Tariff, facts_document: dict[str, Any]) -> None:
    made = tariff.bill(facts_document, *JULY)
    lines = pa.table(made)
    unread = made.__arrow_c_stream__()
    del made
    gc.collect()
    assert sum(lines["amount"].to_pylist()) == Decimal(TOTAL)
    del unread


def test_a_stream_of_lines_may_be_left_unread_or_read_in_part(july: dues.Result) -> None:
    july.__arrow_c_stream__(None)
    july.__arrow_c_stream__(pa.schema([]).__arrow_c_schema__())
    july.__arrow_c_schema__()
    reader = pa.RecordBatchReader.from_stream(july)
    assert reader.read_next_batch().num_rows == 3
    del reader


def test_duckdb_sums_many_lines_to_the_cent(tariff: dues.Tariff, table: pa.Table) -> None:
    # 2,000 units in many batches, with a price that no float could carry exactly.
    many = pl.DataFrame(
        {
            "unit": [f"U{i}" for i in range(2000)],
            "account": ["A"] * 2000,
            "from": [date(2026, 1, 1)] * 2000,
            "use": ["flat"] * 2000,
            "area": [Decimal("0.01")] * 2000,
        }
    )
    # 0.01 x 3.10 = 0.031, rounded 0.03
    made = tariff.bill(many, "2026-08-01", "2026-09-01")
    assert made.amount == Decimal("60.00")
    assert duckdb.sql("select sum(amount) from made").fetchall() == [(Decimal("60.00"),)]
