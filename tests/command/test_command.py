#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The command dues as its users meet it: arguments in; texts, files and exit codes out.

Called with the path of the command. Needs nothing but Python. The closing line says
"N passed, M failed"; exit code 1 on any failure. Amounts are compared as exact decimals.
"""
import csv
import io
import json
import os
import pathlib
import pty
import re
import select
import subprocess
import sys
import tempfile
import time
import unicodedata
from decimal import Decimal

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEMO = [str(ROOT / "src/data/demo/tariff.json"), str(ROOT / "src/data/demo/facts.json")]
QUARTER = ["--from", "2026-07-01", "--to", "2026-10-01"]
JULY = ["--from", "2026-07-01", "--to", "2026-08-01"]
DUES = sys.argv[1]

passed = 0
failed = 0
tests = []


def test(function):
    tests.append(function)
    return function


def check(good, what):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print("FAILED", current, "-", what)


def same(is_, wanted, what):
    check(is_ == wanted, f"{what}: {is_!r}, wanted {wanted!r}")


def holds(text, *parts):
    for part in parts:
        check(part in text, f"{part!r} is not in {text[:2000]!r}")


class Run:
    def __init__(self, *arguments, text=None, lang=None, stdout=subprocess.PIPE):
        environment = {key: value for key, value in os.environ.items() if key != "DUES_LANG"}
        if lang:
            environment["DUES_LANG"] = lang
        done = subprocess.run([DUES, *map(str, arguments)], input=None if text is None else text.encode(),
                              stdin=subprocess.DEVNULL if text is None else None, stdout=stdout,
                              stderr=subprocess.PIPE, env=environment, timeout=300)
        self.code = done.returncode
        self.bytes = done.stdout or b""
        self.out = self.bytes.decode()
        self.err = done.stderr.decode()


folder = pathlib.Path(tempfile.mkdtemp(prefix="dues_command_"))


def file(name, document):
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return str(path)


def lime(**changes):
    """The tariff of the language's first page: 80.02 m2 at 3.10 from July, 6 % included."""
    made = {
        "dues_tariff": "1", "id": "lime-court", "edition": "2026-1", "from": "2026-01-01", "currency": "CNY",
        "name": {"zh": "青柠苑收费标准", "en": "Lime Court: what is charged"},
        "reads": {"unit": [{"id": "use", "type": "choice", "of": ["flat", "shop"]},
                           {"id": "area", "type": "number", "above": 0, "unit": "m2"}]},
        "values": [{"id": "price", "by": ["unit.use"], "is": [
            {"from": "2026-01-01", "is": {"flat": "2.80", "shop": "6.50"}},
            {"from": "2026-07-01", "is": {"flat": "3.10", "shop": "7.00"}}]}],
        "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}],
        "taxes": [{"id": "vat", "name": {"zh": "增值税", "en": "VAT"}, "rate": "6%", "included": True}],
        "fees": [{"id": "management", "kind": "recurring", "name": {"zh": "物业费", "en": "Management fee"},
                  "quantity": "unit.area", "price": "value.price", "schedule": "monthly", "tax": "vat"}],
    }
    made.update(changes)
    return made


def lime_facts(areas=("80.02",)):
    units = [{"unit": f"1-{101 + i}", "from": "2026-01-01", "use": "flat", "area": area} for i, area in enumerate(areas)]
    tenures = [{"unit": one["unit"], "account": f"A-{i + 1}", "role": "owner", "from": "2026-01-01"} for i, one in enumerate(units)]
    return {"dues_facts": "1", "units": units, "tenures": tenures}


def misspelt():
    """A tariff wrong in three places: a field, a name in an expression, a word."""
    made = lime()
    made["fees"][0]["to"] = "2026-12-31"
    made["fees"][0]["quantity"] = "ceil(unit.area) + unit.aera"
    made["fees"][0]["price_per"] = "mnth"
    return made


