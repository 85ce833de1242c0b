# SPDX-License-Identifier: Apache-2.0
"""Results: rows, bills, explanations, documents."""

from __future__ import annotations

import csv
import io
import json
import pickle
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import dues
from conftest import CHEN, JULY, LIN_FLAT, LIN_SHOP, TOTAL

Document = dict[str, Any]


def test_a_line_has_the_values_that_a_hand_works_out(july: dues.Result) -> None:
    line = july.lines[1]
    assert line == dues.Line(
        key="lime-court/Lin/1-101/management/-/2026-07-01/charge",
        account="Lin",
        unit="1-101",
        fee="management",
        subject=None,
        period=date(2026, 7, 1),
        from_=date(2026, 7, 11),
        to=date(2026, 8, 1),
        adjustment=0,
        issue=date(2026, 7, 1),
        due=date(2026, 7, 10),
        quantity=None,
        price=None,
        gross=Decimal("160.18"),
        net=Decimal("151.11"),  # 160.18 x 6 / 106 = 9.0667, so 9.07 of tax
        tax=Decimal("9.07"),
        amount=Decimal("160.18"),
        tax_id="vat",
        rate="6%",
        fund=None,
        diagnostic=None,
    )
    assert [type(line.amount), type(line.due), type(line.adjustment)] == [Decimal, date, int]
    assert str(line.amount) == LIN_FLAT


def test_quantity_and_price_are_there_when_they_are_one(tariff: dues.Tariff, facts_document: Document) -> None:
    line = tariff.bill(facts_document, "2026-08-01", "2026-09-01").lines[0]
    # 80.02 x 3.10 = 248.062
    assert (str(line.quantity), str(line.price), str(line.amount)) == ("80.02", "3.10", "248.06")


def test_lines_are_a_sequence(july: dues.Result) -> None:
    lines = july.lines
    assert isinstance(lines, Sequence) and len(lines) == 3
    assert [str(line.amount) for line in lines] == [CHEN, LIN_FLAT, LIN_SHOP]
    assert lines[-1] == lines[2] == list(lines)[2]
    assert lines[1:] == [lines[1], lines[2]] and lines[::-2] == [lines[2], lines[0]] and lines[2:1] == []
    assert lines[0] in lines and lines.index(lines[2]) == 2 and next(reversed(lines)) == lines[2]
    for wrong in (3, -4, 2**70):
        with pytest.raises(IndexError):
            lines[wrong]
    with pytest.raises(TypeError):
        lines["0"]  # type: ignore[call-overload]


def test_more_lines_than_are_made_at_once_come_in_order(tariff: dues.Tariff) -> None:
    units = [
        {"unit": f"U-{number:05}", "from": "2026-01-01", "use": "flat", "area": 10 + number % 7}
        for number in range(2500)
    ]
    tenures = [{"unit": row["unit"], "account": "A", "role": "owner", "from": "2026-01-01"} for row in units]
    made = tariff.bill({"units": units, "tenures": tenures}, "2026-08-01", "2026-09-01")
    assert [line.unit for line in made.lines] == [row["unit"] for row in units]
    # 3.10 x 10, 31.00, and 3.10 more for each square metre
    assert [line.amount for line in made.lines] == [
        Decimal("31.00") + Decimal("3.10") * (number % 7) for number in range(2500)
    ]
    assert len(made.bills) == 1 and made.bills[0].lines == tuple(range(2500))


def test_bills_hold_the_lines_of_one_account(july: dues.Result) -> None:
    chen, lin = july.bills
    assert (chen.account, str(chen.total), chen.lines) == ("Chen", CHEN, (0,))
    assert (lin.account, str(lin.total), lin.lines) == ("Lin", "467.67", (1, 2))
    assert (lin.issue, lin.due) == (date(2026, 7, 1), date(2026, 7, 10))
    assert [bill["id"] for bill in json.loads(july.to_json())["bills"]] == [chen.id, lin.id]
    assert [bill["key"] for bill in json.loads(july.to_json())["bills"]] == [chen.key, lin.key]


def test_a_result_tells_its_totals(july: dues.Result, tariff: dues.Tariff) -> None:
    assert (str(july.amount), str(july.tax), july.bad_lines) == (TOTAL, "30.80", 0)
    assert (july.tariff, july.edition, july.tariff_hash, july.currency) == ("lime-court", "2026-1", tariff.hash, "CNY")
    assert repr(july) == "<dues.Result lime-court: 3 lines, CNY 543.94>"
    assert repr(tariff) == "<dues.Tariff lime-court 2026-1>"


