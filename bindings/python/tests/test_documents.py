# SPDX-License-Identifier: Apache-2.0
"""Tariffs and facts from Python's own values: what is exact goes in, all else is refused with its place."""

from __future__ import annotations

import json
import sys
from collections import OrderedDict
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

import dues
from conftest import JULY, TOTAL

Document = dict[str, Any]


def with_area(facts: Document, area: object) -> Document:
    facts["units"][0]["area"] = area
    return facts


def test_a_tariff_is_the_same_from_path_text_bytes_and_dict(tariff_document: Document, tmp_path: Path) -> None:
    text = json.dumps(tariff_document, ensure_ascii=False)
    path = tmp_path / "lime court.json"
    path.write_text(text, encoding="utf-8")
    loaded = [
        dues.Tariff.load(source)
        for source in (
            path,
            str(path),
            text,
            "\n " + text,
            text.encode(),
            tariff_document,
            MappingProxyType(tariff_document),
        )
    ]
    assert {one.hash for one in loaded} == {loaded[0].hash}
    assert (loaded[0].id, loaded[0].edition, loaded[0].currency, loaded[0].minor_units) == (
        "lime-court",
        "2026-1",
        "CNY",
        2,
    )
    assert (loaded[0].from_, loaded[0].to, loaded[0].name) == (date(2026, 1, 1), None, "Lime Court: what is charged")
    assert dues.Tariff.load(text, language="zh").name == "青柠苑收费标准"


def test_the_last_day_of_a_tariff_comes_out_as_its_end(tariff_document: Document) -> None:
    assert dues.Tariff.load(tariff_document | {"through": "2026-12-31"}).to == date(2027, 1, 1)


@pytest.mark.parametrize("area", ["80.02", Decimal("80.02"), Decimal("8002E-2"), Decimal("80.0200")])
def test_exact_numbers_are_all_alike(tariff: dues.Tariff, facts_document: Document, area: object) -> None:
    assert str(tariff.bill(with_area(facts_document, area), *JULY).amount) == TOTAL


@pytest.mark.parametrize("area", [80, np.int64(80), np.uint8(80), Decimal(80), Decimal("8E+1"), "80"])
def test_whole_numbers_of_any_kind_are_taken(tariff: dues.Tariff, facts_document: Document, area: object) -> None:
    # 80 x (2.80 x 15 + 3.10 x 16) / 31 = 236.387..., 236.39; with the shop's 307.49
    assert str(tariff.bill(with_area(facts_document, area), *JULY).amount) == "543.88"


@pytest.mark.parametrize("area", [80.02, 80.0, float("nan"), float("inf"), np.float64(80.02)])
def test_a_float_is_a_type_error_that_says_what_to_do(
    tariff: dues.Tariff, facts_document: Document, area: object
) -> None:
    with pytest.raises(TypeError, match="float") as refused:
        tariff.bill(with_area(facts_document, area), *JULY)
    assert "facts['units'][0]['area']" in str(refused.value)
    assert "decimal.Decimal(" in str(refused.value) and "as text" in str(refused.value)


def test_a_float_in_a_tariff_is_refused_with_its_place(tariff_document: Document) -> None:
    tariff_document["values"][0]["is"][1]["is"]["flat"] = 3.10
    with pytest.raises(TypeError, match=r"tariff\['values'\]\[0\]\['is'\]\[1\]\['is'\]\['flat'\] is a float \(3\.1\)"):
        dues.Tariff.load(tariff_document)
    with pytest.raises(TypeError, match="float"):
        dues.check(tariff_document)