def columns(text):
    """Columns that a terminal needs, by Python's own copy of the Unicode tables."""
    return sum(0 if unicodedata.combining(c) or c in "\u200b\u200d\ufe0f" else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def blocks(table):
    """Paragraphs of a table text, each a list of lines."""
    return [part.split("\n") for part in table.rstrip("\n").split("\n\n")]


@test
def the_demo_tariff_and_facts_have_no_mistake():
    run = Run("check", *DEMO)
    same(run.code, 0, "exit")
    holds(run.out, "Osmanthus Garden", "2026-1")
    same(run.err, "", "nothing is complained about")
    same(json.loads(Run("check", *DEMO, "--format", "json").out), [], "an empty list as JSON")
    holds(Run("check", DEMO[0], "--lang", "zh").out, "没有错误", "桂园小区")


@test
def lines_bills_csv_and_table_of_a_quarter_have_one_sum():
    run = Run("bill", *DEMO, *QUARTER, "--format", "json")
    same(run.code, 0, "exit")
    made = json.loads(run.out)
    total = sum(Decimal(line["amount"]) for line in made["lines"])
    check(total > 0, "something is billed")
    same(sum(Decimal(bill["total"]) for bill in made["bills"]), total, "sum of bills")
    table = Run("bill", *DEMO, *QUARTER, "--format", "csv")
    same(table.code, 0, "exit of csv")
    rows = list(csv.DictReader(io.StringIO(table.out, newline="")))
    same(len(rows), len(made["lines"]), "rows of the CSV")
    same(sum(Decimal(row["amount"]) for row in rows), total, "sum of the CSV")
    people = Run("bill", *DEMO, *QUARTER).out
    holds(people, f"Total      {total}\n", f"Bills      {len(made['bills'])}\n", f"Tax in it  {sum(Decimal(line['tax']) for line in made['lines'])}\n")
    by_fee = blocks(people)[2][1:]
    same(sum(Decimal(row.split()[-1]) for row in by_fee), total, "sum of the totals by fee")
    same(sum(int(row.split()[-2]) for row in by_fee), len(made["lines"]), "lines of the totals by fee")


@test
def a_month_of_the_first_example_costs_what_its_page_says():
    # 80.02 x 3.10 = 248.062, so 248.06; 248.06 x 6 / 106 = 14.041..., so 14.04.
    facts = file("facts.json", lime_facts())
    tariff = file("tariff.json", lime())
    made = json.loads(Run("bill", tariff, facts, *JULY, "--format", "json").out)
    same([(line["account"], line["amount"], line["tax"], line["net"]) for line in made["lines"]], [("A-1", "248.06", "14.04", "234.02")], "the line")
    same(made["bills"][0]["total"], "248.06", "the bill")
    text = Run("bill", tariff, facts, *JULY).out
    same([row.split() for row in blocks(text)[-1]], [["Account", "Issued", "Due", "Lines", "Total"], ["A-1", "2026-07-01", "2026-07-10", "1", "248.06"]], "the table of bills")
    text = Run("bill", tariff, facts, *JULY, "--lines").out
    same(blocks(text)[-1][-1].split(), ["A-1", "1-101", "Management", "fee", "2026-07-01", "2026-08-01", "2026-07-10", "80.02", "3.10", "14.04", "248.06"], "the table of lines")


@test
def the_table_speaks_both_languages_with_names_of_the_tariff():
    english = Run("bill", *DEMO, *QUARTER).out
    holds(english, "Osmanthus Garden: what is charged", "Management fee, flats", "Parking, monthly", "Account", "2026-07-01 to 2026-10-01", "CNY")
    chinese = Run("bill", *DEMO, *QUARTER, "--lang", "zh").out
    holds(chinese, "桂园小区物业收费公示", "住宅物业费", "车位租金", "账户", "合计", "CNY")
    same(Run("bill", *DEMO, *QUARTER, lang="zh").out, chinese, "DUES_LANG asks for it too")
    same(Run("--lang", "en", "bill", *DEMO, *QUARTER, lang="zh").out, english, "--lang goes before DUES_LANG and may stand first")


@test
def at_most_twenty_rows_are_shown_unless_asked():
    made = json.loads(Run("bill", *DEMO, *QUARTER, "--format", "json").out)
    bills, lines = len(made["bills"]), len(made["lines"])
    shown = blocks(Run("bill", *DEMO, *QUARTER).out)[-1]
    same(len(shown), 1 + 20 + 1, "title, rows, remark")
    same(shown[-1], f"… and {bills - 20} more (--rows 0 shows all)", "remark")
    same(len(blocks(Run("bill", *DEMO, *QUARTER, "--rows", "0").out)[-1]), 1 + bills, "all bills")
    shown = blocks(Run("bill", *DEMO, *QUARTER, "--lines", "--rows", "3", "--lang", "zh").out)[-1]
    same(len(shown), 1 + 3 + 1, "title, three lines, remark")
    same(shown[-1], f"……另有 {lines - 3} 行（--rows 0 显示全部）", "remark in Chinese")


@test
def columns_stand_under_each_other_whatever_the_script():
    # Wide Chinese and Korean, full-width and half-width forms, a combining accent, a plane-2 ideograph, an emoji.
    fees = []
    for i, name in enumerate(["物业费", "Fee", "관리비", "Ａ１（全角）", "ｶﾝﾘ", "Cafe\u0301", "𠮷野費", "🏠 home", "混合 mixed"]):
        fees.append({"id": f"fee_{i}", "kind": "recurring", "name": {"en": name}, "price": str(10 ** (i % 5)), "schedule": "monthly", "tax": "vat"})
    tariff = file("scripts.json", lime(fees=fees, values=[]))
    out = Run("bill", tariff, file("facts.json", lime_facts()), *JULY, "--lines", "--rows", "0").out
    for block in (2, 3):
        rows = blocks(out)[block]
        same(len(rows), 1 + len(fees), "rows")
        same({columns(row) for row in rows}, {columns(rows[0])}, f"each row ends in the same column: {rows}")
    rows = blocks(out)[3]
    begin = columns(rows[0][:rows[0].index("From")])
    for row in rows[1:]:
        same(columns(row[:row.index("2026-07-01")]), begin, f"dates stand under their title: {row}")


@test
def facts_cannot_steer_the_terminal():
    facts = lime_facts()
    facts["tenures"][0]["account"] = "A\u001b[31m\u202e\u0007"
    run = Run("bill", file("tariff.json", lime()), file("evil.json", facts), *JULY)
    same(run.code, 0, "exit")
    for mark in "\u001b\u202e\u0007":
        check(mark not in run.out, f"{mark!r} in the table")
    holds(run.out, "A\ufffd[31m\ufffd\ufffd")


@test
def a_bad_tariff_shows_code_place_nearest_word_caret_and_cure():
    run = Run("check", file("bad.json", misspelt()))
    same(run.code, 1, "exit")
    same(run.out, "", "nothing on standard output")
    holds(run.err, "error T101 /fees/0/to: 'to' is no field of fee; did you mean 'through'?\n    remove the field or correct its name\n",
          "error T202 /fees/0/quantity: ", "did you mean 'unit.area'?", "error T105 /fees/0/price_per: 'mnth'", "did you mean 'month'?", "errors: 3, warnings: 0")
    # ceil(unit.area) + is 18 characters, and 4 spaces stand before.
    holds(run.err, "\n    ceil(unit.area) + unit.aera\n" + " " * 22 + "^\n")
    run = Run("check", file("bad.json", misspelt()), "--lang", "zh")
    holds(run.err, "错误 T101 /fees/0/to：“to”不是 fee 的字段；是否想写“through”？\n    删除该字段或更正其名\n")


@test
def a_caret_stands_under_its_place_behind_wide_characters():
    made = lime()
    made["fees"][0]["where"] = "unit.use = '住宅住宅' or unit.aera > 1"
    err = Run("check", file("wide.json", made)).err.split("\n")
    shown = next(i for i, row in enumerate(err) if row == "    unit.use = '住宅住宅' or unit.aera > 1")
    carets = {row.index("^") for i, row in enumerate(err) if i > 0 and row.strip() == "^"}
    check(columns(err[shown].split("unit.aera")[0]) in carets, f"a caret under unit.aera: {err}")


@test
def diagnostics_as_json_are_a_list_with_both_languages():
    run = Run("check", file("bad.json", misspelt()), "--format", "json")
    same(run.code, 1, "exit")
    found = json.loads(run.out)
    same({one["code"] for one in found}, {"T101", "T202", "T105"}, "codes")
    field = next(one for one in found if one["code"] == "T101")
    same((field["pointer"], field["severity"], field["values"]["nearest"]), ("/fees/0/to", "error", "through"), "the field")
    holds(field["message"]["zh"], "through")
    holds(field["message"]["en"], "through")


@test
def of_many_mistakes_twenty_are_told():
    made = lime()
    made["fees"][0].update({f"field_{i}": 1 for i in range(25)})
    err = Run("check", file("many.json", made)).err
    same(err.count("error T101"), 20, "told")
    holds(err, "\nand 5 more\n", "errors: 25, warnings: 0")


@test
def warnings_are_allowed_unless_strict():
    made = lime()
    made["taxes"].append({"id": "spare", "rate": "9%", "included": True})
    tariff = file("warned.json", made)
    run = Run("check", tariff)
    same(run.code, 0, "exit")
    holds(run.err, "warning T120 /taxes/1", "errors: 0, warnings: 1")
    same(Run("check", tariff, "--strict").code, 1, "exit of strict")
    same(Run("check", tariff, "--strict", "--format", "json").code, 1, "exit of strict as JSON")
    run = Run("bill", tariff, file("facts.json", lime_facts()), *JULY, "--format", "csv")
    same(run.code, 0, "a warning stops no run")
    holds(run.err, "warnings about the tariff: 1")


@test
def a_mistake_in_the_documents_is_1_and_bills_nothing():
    tariff, facts = file("tariff.json", lime()), file("facts.json", lime_facts())
    target = folder / "untouched.json"
    for arguments in ([file("bad.json", misspelt()), facts], [file("broken.json", "{,"), facts], [tariff, file("none.json", "[1]")],
                      [tariff, facts, "--before", file("other.json", {"tariff": "elsewhere", "lines": []})]):
        run = Run("bill", *arguments, *JULY, "--format", "json", "--output", target)
        same((run.code, run.out, target.exists()), (1, "", False), f"{arguments}")
        holds(run.err, "error ")
    same(Run("check", tariff, file("none.json", "[1]")).code, 1, "check of facts")


@test
def wrong_use_is_2_and_says_what_was_meant():
    tariff, facts = file("tariff.json", lime()), file("facts.json", lime_facts())
    both = [tariff, facts]
    for arguments, said in (
            ([], "one of check, bill, explain is missing"),
            (["bil", *both], "did you mean 'bill'?"),
            (["bill", tariff], "FACTS is missing"),
            (["bill", *both, "--from", "2026-07-01"], "--to is missing"),
            (["bill", *both, "--from", "2026-02-30", "--to", "2026-03-01"], "--from: 2026-02-30 is no day"),
            (["bill", *both, "--from", "1.7.2026", "--to", "2026-08-01"], "1.7.2026 is no day"),
            (["bill", *both, *JULY, "--formt", "json"], "did you mean '--format'?"),
            (["bill", *both, *JULY, "--format", "jsn"], "did you mean 'json'?"),
            (["bill", *both, *JULY, "--threads", "-1"], "no whole number"),
            (["bill", *both, *JULY, "--rows", "3.5"], "no whole number"),
            (["bill", *both, *JULY, "--account"], "--account needs a value"),
            (["bill", *both, "third.json", *JULY], "'third.json' is not understood here"),
            (["bill", *both, "--from", "2026-08-01", "--to", "2026-07-01"], "R113"),
            (["bill", *both, *JULY, "--unit", "9-999"], "R112"),
            (["bill", *both, *JULY, "--most-lines", "0"], "R110"),
            (["bill", *both, *JULY, "--most-lines", "ten"], "no whole number"),
            (["explain", *both, *JULY], "--key, --account, --unit or --fee is missing"),
            (["explain", *both, *JULY, "--fee", "managment"], "did you mean 'management'?"),
            (["explain", *both, *JULY, "--key", "lime-court/A-1/1-101/management/-/2026-06-01/charge"], "R111"),
            (["check", "-", "-"], "read once only"),
            (["--lang", "fr", "check", tariff], "'fr' is none of en, zh")):
        run = Run(*arguments, text="{}" if "-" in arguments else None)
        same((run.code, run.out), (2, ""), f"{arguments} {run.err}")
        holds(run.err, said)
    holds(Run("bill", tariff, "--lang", "zh").err, "用法不对：缺少 FACTS")


@test
def an_unknown_account_is_told_with_its_id():
    run = Run("bill", *DEMO, *QUARTER, "--account", "A-9999")
    same(run.code, 2, "exit")
    same(run.out, "", "nothing is billed")
    holds(run.err, "error R112: account 'A-9999' is not among the facts")
    run = Run("bill", *DEMO, *QUARTER, "--account", "A-0004", "--format", "json")
    same({line["account"] for line in json.loads(run.out)["lines"]}, {"A-0004"}, "a known one has only its own lines")


@test
def lines_without_an_amount_are_3_and_the_others_are_billed():
    # The second unit has no area: its line cannot be computed. 80.02 x 3.10 = 248.06 stays.
    facts = lime_facts(("80.02", "1"))
    del facts["units"][1]["area"]
    arguments = ["bill", file("tariff.json", lime()), file("hole.json", facts), *JULY]
    run = Run(*arguments, "--format", "json")
    same(run.code, 3, "exit")
    lines = json.loads(run.out)["lines"]
    same([line.get("amount") for line in lines], ["248.06", None], "amounts")
    same(lines[1]["diagnostic"]["code"], "F110", "diagnostic of the line")
    holds(run.err, "lines without an amount: 1", "error F110", "1-102")
    same(Run(*arguments, "--format", "csv").code, 3, "exit of csv")
    run = Run(*arguments)
    same(run.code, 3, "exit of the table")
    holds(run.out, "Without amount  1", "F110 unit.area of 1-102 has no value on 2026-07-01", "F110: add the value")
    same(Run("explain", *arguments[1:], "--unit", "1-102").code, 3, "exit of its explanation")
    same(Run("explain", *arguments[1:], "--unit", "1-101").code, 0, "exit of another's explanation")


@test
def a_row_of_facts_with_a_mistake_is_told_once_and_is_3():
    facts = lime_facts(("80.02", "-1"))
    tariff, holes = file("tariff.json", lime()), file("minus.json", facts)
    run = Run("bill", tariff, holes, *JULY, "--format", "csv")
    same(run.code, 3, "exit")
    same(run.err.count("error F103 /units/1/area"), 1, "told once")
    same(Run("check", tariff, holes).code, 1, "check calls it a mistake")


@test
def files_that_cannot_be_read_are_4():
    facts = file("facts.json", lime_facts())
    tariff = file("tariff.json", lime())
    for arguments in (["check", folder / "missing.json"], ["check", folder], ["bill", tariff, folder / "missing.json", *JULY],
                      ["bill", tariff, facts, *JULY, "--before", folder / "missing.json"], ["check", tariff, "--words", folder / "missing.json"]):
        run = Run(*arguments)
        same((run.code, run.out), (4, ""), f"{arguments}")
        holds(run.err, "dues: cannot read ", str(folder))
    holds(Run("check", folder).err, "it is a directory")
    holds(Run("check", folder, "--lang", "zh").err, "无法读取", "它是目录")


@test
def a_full_disk_and_a_closed_pipe_are_4():
    arguments = ["bill", *DEMO, *QUARTER, "--format", "json"]
    for case in (arguments, ["bill", *DEMO, *QUARTER, "--format", "csv"], ["bill", *DEMO, *QUARTER, "--format", "sheet"], ["bill", *DEMO, *QUARTER], ["--help"], ["check", DEMO[0]], ["explain", *DEMO, *QUARTER, "--unit", "1-0102"]):
        with open("/dev/full", "wb") as full:
            run = Run(*case, stdout=full)
        same(run.code, 4, f"{case} on a full disk")
        holds(run.err, "dues: cannot write standard output: no space left")
    run = Run(*arguments, "--output", "/dev/full")
    same(run.code, 4, "--output on a full disk")
    holds(run.err, "dues: cannot write /dev/full: no space left")
    same(Run(*arguments, "--output", folder / "no" / "such").code, 4, "--output into a folder that is not there")
    for form in ("json", "csv", "sheet"):
        child = subprocess.Popen([DUES, "bill", *DEMO, *QUARTER, "--format", form], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        child.stdout.close()
        error = child.stderr.read().decode()
        same(child.wait(timeout=60), 4, f"a closed pipe of {form}")
        same(error, "dues: cannot write standard output: nobody reads it any more\n", "and nothing else is said")
        child.stderr.close()


@test
def output_goes_to_a_file_and_inputs_may_come_from_standard_input():
    tariff, facts = file("tariff.json", lime()), file("facts.json", lime_facts())
    wanted = Run("bill", tariff, facts, *JULY, "--format", "json").bytes
    target = folder / "out.json"
    run = Run("bill", tariff, facts, *JULY, "--format", "json", "--output", target)
    same((run.code, run.out), (0, ""), "standard output stays empty")
    same(target.read_bytes(), wanted, "the file has the same bytes")
    same(Run("bill", "-", facts, *JULY, "--format", "json", text=json.dumps(lime())).bytes, wanted, "tariff from standard input")
    same(Run("bill", tariff, "-", *JULY, "--format", "json", text=json.dumps(lime_facts())).bytes, wanted, "facts from standard input")
    run = Run("bill", tariff, facts, *JULY, "--before", "-", "--format", "json", text=wanted.decode())
    same(json.loads(run.out)["lines"], [], "an earlier result from standard input")


@test
def what_was_billed_before_leaves_no_lines_and_a_late_fact_an_adjustment():
    before = folder / "before.json"
    same(Run("bill", *DEMO, *QUARTER, "--format", "json", "--output", before).code, 0, "exit")
    run = Run("bill", "--before", before, *DEMO, *QUARTER, "--format", "json")
    same(run.code, 0, "exit of the second run")
    made = json.loads(run.out)
    same((made["lines"], made["bills"]), ([], []), "nothing is left to bill")
    # 80.02 m2 were billed, 90 m2 it is: 90 x 3.10 = 279.00, less 248.06 is 30.94.
    tariff = file("tariff.json", lime())
    first = folder / "first.json"
    Run("bill", tariff, file("facts.json", lime_facts()), *JULY, "--format", "json", "--output", first)
    larger = file("larger.json", lime_facts(("90",)))
    second = folder / "second.json"
    Run("bill", tariff, larger, *JULY, "--before", first, "--format", "json", "--output", second)
    same([(line["cause"], line["amount"]) for line in json.loads(second.read_text())["lines"]], [("adjustment:1", "30.94")], "the adjustment")
    holds(Run("bill", tariff, larger, *JULY, "--before", first, "--lines").out, "adjustment 1", "30.94")
    made = json.loads(Run("bill", tariff, larger, *JULY, "--before", first, "--before", second, "--format", "json").out)
    same(made["lines"], [], "both earlier results together are what is owed")


def lime_with_payments():
    """Lime Court where lateness costs 0.05 % a day, and the oldest bill is paid first, its penalty before it."""
    made = lime()
    made["fees"][0]["penalty"] = "late"
    made["penalties"] = [{"id": "late", "name": {"en": "Late"}, "components": [{"id": "day", "rate": {"percent": "0.05%", "per": "day"}}]}]
    made["payments"] = {"order": [{"class": "costs"}, {"class": "penalties"}, {"class": "principal"}],
                        "across": "each_receivable_in_turn", "then": ["earliest_due"], "credit": {}}
    return made


@test
def bills_are_recorded_paid_and_shown_as_of_a_day():
    # 248.06 due on 10 July; by 30 July twenty days are 2.48. 200 leave 50.54.
    tariff, facts = file("payments.json", lime_with_payments()), file("facts.json", lime_facts())
    bills, book, paid = folder / "july.json", folder / "book.json", folder / "paid.json"
    Run("bill", tariff, facts, *JULY, "--format", "json", "--output", bills)
    run = Run("pay", tariff, "--bills", bills, "--output", book)
    same(run.code, 0, "exit of recording: " + run.err)
    events = file("events.json", [{"event": "payment", "id": "p1", "account": "A-1", "date": "2026-07-30", "amount": "200.00"}])
    run = Run("pay", tariff, events, "--ledger", book, "--output", paid, "--format", "json")
    same(run.code, 0, "exit of paying: " + run.err)
    same({(one["entry"], one.get("part"), one["amount"]) for one in json.loads(run.out)},
         {("payment", None, "200.00"), ("penalty", "day", "2.48"), ("allocation", "day", "2.48"), ("allocation", "principal", "197.52")}, "what was posted")
    run = Run("ledger", tariff, paid, "--as-of", "2026-07-30", "--format", "json", "--explain")
    same([(one["account"], one["open"], one["penalties"], one["credit"]) for one in json.loads(run.out)], [("A-1", "50.54", "0.00", "0.00")], "balances")
    holds(Run("ledger", tariff, paid, "--as-of", "2026-07-30", "--explain").out, "50.54", "lime-court/A-1/1-101/management/-/2026-07-01/charge", "CNY 2.48 went to")
    same([one["open"] for one in json.loads(Run("ledger", tariff, paid, "--as-of", "2026-07-30", "--known-at", "2026-07-29", "--format", "json").out)], ["248.06"], "as it was known before")
    # The entries alone give what is open of the charge: 248.06 less 197.52.
    rows = rows_of(Run("ledger", tariff, paid, "--as-of", "2026-07-30", "--format", "csv").out)
    sums = {kind: sum(Decimal(row["amount"]) for row in rows if (row["entry"], row["part"]) == (kind, "principal")) for kind in ("charge", "allocation")}
    same(sums, {"charge": Decimal("248.06"), "allocation": Decimal("197.52")}, "sums of entries")
    # Again: nothing new. Without --output nothing is kept.
    run = Run("pay", tariff, events, "--bills", bills, "--ledger", paid, "--format", "json")
    same((run.code, json.loads(run.out)), (0, []), "a second run posts nothing")
    holds(run.err, "trial")


@test
def what_facts_say_now_is_recorded_against_what_the_ledger_has_billed():
    tariff, facts = file("payments.json", lime_with_payments()), file("facts.json", lime_facts())
    bills, book, corrected = folder / "correct-july.json", folder / "correct-book.json", folder / "corrected.json"
    Run("bill", tariff, facts, *JULY, "--format", "json", "--output", bills)
    Run("pay", tariff, "--bills", bills, "--output", book)
    run = Run("correct", tariff, facts, *JULY, "--ledger", book, "--recorded", "2026-07-20", "--format", "json")
    same((run.code, json.loads(run.out)), (0, []), "the same facts change nothing: " + run.err)
    # Half the price: half of 248.06 is taken back, and the edition is told to change the past.
    cheaper = lime_with_payments()
    cheaper["fees"][0]["price"] = "value.price / 2"
    new = file("cheaper.json", cheaper)
    run = Run("correct", new, facts, *JULY, "--ledger", book, "--recorded", "2026-07-20", "--was", tariff, "--output", corrected)
    same(run.code, 0, "exit of correcting: " + run.err)
    holds(run.err, "T141", "lime-court/A-1/1-101/management/-/2026-07-01/charge", "248.06", "124.03")
    same([one["open"] for one in json.loads(Run("ledger", new, corrected, "--as-of", "2026-07-30", "--format", "json").out)], ["124.03"], "what is open then")
    same(Run("correct", new, facts, *JULY, "--ledger", book).code, 2, "without a day")


@test
def what_a_ledger_refuses_keeps_nothing():
    tariff = file("payments.json", lime_with_payments())
    book = folder / "refused.json"
    events = file("wrong.json", [{"event": "payment", "id": "p1", "account": "A-1", "date": "2026-07-30", "amount": "200.00"},
                                 {"event": "refund", "id": "r1", "account": "A-1", "date": "2026-07-31", "amount": "200.01"}])
    run = Run("pay", tariff, events, "--output", book)
    same((run.code, book.exists()), (1, False), "exit, and no file")
    holds(run.err, "L116", "the most is 200.00")
    run = Run("pay", tariff, file("unknown.json", [{"event": "payment", "id": "p1", "acount": "A-1", "date": "2026-07-30", "amount": "1"}]))
    same(run.code, 1, "exit")
    holds(run.err, "L101", "acount", "L102")
    run = Run("pay", tariff, events, "--ledger", file("cut.json", '{"dues_ledger": "1", "tariff": "lime'))
    same(run.code, 1, "exit of a file that was cut off")
    holds(run.err, "T116")
    same(Run("pay", tariff).code, 2, "without events")
    same(Run("ledger", tariff, book, "--as-of", "2026-02-30").code, 2, "no such day")


def lime_ahead():
    """Lime Court that may be paid a year ahead: 5 % from six months on, or, if that is more, a month free with twelve."""
    made = lime_with_payments()
    made["prepayments"] = [{"id": "ahead", "of": ["management"], "at_most_months": 12}]
    made["discounts"] = [{"id": "offers", "best_of": [
        {"id": "half_year", "name": {"zh": "半年九五折", "en": "Half a year, 5 % off"}, "of": ["management"], "when": {"prepaid_months": 6}, "give": {"percent": "5%"}},
        {"id": "month_free", "name": {"zh": "交12送1", "en": "Pay 12, get one"}, "of": ["management"], "when": {"prepaid_months": 12}, "give": {"free_months": 1}}]}]
    return made


@test
def months_paid_ahead_are_quoted_billed_recorded_and_left_out_of_the_next_run():
    # 248.06 a month; 6 x 235.66 = 1413.96; 12 x 248.06 = 2976.72, and the month that follows comes free.
    tariff, facts = file("ahead.json", lime_ahead()), file("facts.json", lime_facts())
    asked = ["--account", "A-1", "--unit", "1-101", "--fee", "management", "--on", "2026-07-20"]
    run = Run("quote", tariff, facts, *asked, "--months", "3,6,12,13", "--expires", "2026-07-31")
    same(run.code, 0, "exit of a quote: " + run.err)
    holds(run.out, "1413.96", "74.40", "2976.72", "248.06", "2026-08-01", "2027-09-01", "Pay 12, get one wants 12 months: CNY 2976.72 would be paid and CNY 248.06 saved",
          "Half a year, 5 % off: another offer of its group grants more", "Pay 12, get one: CNY 248.06 less, as months that come free")
    holds(run.err, "Q107", "the most is 12")
    holds(Run("quote", tariff, facts, *asked, "--months", "12", "--lang", "zh").out, "赠送月数", "交12送1：减 CNY 248.06，为赠送的月份")
    quotes = json.loads(Run("quote", tariff, facts, *asked, "--months", "6,12", "--expires", "2026-07-31", "--format", "json").out)
    same([(one["paid"], one["saved"], one["gift_months"]) for one in quotes], [("1413.96", "74.40", 0), ("2976.72", "248.06", 1)], "quotes as JSON")

    quote, event, book = file("quote.json", quotes[1]), folder / "event.json", folder / "ahead-book.json"
    run = Run("quote", tariff, facts, "--quote", quote, "--on", "2026-07-25", "--id", "p1", "--output", event)
    same(run.code, 0, "exit of billing by it: " + run.err)
    made = json.loads(event.read_text())
    same([(one["event"], one["amount"], one["date"], len(one["terms"]["lines"])) for one in made], [("prepay", "2976.72", "2026-07-25", 13)], "what is to be recorded")
    run = Run("quote", tariff, facts, "--quote", quote, "--on", "2026-08-01")
    same(run.code, 1, "exit of a quote that has expired")
    holds(run.err, "Q110")
    larger = file("larger.json", lime_facts(("90.00",)))
    run = Run("quote", tariff, larger, "--quote", quote, "--on", "2026-07-25")
    same(run.code, 1, "exit of a quote whose facts changed")
    holds(run.err, "Q111", "unit")

    same(Run("pay", tariff, event, "--output", book).code, 0, "recording it")
    same([(one["open"], one["credit"]) for one in json.loads(Run("ledger", tariff, book, "--as-of", "2026-09-30", "--format", "json").out)], [("0.00", "0.00")], "balances")
    run = Run("bill", tariff, facts, "--from", "2026-07-01", "--to", "2027-11-01", "--prepaid", book, "--format", "json")
    same([one["period"] for one in json.loads(run.out)["lines"]], ["2026-07-01", "2027-09-01", "2027-10-01"], "what is billed beside it")
    run = Run("correct", tariff, facts, "--ledger", book, "--recorded", "2026-09-30", "--from", "2026-08-01", "--to", "2026-12-01", "--format", "json")
    same((run.code, json.loads(run.out)), (0, []), "what is paid ahead is not corrected by a run: " + run.err)
    run = Run("quote", tariff, facts, *asked, "--months", "3", "--from", "2026-09-01", "--prepaid", book)
    same(run.code, 2, "exit of months that are paid already")

    sold = lime_facts()
    sold["tenures"][0]["to"] = "2027-01-01"
    run = Run("quote", tariff, file("sold.json", sold), "--leave", "p1", "--prepaid", book, "--output", event)
    same(run.code, 0, "exit of settling: " + run.err)
    holds(run.err, "2027-01-01", "1736.42")  # 2976.72 - 5 x 248.06
    same(Run("pay", tariff, event, "--ledger", book, "--output", book).code, 0, "recording that")
    same([one["credit"] for one in json.loads(Run("ledger", tariff, book, "--as-of", "2027-01-01", "--format", "json").out)], ["1736.42"], "credit of who left")
    same(Run("quote", tariff, facts, "--leave", "p9", "--prepaid", book).code, 2, "exit of an unknown prepayment")


@test
def a_quote_needs_to_be_told_who_pays_what_and_when():
    tariff, facts = file("ahead.json", lime_ahead()), file("facts.json", lime_facts())
    asked = {"--account": "A-1", "--unit": "1-101", "--fee": "management", "--on": "2026-07-20", "--months": "3"}
    for left_out in asked:
        run = Run("quote", tariff, facts, *[text for option, value in asked.items() if option != left_out for text in (option, value)])
        same(run.code, 2, "exit without " + left_out)
        holds(run.err, left_out)
    asked["--months"] = "3,x"
    run = Run("quote", tariff, facts, *[text for pair in asked.items() for text in pair])
    same(run.code, 2, "exit")
    holds(run.err, "3,x")


@test
def what_lateness_costs_is_shown_to_a_day_with_its_reasons():
    # 268.80 due 31 March, paid 10 May: 40 days at 0.05 % are 5.376; half of 5.38 is waived.
    tariff = file("late.json", lime_with_payments())
    one = {"receivable": "R1", "penalty": "late", "principal": "268.80", "due": "2026-03-31", "settled": [{"kind": "waiver", "on": "2026-05-10", "amount": "2.69"}]}
    history = file("history.json", {"dues_history": "1", "receivables": [one]})
    run = Run("penalties", tariff, history, "--as-of", "2026-05-10", "--explain")
    same(run.code, 0, "exit")
    holds(run.out, "late/day", "5.38", "2.69", "2026-04-01 to 2026-05-10: 268.80 x 0.05% a day x 40 days = 5.376")
    made = json.loads(Run("penalties", tariff, history, "--as-of", "2026-05-10", "--format", "json").out)
    same([(part["total"], part["open"]) for part in made[0]["components"]], [("5.38", "2.69")], "totals")
    holds(Run("penalties", tariff, history, "--as-of", "2026-05-10", "--lang", "zh").out, "合计", "未清")
    same(Run("penalties", tariff, history).code, 2, "without a day")
    run = Run("penalties", tariff, "-", "--as-of", "2026-05-10", text='{"dues_history": "1", "receivables": [{"receivable": "R1"}]}')
    same((run.code, run.out), (1, ""), "a history with mistakes")
    holds(run.err, "T108", "/receivables/0", "principal")
    moving = lime_with_payments()
    moving["reads"]["references"] = [{"id": "lpr", "type": "rate_per_year"}]
    moving["penalties"][0]["components"][0]["rate"] = {"reference": "lpr", "per": "year"}
    tariff = file("moving.json", moving)
    rates = file("rates.json", {"dues_references": "1", "references": [{"reference": "lpr", "from": "2026-01-01", "to": "2026-05-01", "value": "3.65%"}]})
    holds(Run("penalties", tariff, history, "--as-of", "2026-04-30", "--references", rates).out, "0.81")  # 268.80 x 3.65 % x 30/365
    run = Run("penalties", tariff, history, "--as-of", "2026-05-10", "--references", rates)
    same(run.code, 3, "past the end of the rates")
    holds(run.err, "P111", "2026-04-30")


def csv_file(name, header, *rows, line_end="\n", lead=""):
    """A table as CSV, by Python's own writer."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=line_end).writerows([header, *rows])
    path = folder / name
    path.write_bytes((lead + text.getvalue()).encode())
    return str(path)


UNIT_COLUMNS = ["unit", "from", "use", "area"]
TENURE_COLUMNS = ["unit", "account", "role", "from"]


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


@test
def facts_may_be_tables_of_csv():
    tariff = file("tariff.json", lime())
    wanted = Run("bill", tariff, file("facts.json", lime_facts(("80.02", "90"))), *JULY, "--format", "json").bytes
    units = [["1-101", "2026-01-01", "flat", "80.02"], ["1-102", "2026-01-01", "flat", "90"]]
    tenures = csv_file("tenures.csv", TENURE_COLUMNS, ["1-101", "A-1", "owner", "2026-01-01"], ["1-102", "A-2", "owner", "2026-01-01"])
    plain = csv_file("units.csv", UNIT_COLUMNS, *units)
    for arguments in ([plain, "--table", f"tenures={tenures}"],
                      [csv_file("UNITS.CSV", UNIT_COLUMNS, *units, line_end="\r\n", lead="\ufeff"), "--table", f"tenures={tenures}"],
                      ["--table", f"tenures={tenures}", "--table", f"units={plain}"],
                      # A row may say who holds the unit.
                      [csv_file("holders.csv", [*UNIT_COLUMNS, "account"], *([*row, f"A-{i + 1}"] for i, row in enumerate(units)))]):
        run = Run("bill", tariff, *arguments, *JULY, "--format", "json")
        same((run.code, run.err), (0, ""), f"{arguments}")
        same(run.bytes, wanted, f"the same result from {arguments}")
    holds(Run("check", tariff, plain, "--table", f"tenures={tenures}").out, "units: 2, accounts: 2")
    same(Run("explain", tariff, plain, "--table", f"tenures={tenures}", *JULY, "--unit", "1-101").code, 0, "explain takes them too")
    text = pathlib.Path(plain).read_text()
    run = Run("bill", tariff, "-", "--facts-format", "csv", "--table", f"tenures={tenures}", *JULY, "--format", "json", text=text)
    same(run.bytes, wanted, "units from standard input")
    run = Run("bill", tariff, plain, "--table", "tenures=-", *JULY, "--format", "json", text=pathlib.Path(tenures).read_text())
    same(run.bytes, wanted, "a table from standard input")
    same(Run("bill", tariff, "-", "--table", "tenures=-", "--facts-format", "csv", *JULY, text="").code, 2, "but not both")
    odd = folder / "facts.csv"
    odd.write_text(json.dumps(lime_facts(("80.02", "90"))))
    same(Run("bill", tariff, odd, "--facts-format", "json", *JULY, "--format", "json").bytes, wanted, "a document of another name")


@test
def a_mistake_in_a_csv_names_row_and_column():
    tariff = file("tariff.json", lime())
    good = ["1-101", "2026-01-01", "flat", "80.02"]
    for rows, code, said in (([good, ["1-102", "2026-01-01", "flat"]], "F143", "row 3 "),
                             ([good, ["1-102", "2026-01-01", "flat", "-1"]], "F103", "/units/1/area")):
        run = Run("check", tariff, csv_file("wrong.csv", UNIT_COLUMNS, *rows))
        same((run.code, run.out), (1, ""), f"{code}")
        holds(run.err, code, said)
    path = folder / "quote.csv"
    path.write_text('unit,from,use,area\n"1-101,2026-01-01,flat,80\n')
    run = Run("bill", tariff, path, *JULY)
    same((run.code, run.out), (1, ""), "a quote that is never closed")
    holds(run.err, "F140", "row 2, column")
    for table, code in (("tenurs=x.csv", "did you mean 'tenures'?"), ("tenures", "--table tenures=tenures.csv"), ("tenures=", "--table tenures=tenures.csv")):
        run = Run("bill", tariff, "--table", table, *JULY)
        same((run.code, run.out), (2, ""), table)
        holds(run.err, code)
    same(Run("bill", tariff, folder / "missing.csv", *JULY).code, 4, "a file that is not there")


HOSTILE = ["=cmd|' /C calc'!A0", "+1", "-2", "@x", 'a "b", c', '""', "'", "a/b%2F", "东 1/101"]


def hostile_run():
    facts = lime_facts(["80.02"] * len(HOSTILE))
    for unit, tenure, name in zip(facts["units"], facts["tenures"], HOSTILE):
        unit["unit"] = tenure["unit"] = tenure["account"] = name
    return [file("tariff.json", lime()), file("hostile.json", facts), *JULY]


@test
def csv_gives_back_any_id_and_a_later_run_reads_it():
    arguments = hostile_run()
    first = folder / "first.csv"
    same(Run("bill", *arguments, "--format", "csv", "--output", first).code, 0, "exit")
    rows = rows_of(first.read_bytes().decode())
    same([row["account"] for row in rows], sorted(HOSTILE, key=str.encode), "accounts byte for byte")
    same([row["unit"] for row in rows], sorted(HOSTILE, key=str.encode), "units byte for byte")
    again = Run("bill", *arguments, "--format", "csv", "--before", first)
    same((again.code, again.err, rows_of(again.out)), (0, "", []), "nothing is left to bill")
    json_first = folder / "first.json"
    Run("bill", *arguments, "--format", "json", "--output", json_first)
    same(rows_of(Run("bill", *arguments, "--format", "csv", "--before", json_first).out), [], "nor after JSON")
    text = first.read_bytes().replace(b"248.06,CNY", b"248.x6,CNY", 1)
    (folder / "broken.csv").write_bytes(text)
    run = Run("bill", *arguments, "--before", folder / "broken.csv")
    same((run.code, run.out), (1, ""), "a value that is none")
    holds(run.err, "broken.csv", "R118", "row 2", "amount", "248.x6")


@test
def a_sheet_runs_no_formula_and_speaks_the_language():
    arguments = [*hostile_run(), "--format", "sheet"]
    run = Run("bill", *arguments)
    same(run.code, 0, "exit")
    check(run.bytes.startswith(b"\xef\xbb\xbf"), "a byte order mark")
    rows = rows_of(run.out.removeprefix("\ufeff"))
    wanted = {("'" + name if name[0] in "=+-@" else name) for name in HOSTILE}
    same({row["Account"] for row in rows}, wanted, "accounts")
    same({row["Unit"] for row in rows}, wanted, "units")
    same({(row["Fee"], row["Amount"], row["Tax"], row["Quantity"], row["Price"], row["Rate"], row["Problem"]) for row in rows},
         {("Management fee", "248.06", "14.04", "80.02", "3.10", "6%", "")}, "names and numbers")
    for row in csv.reader(io.StringIO(run.out.removeprefix("\ufeff"), newline="")):
        check(not any(cell[:1] in "=+-@\t\r" for cell in row if cell), f"a cell that runs: {row}")
    chinese = Run("bill", *arguments, "--lang", "zh").out.removeprefix("\ufeff")
    holds(chinese, "账户,房屋,收费项目", "物业费")
    # What is taken back is a number, and stays one.
    tariff = file("tariff.json", lime())
    before = folder / "larger.csv"
    Run("bill", tariff, file("larger.json", lime_facts(("90",))), *JULY, "--format", "csv", "--output", before)
    rows = rows_of(Run("bill", tariff, file("facts.json", lime_facts()), *JULY, "--before", before, "--format", "sheet").out)
    same([(row["Amount"], row["Cause"]) for row in rows], [("-30.94", "adjustment 1")], "a negative amount")


@test
def several_tariffs_are_billed_in_one_run():
    # 80.02 x 3.10 = 248.06 yuan in one community; 100 yen for each of 65.5 square metres in another.
    yen = lime(id="sakura", currency="JPY", values=[], fees=[{"id": "kanri", "kind": "recurring", "name": {"en": "Upkeep"}, "quantity": "unit.area",
                                                             "price": "100", "schedule": "monthly"}], taxes=[])
    first, second = file("tariff.json", lime()), file("sakura.json", yen)
    units = csv_file("two.csv", ["tariff", *UNIT_COLUMNS, "account"], ["sakura", "S-1", "2026-01-01", "flat", "65.5", "B-1"], ["lime-court", "1-101", "2026-01-01", "flat", "80.02", "A-1"])
    arguments = [first, units, "--tariff", second, *JULY]
    run = Run("bill", *arguments, "--format", "csv")
    same((run.code, run.err), (0, ""), "exit")
    same([(row["key"].split("/")[0], row["account"], row["amount"], row["currency"]) for row in rows_of(run.out)],
         [("lime-court", "A-1", "248.06", "CNY"), ("sakura", "B-1", "6550", "JPY")], "lines by tariff")
    made = json.loads(Run("bill", *arguments, "--format", "json").out)
    same([(one["tariff"], one["bills"][0]["total"]) for one in made], [("lime-court", "248.06"), ("sakura", "6550")], "a list of results")
    text = Run("bill", *arguments).out
    holds(text, "248.06", "6550", "CNY", "JPY")
    holds(Run("check", first, units, "--tariff", second).out, "edition 2026-1; fees: 1; units: 1, accounts: 1\n")
    for form in ("csv", "json"):
        before = folder / f"two-before.{form}"
        Run("bill", *arguments, "--format", form, "--output", before)
        again = Run("bill", *arguments, "--format", "csv", "--before", before)
        same((again.code, rows_of(again.out)), (0, []), f"nothing is left after {form}")
    same([row["account"] for row in rows_of(Run("bill", *arguments, "--format", "csv", "--account", "B-1").out)], ["B-1"], "one account")
    same(Run("bill", *arguments, "--format", "csv", "--account", "C-1").code, 2, "an account that nobody has")
    run = Run("explain", *arguments, "--key", "sakura/B-1/S-1/kanri/-/2026-07-01/charge")
    same(run.code, 0, "exit of explain")
    holds(run.out, "JPY 6550")
    same(Run("bill", first, units, "--tariff", first, *JULY).code, 1, "one id twice")
    run = Run("check", first, "--tariff", file("bad.json", misspelt()))
    same(run.code, 1, "a mistake in the second tariff")
    holds(run.err, "bad.json", "T101")


@test
def an_output_file_gets_its_name_when_it_is_complete():
    arguments = ["bill", file("tariff.json", lime()), file("town.json", lime_facts(["80.02"] * 3_000)), *JULY, "--format", "csv"]
    target = folder / "lines.csv"
    target.write_text("what was there")
    target.chmod(0o640)
    # No file may grow beyond a tenth of what comes: writing fails on the way.
    limited = subprocess.run(["sh", "-c", 'ulimit -f 100 && exec "$@"', "sh", DUES, *map(str, arguments), "--output", str(target)], stderr=subprocess.PIPE, timeout=300)
    same(limited.returncode, 4, "the run fails")
    holds(limited.stderr.decode(), f"dues: cannot write {target}: ")
    same(target.read_text(), "what was there", "the old file is untouched")
    Run(*arguments, "--output", target)
    same(len(rows_of(target.read_bytes().decode())), 3_000, "it is replaced as a whole")
    same(target.stat().st_mode & 0o777, 0o640, "its mode stays")
    link = folder / "link.csv"
    link.symlink_to(target)
    target.write_text("")
    Run(*arguments, "--output", link)
    check(link.is_symlink() and target.stat().st_size > 0, "a link goes on pointing where it pointed")
    link.unlink()
    os.mkfifo(link)
    child = subprocess.Popen([DUES, *map(str, arguments), "--output", str(link)])
    same(len(rows_of(link.read_bytes().decode())), 3_000, "a pipe is written to directly")
    same(child.wait(timeout=60), 0, "exit")
    same([path.name for path in folder.iterdir() if ".part" in path.name], [], "nothing is left beside it")


@test
def the_select_option_chooses_by_issue_date_or_by_service_period():
    # Billed in arrears, July is issued on 1 August: by issue date July has June's line, by service its own.
    schedules = lime()["schedules"]
    schedules[0]["billed"] = "in_arrears"
    tariff, facts = file("arrears.json", lime(schedules=schedules)), file("facts.json", lime_facts())
    for select, period in (("issue", "2026-06-01"), ("service", "2026-07-01")):
        made = json.loads(Run("bill", tariff, facts, *JULY, "--select", select, "--format", "json").out)
        same([line["from"] for line in made["lines"]], [period], select)


@test
def any_number_of_threads_gives_the_same_bytes():
    tariff = file("tariff.json", lime())
    facts = file("town.json", lime_facts([f"{50 + i % 97}.{i % 100:02}" for i in range(4_500)]))
    one = Run("bill", tariff, facts, *JULY, "--format", "json", "--threads", "1")
    same(one.code, 0, "exit")
    same(len(json.loads(one.out)["lines"]), 4_500, "lines")
    for threads in ("4", "0"):
        check(Run("bill", tariff, facts, *JULY, "--format", "json", "--threads", threads).bytes == one.bytes, f"{threads} threads")


@test
def a_line_is_explained_in_both_languages():
    arguments = ["explain", file("tariff.json", lime()), file("facts.json", lime_facts()), *JULY]
    key = "lime-court/A-1/1-101/management/-/2026-07-01/charge"
    english = Run(*arguments, "--key", key)
    same(english.code, 0, "exit")
    holds(english.out, "Management fee", "A-1", key, "CNY 248.06", "80.02", "3.10", "248.062", "14.04", "/fees/0")
    chinese = Run(*arguments, "--key", key, "--lang", "zh")
    holds(chinese.out, "物业费", "248.06", "248.062", "14.04", "步骤")
    check(english.out != chinese.out, "the languages differ")
    made = json.loads(Run(*arguments, "--key", key, "--format", "json").out)
    same((made["key"], made["amount"], made["tax"]), (key, "248.06", "14.04"), "as JSON")
    check(all(step["sentence"]["en"] and step["sentence"]["zh"] for step in made["steps"]) and made["steps"], "each step has its sentences")
    made = json.loads(Run(*arguments, "--unit", "1-101", "--format", "json").out)
    same([one["key"] for one in made], [key], "by unit, as a list")
    holds(Run(*arguments, "--fee", "management").out, key)


@test
def every_line_of_a_quarter_can_be_explained_with_its_amount():
    lines = json.loads(Run("bill", *DEMO, *QUARTER, "--account", "A-0004", "--format", "json").out)["lines"]
    check(len(lines) > 10, "the account has lines")
    told = json.loads(Run("explain", *DEMO, *QUARTER, "--account", "A-0004", "--format", "json").out)
    same([(one["key"], one["amount"]) for one in told], [(line["key"], line["amount"]) for line in lines], "keys and amounts")
    text = Run("explain", *DEMO, *QUARTER, "--account", "A-0004", "--rows", "2").out
    same(text.count("No.  In the tariff"), 2, "two are shown")
    holds(text, f"… and {len(lines) - 2} more")


@test
def an_adjustment_is_explained_by_what_was_billed():
    tariff = file("tariff.json", lime())
    first = folder / "billed.json"
    Run("bill", tariff, file("facts.json", lime_facts()), *JULY, "--format", "json", "--output", first)
    run = Run("explain", tariff, file("larger.json", lime_facts(("90",))), *JULY, "--before", first, "--unit", "1-101")
    same(run.code, 0, "exit")
    holds(run.out, "adjustment 1", "279.00", "248.06", "30.94")


@test
def a_further_language_is_laid_over():
    words = file("fr.json", {"tag": "fr", "texts": {"T101": "« {name} » n'est pas un champ de {of}", "T101.cure": "corrigez", "command.bills": "Factures"}})
    err = Run("check", file("bad.json", misspelt()), "--words", words).err
    holds(err, "T101 /fees/0/to: « to » n'est pas un champ de fee\n    corrigez\n", "error T202")
    names = {"name": {"fr": "Cour des Tilleuls", "en": "Lime Court"}}
    out = Run("bill", file("french.json", lime(**names)), file("facts.json", lime_facts()), *JULY, "--words", words).out
    holds(out, "Cour des Tilleuls", "Factures", "Lines")
    holds(Run("bill", file("french.json", lime(**names)), file("facts.json", lime_facts()), *JULY, "--words", words, "--lang", "en").out, "Lime Court", "Bills")
    for wrong in ({"tag": "fr", "texts": {"T101": 1}}, {"texts": {}}, [1], {"tag": "fr", "txets": {}}):
        run = Run("check", DEMO[0], "--words", file("wrong.json", wrong))
        same((run.code, run.out), (1, ""), f"{wrong}")
        holds(run.err, '"texts"')


@test
def help_and_version_are_answered_in_both_languages():
    same((Run("--version").code, Run("--version").out.split()[0]), (0, "dues"), "version")
    run = Run("--help")
    same((run.code, run.err), (0, ""), "exit of help")
    holds(run.out, "check", "bill", "explain", "Exit codes:", "  4  a file cannot be read or written")
    holds(Run("--help", "--lang", "zh").out, "用法", "退出码")
    for verb, option in (("check", "--strict"), ("bill", "--before"), ("explain", "--key")):
        run = Run(verb, "--help")
        same(run.code, 0, f"exit of {verb} --help")
        holds(run.out, option, "--lang", "Exit codes:")


@test
def every_text_of_the_command_is_there_in_both_languages_and_used():
    source = ROOT / "src/command"
    table = (source / "texts.hpp").read_text(encoding="utf-8")
    keys = re.findall(r'^\{"(\w+)",', table, re.M)
    same(len(keys), len(set(keys)), "each key once")
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(source.glob("*.?pp")) if path.name != "texts.hpp")
    same([key for key in keys if f'"{key}"' not in code], [], "texts that nothing says")
    asked = re.findall(r'(?:say\(\w+, |title\()"(\w+)"', code) + re.findall(r'"(help_\w+)"', code)
    same(sorted(set(asked) - set(keys)), [], "said, but not in the list")
    entry = re.findall(r'^\{"(\w+)",\s*((?:"(?:[^"\\]|\\.)*"\s*)+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\},', table, re.M)
    same(len(entry), len(keys), "entries with two texts")
    for key, english, chinese in entry:
        same(sorted(re.findall(r"\{\w+\}", chinese)), sorted(re.findall(r"\{\w+\}", english)), f"{key} has the same places in both")


@test
def progress_is_shown_on_a_terminal_after_a_second_only():
    master, slave = pty.openpty()
    child = subprocess.Popen([DUES, "check", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=slave)
    os.close(slave)
    time.sleep(1.6)
    out, _ = child.communicate(json.dumps(lime()).encode(), timeout=60)
    shown = b""
    try:
        while block := os.read(master, 4096):
            shown += block
    except OSError:  # the other end is closed
        pass
    os.close(master)
    holds(shown.decode(), "reading standard input")
    holds(out.decode(), "no mistakes")
    master, slave = pty.openpty()
    child = subprocess.Popen([DUES, "check", file("tariff.json", lime()), "-", "--facts-format", "csv"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=slave)
    os.close(slave)
    # More than a block of the file, then a pause.
    child.stdin.write(b"unit,from,use,area\n" + b"".join(b"%d,2026-01-01,flat,80\n" % i for i in range(20_000)))
    child.stdin.flush()
    shown, last = "", time.monotonic() + 30
    while " 1 s" not in shown and time.monotonic() < last:
        if select.select([master], [], [], 0.1)[0]:
            shown += os.read(master, 4096).decode(errors="replace")
    child.communicate(timeout=60)
    rows = re.search(r"reading standard input … (\d+) rows … 1 s", shown)
    check(rows is not None and 10_000 < int(rows.group(1)) <= 20_001, f"rows are counted: {shown!r}")
    os.close(master)
    master, slave = pty.openpty()
    subprocess.run([DUES, "check", DEMO[0]], stdout=subprocess.DEVNULL, stderr=slave, check=True)
    os.write(slave, b"END")
    same(os.read(master, 4096), b"END", "a quick run shows nothing")
    os.close(slave)
    os.close(master)


for one in tests:
    current = one.__name__.replace("_", " ")
    try:
        one()
    except Exception as error:  # a broken test is a failure, and the others go on
        check(False, f"{type(error).__name__}: {error}")
for path in folder.iterdir():
    path.unlink()
folder.rmdir()
print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