def test_a_line_is_explained_by_itself_its_key_or_its_place(july: dues.Result) -> None:
    line = july.lines[1]
    told = july.explain(line)
    assert told == july.explain(line.key) == july.explain(1) == july.explain(-2)
    assert (told.key, told.amount, told.tax) == (line.key, line.amount, line.tax)
    assert told.steps[-1].sentence == "the line comes to 160.18"
    assert str(told).splitlines()[-1] == f"{len(told.steps)}. the line comes to 160.18"
    assert told.steps[0].at == "/schedules/0"
    area = next(step for step in told.steps if step.at == "/fees/0/quantity")
    assert (area.value, area.sentence) == ("80.02", "floor area: 80.02")


def test_explanations_speak_chinese(july: dues.Result, tariff_document: Document, facts_document: Document) -> None:
    assert july.explain(1, "zh").steps[-1].sentence == "本行金额为 160.18"
    chinese = dues.Tariff.load(tariff_document, language="zh").bill(facts_document, *JULY)
    assert chinese.explain(1).steps[-1].sentence == "本行金额为 160.18"
    with pytest.raises(ValueError, match="language"):
        july.explain(1, "fr")  # type: ignore[arg-type]


def test_what_is_no_line_cannot_be_explained(july: dues.Result) -> None:
    with pytest.raises(dues.NotFoundError) as missing:
        july.explain("lime-court/Lin/1-101/management/-/2027-07-01/charge")
    assert isinstance(missing.value, LookupError) and missing.value.code == "R111"
    for wrong in (3, -4):
        with pytest.raises(IndexError):
            july.explain(wrong)
    for odd in (1.0, True, None):
        with pytest.raises(TypeError):
            july.explain(odd)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="lone surrogate"):
        july.explain("\ud800")


def test_a_line_that_could_not_be_computed_says_why(tariff: dues.Tariff, facts_document: Document) -> None:
    del facts_document["units"][0]["area"]
    made = tariff.bill(facts_document, *JULY)
    assert made.bad_lines == 1 + (made.lines[1].unit == "1-101")
    line = made.lines[0]
    assert (line.amount, line.gross, line.net, line.tax) == (None, None, None, None)
    assert line.diagnostic is not None
    assert (line.diagnostic.code, line.diagnostic.severity) == ("F110", "error")
    assert "area" in line.diagnostic.message and line.diagnostic.cure
    with pytest.raises(dues.LineError) as refused:
        made.explain(0)
    assert refused.value.code == "F110"
    assert str(made.amount) == LIN_SHOP


def test_documents_are_the_same_from_text_file_and_path(july: dues.Result, tmp_path: Path) -> None:
    for form, text in (
        ("json", july.to_json()),
        ("json_indented", july.to_json(indented=True)),
        ("csv", july.to_csv()),
    ):
        path, file = tmp_path / form, io.BytesIO()
        july.write(path, form)  # type: ignore[arg-type]
        july.write(file, form)  # type: ignore[arg-type]
        assert path.read_bytes() == file.getvalue() == text.encode()
    assert json.loads(july.to_json()) == json.loads(july.to_json(indented=True))
    assert [row["amount"] for row in csv.DictReader(io.StringIO(july.to_csv()))] == [CHEN, LIN_FLAT, LIN_SHOP]
    with pytest.raises(ValueError, match="form is"):
        july.write(tmp_path / "x", "xml")  # type: ignore[arg-type]


def test_what_a_file_raises_ends_the_writing(july: dues.Result) -> None:
    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            raise OSError(28, "no space left")

    with pytest.raises(OSError, match="no space left"):
        july.write(Full(), "csv")
    with pytest.raises(TypeError):
        july.write(io.StringIO(), "csv")  # type: ignore[arg-type]


def test_values_are_not_to_be_changed(july: dues.Result, tariff: dues.Tariff) -> None:
    with pytest.raises(AttributeError):
        july.lines[0].amount = Decimal(0)  # type: ignore[misc]
    with pytest.raises(AttributeError):
        tariff.price = 1  # type: ignore[attr-defined]
    assert hash(july.lines[0]) == hash(july.lines[0])


def test_rows_and_errors_can_be_sent_to_other_processes(july: dues.Result, tariff_document: Document) -> None:
    line = july.lines[0]
    assert pickle.loads(pickle.dumps(line)) == line
    with pytest.raises(dues.TariffError) as refused:
        dues.Tariff.load(tariff_document | {"id": "Lime Court"})
    sent = pickle.loads(pickle.dumps(refused.value))
    assert (type(sent), str(sent), sent.code, sent.diagnostics) == (
        dues.TariffError,
        str(refused.value),
        "T118",
        refused.value.diagnostics,
    )