@pytest.mark.parametrize(
    ("area", "refusal", "says"),
    [
        (Decimal("NaN"), ValueError, "no amount"),
        (Decimal("sNaN"), ValueError, "no amount"),
        (Decimal("-Infinity"), ValueError, "no amount"),
        (Decimal("1E+999999"), ValueError, "exponent"),
        (Decimal("1E-999999"), ValueError, "exponent"),
        (Decimal("0E-999999"), ValueError, "exponent"),
        (10**5000, ValueError, "thousands of digits"),
        ("\ud800", ValueError, "lone surrogate"),
        ("80\udcff", ValueError, "lone surrogate"),
        (Fraction(1, 3), TypeError, "Fraction"),
        (1 + 2j, TypeError, "complex"),
        (b"80.02", TypeError, "bytes"),
        ({80}, TypeError, "set"),
        (np.float32(80), TypeError, "float32"),
        (np.bool_(True), TypeError, "bool"),
        (object(), TypeError, "object"),
        (datetime(2026, 7, 1), TypeError, r"\.date\(\)"),
        ({1: "80"}, TypeError, "keys are str"),
        ({None: "80"}, TypeError, "keys are str"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_value_is_refused_with_its_place(
    tariff: dues.Tariff, facts_document: Document, area: object, refusal: type[Exception], says: str
) -> None:
    with pytest.raises(refusal, match=says) as refused:
        tariff.load_facts(with_area(facts_document, area))
    assert str(refused.value).startswith("facts['units'][0]['area'] ")


@pytest.mark.parametrize(
    ("area", "code"),
    [
        (True, "F103"),
        ("eighty", "F103"),
        (10**40, "F103"),
        (-1, "F103"),
        ([80], "F103"),
        ("0x50", "F103"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_that_is_no_area_is_a_mistake_of_its_row(
    tariff: dues.Tariff, facts_document: Document, area: object, code: str
) -> None:
    facts = tariff.load_facts(with_area(facts_document, area))
    told = facts.diagnostics[0]
    assert (told.code, told.severity, told.pointer, told.row) == (code, "error", "/units/0/area", 0)
    lines = tariff.bill(facts, *JULY).lines
    # The flat's lines say so and have no amounts; the shop's is billed.
    assert [line.amount is None for line in lines] == [line.unit == "1-101" for line in lines]
    assert all((line.diagnostic is not None) == (line.amount is None) for line in lines)


def test_none_is_an_absent_cell_of_facts(tariff: dues.Tariff, facts_document: Document) -> None:
    for row in facts_document["tenures"]:
        row.setdefault("to", None)
        row["share"] = None
    assert str(tariff.bill(facts_document, *JULY).amount) == TOTAL


def test_none_in_a_tariff_is_an_error_of_the_language(tariff_document: Document) -> None:
    tariff_document["edition"] = None
    with pytest.raises(dues.TariffError) as refused:
        dues.Tariff.load(tariff_document)
    assert (refused.value.code, refused.value.pointer) == ("T100", "/edition")


def test_days_may_be_dates(tariff: dues.Tariff, facts_document: Document) -> None:
    for table in ("units", "tenures"):
        for row in facts_document[table]:
            for column in ("from", "to"):
                if column in row:
                    row[column] = date.fromisoformat(row[column])
    assert str(tariff.bill(facts_document, date(2026, 7, 1), date(2026, 8, 1)).amount) == TOTAL


def test_rows_may_be_any_mapping_from_any_iterable(tariff: dues.Tariff, facts_document: Document) -> None:
    facts = {
        "units": (OrderedDict(row) for row in facts_document["units"]),
        "tenures": tuple(MappingProxyType(row) for row in facts_document["tenures"]),
    }
    assert str(tariff.bill(facts, *JULY).amount) == TOTAL


def test_documents_that_go_round_or_deep_end(tariff_document: Document) -> None:
    round_ = dict(tariff_document)
    round_["values"] = [round_]
    with pytest.raises(ValueError, match="too deep"):
        dues.Tariff.load(round_)
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ValueError, match="too deep"):
        dues.Tariff.load(tariff_document | {"values": deep})
    while deep:  # not by Python's own recursion
        deep = deep[0]


def test_a_dict_that_changes_while_it_is_read_does_no_harm(tariff_document: Document) -> None:
    class Emptying:
        def __index__(self) -> int:
            tariff_document.clear()
            return 1

    tariff_document["fees"].append(Emptying())
    with pytest.raises(dues.TariffError):
        dues.Tariff.load(tariff_document)


def test_what_a_value_raises_comes_through(tariff_document: Document) -> None:
    class Failing:
        def __index__(self) -> int:
            raise KeyError("none of ours")

    with pytest.raises(KeyError, match="none of ours"):
        dues.Tariff.load(tariff_document | {"edition": Failing()})


@pytest.mark.parametrize("source", [None, 1, 1.5, ["a"], object()])
def test_what_is_no_source_of_a_tariff_is_a_type_error(source: Any) -> None:
    with pytest.raises(TypeError, match="tariff is a path"):
        dues.Tariff.load(source)


@pytest.mark.parametrize("source", [None, 1, 80.02, [{"unit": "1"}], {"1"}])
def test_what_is_no_source_of_facts_is_a_type_error(tariff: dues.Tariff, source: Any) -> None:
    with pytest.raises(TypeError, match="facts are a dict of tables"):
        tariff.load_facts(source)


@pytest.mark.parametrize("table", [None, 1, {"unit": "1"}, b"unit"])
def test_what_is_no_table_is_a_type_error(tariff: dues.Tariff, table: Any) -> None:
    with pytest.raises(TypeError, match=r"facts\['units'\] is a list of dicts"):
        tariff.load_facts({"units": table})
    with pytest.raises(TypeError, match=r"facts\['units'\]\[1\] is a dict"):
        tariff.load_facts({"units": [{"unit": "1", "from": "2026-01-01"}, 2]})


def test_a_missing_file_is_pythons_own_error(tariff: dues.Tariff) -> None:
    for call in (dues.Tariff.load, tariff.load_facts):
        with pytest.raises(FileNotFoundError):
            call("no such file.json")
    with pytest.raises(FileNotFoundError):
        tariff.load_facts({"units": "no such file.csv"})


def test_a_bad_tariff_tells_every_mistake_at_once(tariff_document: Document) -> None:
    tariff_document["fees"][0]["schedule"] = "montly"
    tariff_document["fees"][0]["tax"] = "vta"
    with pytest.raises(dues.TariffError) as refused:
        dues.Tariff.load(tariff_document)
    wrong = refused.value
    assert isinstance(wrong, ValueError) and isinstance(wrong, dues.DuesError)
    assert (wrong.code, wrong.pointer, wrong.row, wrong.status) == ("T110", "/fees/0/schedule", None, "DUES_BAD_TARIFF")
    assert "did you mean 'monthly'?" in str(wrong)
    assert [one.pointer for one in wrong.diagnostics if one.code == "T110"] == ["/fees/0/schedule", "/fees/0/tax"]
    assert dues.check(tariff_document) == wrong.diagnostics
    chinese = dues.check(tariff_document, language="zh")
    assert [one.code for one in chinese] == [one.code for one in wrong.diagnostics]
    assert "monthly" in chinese[0].message and not chinese[0].message.isascii()


def test_check_tells_nothing_of_a_good_tariff_and_warnings_of_an_odd_one(tariff_document: Document) -> None:
    assert dues.check(tariff_document) == ()
    tariff_document["taxes"].append(tariff_document["taxes"][0] | {"id": "other"})
    assert [(one.code, one.severity) for one in dues.check(tariff_document)] == [("T120", "warning")]
    assert [one.code for one in dues.Tariff.load(tariff_document).diagnostics] == ["T120"]


def test_a_place_inside_an_expression_is_told(tariff_document: Document) -> None:
    tariff_document["fees"][0]["quantity"] = "2 * unit.aera"
    told = dues.check(tariff_document)[0]
    assert (told.code, told.pointer, told.position) == ("T202", "/fees/0/quantity", 4)


def test_text_that_is_no_json_and_no_path_says_so() -> None:
    with pytest.raises(dues.TariffError) as refused:
        dues.Tariff.load('{"dues_tariff": "1",}')
    assert refused.value.code == "T116"
    with pytest.raises(ValueError, match="lone surrogate"):
        dues.Tariff.load('{"\ud800": 1}')


def test_unknown_languages_are_refused(tariff_document: Document) -> None:
    for call in (dues.check, dues.Tariff.load):
        with pytest.raises(ValueError, match="language is 'en' or 'zh'"):
            call(tariff_document, language="fr")  # type: ignore[arg-type]


def test_integers_keep_all_their_digits(tariff_document: Document) -> None:
    assert sys.get_int_max_str_digits() == 4300  # what Python itself writes at most
    tariff_document["values"][0]["is"][1]["is"]["flat"] = 12345678901234567890
    assert (
        dues.Tariff.load(tariff_document).hash
        != dues.Tariff.load(json.dumps(tariff_document).replace("67890", "67891")).hash
    )
