#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How dues_bench is called and how it ends, and the table and the judgement of its figures.

    test_bench.py DUES_BENCH FIGURES.json
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import table

PROGRAM, FIGURES = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
HERE = pathlib.Path(__file__).resolve().parent

TARIFF = """{"dues_tariff": "1", "id": "own", "edition": "1", "from": "2026-01-01", "currency": "CNY", "name": {"en": "Own"},
  "reads": {"unit": [{"id": "area", "type": "number", "above": 0}]},
  "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}],
  "fees": [{"id": "management", "kind": "recurring", "name": {"en": "Management"}, "quantity": "unit.area", "price": "2", "schedule": "monthly"}]}"""
UNITS = "unit,account,from,area\n1-101,Chen,2026-01-01,80.02\n1-102,Lin,2026-01-01,45.5\n"
MONTH = ["--from=2026-07-01", "--to=2026-08-01"]


def bench(*arguments, folder=None):
    return subprocess.run([PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def median(name, milliseconds, size=2000, rounds=False, **counters):
    tail = "/iterations:1/manual_time" if rounds else ""
    return {"run_name": f"{name}/{size}{tail}", "aggregate_name": "median", "time_unit": "ms",
            "real_time": milliseconds if rounds else 0, "cpu_time": 0 if rounds else milliseconds, **counters}


def floor(engine, loop, allocations=0, size=2000, name="one_fee_by_area"):
    return median(name, engine / 1e6, size, rounds=True, lines=size, units=size, engine_ns=engine, loop_ns=loop, allocations=allocations)


def threads(one, two, possible=2.0):
    return median("one_fee_by_area_two_threads", two / 1e6, rounds=True, lines=2000, one_thread_ns=one, two_threads_ns=two, possible=possible)


def one_unit(c, cpp, p99=30_000, name="json_to_json_one_unit"):
    return {**median(name, c / 1e6, rounds=True), "c_ns": c, "cpp_ns": cpp, "c_p99_ns": p99}


def measured(*runs):
    return {"context": {"of": "a town", "processor": "an abacus", "num_cpus": 2, "compiler": "a scribe", "date": "2026-07-01T08:00:00+00:00"}, "benchmarks": list(runs)}


def cells(*runs, **options):
    """The cells of the first row."""
    return [cell.strip() for cell in table.table(measured(*runs), **options)[0].splitlines()[4][1:-1].split("|")]


class Program(unittest.TestCase):
    def test_a_wrong_call_ends_with_2_and_shows_how_to_call(self):
        for arguments in (["--unit=5000"], ["--units", "5000"], ["--units=5000x"], ["--units=10"], ["--benchmark_filter=nothing"],
                          ["--units-csv=a.csv"], ["--units-csv=a.csv", *MONTH], ["--units-csv=a.csv", "--tariff=t.json", "--from=2026-08-01", "--to=2026-07-01"]):
            with self.subTest(arguments):
                done = bench(*arguments)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn("dues_bench [--units=N]", done.stderr)

    def test_files_of_ones_own_are_measured(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "tariff.json").write_text(TARIFF, encoding="utf-8")
            (pathlib.Path(folder) / "units.csv").write_text(UNITS, encoding="utf-8")
            done = bench("--units-csv=units.csv", "--tariff=tariff.json", "--from=2026-07-01", "--to=2026-10-01", "--benchmark_min_time=0.001",
                         "--benchmark_out=out.json", "--benchmark_out_format=json", folder=folder)
            self.assertEqual(done.returncode, 0, done.stderr)
            told = json.loads((pathlib.Path(folder) / "out.json").read_text(encoding="utf-8"))
        self.assertEqual(told["context"]["of"], "units.csv")
        found = table.figures(told["benchmarks"])
        self.assertEqual(found["load_from_CSV"][0]["units"], 2)
        self.assertEqual(found["lines"][0]["lines"], 6)  # two units, three months
        self.assertEqual(len(table.table(told)[0].splitlines()), 4 + 6)

    def test_files_that_cannot_be_used_end_with_3(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "tariff.json").write_text(TARIFF, encoding="utf-8")
            (pathlib.Path(folder) / "units.csv").write_text(UNITS.replace("45.5", "large"), encoding="utf-8")
            for units, wanted in (("units.csv", "large"), ("no.csv", "cannot read no.csv")):
                done = bench(f"--units-csv={units}", "--tariff=tariff.json", *MONTH, folder=folder)
                self.assertEqual(done.returncode, 3, done.stderr)
                self.assertIn(wanted, done.stderr)


class Bounds(unittest.TestCase):
    def broken(self, *runs, beyond=1.0):
        return [one.split(";")[0] for one in table.table(measured(*runs), beyond)[1]]

    def test_one_fee_is_held_to_4_times_the_loop_and_the_mix_to_6(self):
        self.assertEqual(self.broken(floor(4000, 1000)), [])
        self.assertEqual(self.broken(floor(4001, 1000)), ["one fee by area: not kept: at most 4 times"])
        self.assertEqual(self.broken(floor(6000, 1000, name="five_kinds_of_fee")), [])
        self.assertEqual(self.broken(floor(6001, 1000, name="five_kinds_of_fee")), ["five kinds of fee: not kept: at most 6 times"])

    def test_beyond_2_holds_to_twice_as_much(self):
        self.assertEqual(self.broken(floor(8000, 1000), beyond=2), [])
        self.assertEqual(self.broken(floor(8001, 1000), beyond=2), ["one fee by area: not kept: at most 4 times"])

    def test_allocations_may_not_grow_with_units(self):
        # 100,000 more units may ask for 1,000 + 8.
        self.assertEqual(self.broken(floor(1, 1, 50, 100_000), floor(1, 1, 1058, 200_000)), [])
        self.assertEqual(self.broken(floor(1, 1, 50, 100_000), floor(1, 1, 1059, 200_000)), ["one fee by area: not kept: no allocation a unit"])

    def test_two_threads_are_held_to_1_8_times_one_where_a_second_core_brings_something(self):
        self.assertEqual(self.broken(threads(1800, 1000)), [])
        self.assertEqual(self.broken(threads(1799, 1000)), ["one fee by area two threads: not kept: at least 1.8 times"])
        self.assertEqual(self.broken(threads(1000, 1000), beyond=2), [])
        self.assertEqual(self.broken(threads(1000, 1000, possible=1.89)), [])

    def test_one_account_is_held_to_50_microseconds(self):
        self.assertEqual(self.broken(median("one_account", 0.0499)), [])
        self.assertEqual(self.broken(median("one_account", 0.05)), ["one account: not kept: under 50 µs"])

    def test_c_is_held_to_1_3_times_cpp_and_one_unit_to_20_microseconds(self):
        self.assertEqual(self.broken(one_unit(13_000, 10_000)), [])
        self.assertEqual(self.broken(one_unit(13_001, 10_000)), ["json to json one unit: not kept: at most 1.3 times"])
        self.assertEqual(self.broken(one_unit(20_000, 19_000)), ["json to json one unit: not kept: under 20 µs"])
        self.assertEqual(self.broken(one_unit(20_000, 19_000, name="json_to_json_one_unit_five_fees")), [])

    def test_c_from_arrow_to_arrow_is_held_to_1_15_times_cpp(self):
        self.assertEqual(self.broken(one_unit(11_500, 10_000, name="arrow_to_arrow")), [])
        self.assertEqual(self.broken(one_unit(11_501, 10_000, name="arrow_to_arrow")), ["arrow to arrow: not kept: at most 1.15 times"])

    def test_a_broken_bound_ends_with_1_and_the_page_is_written_all_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            page, figures = pathlib.Path(folder) / "page.md", pathlib.Path(folder) / "figures.json"
            page.write_text(f"{table.BEGIN}\n{table.END}\n", encoding="utf-8")
            for engine, status in ((4000, 0), (4001, 1)):
                figures.write_text(json.dumps(measured(floor(engine, 1000))), encoding="utf-8")
                done = subprocess.run([sys.executable, HERE / "table.py", "--write", page, figures], capture_output=True, text=True, encoding="utf-8", check=False)
                self.assertEqual(done.returncode, status, done.stderr)
            self.assertIn("**at most 4 times: not kept**", page.read_text(encoding="utf-8"))
            self.assertIn("one fee by area: not kept: at most 4 times; 4.00 times", done.stderr)


class Table(unittest.TestCase):
    def test_every_figure_of_a_run_has_a_row(self):
        text, _ = table.table(json.loads(FIGURES.read_text(encoding="utf-8")), 2)
        names = [line.split("|")[1].strip() for line in text.splitlines()[4:]]
        self.assertEqual(names, ["one fee by area", "one fee by area two threads", "five kinds of fee", "five kinds of fee two threads", "load from CSV", "load from JSON",
                                 "compile five fees", "one account", "explain one line", "lines as CSV", "results as JSON", "json to json one unit", "json to json one unit five fees",
                                 "arrow to arrow", "overdue receivables", "thirty years overdue", "ten discounts", "two hundred discounts of one account"])

    def test_it_says_where_when_and_with_what(self):
        self.assertTrue(table.table(measured())[0].startswith("Of a town, on an abacus, 2 cores, a scribe, 2026-07-01:\n\n| what |"))

    def test_medians_are_told_of_all_and_of_each(self):
        other = {**median("load", 9), "aggregate_name": "mean"}
        self.assertEqual(cells(other, median("load", 3, units=2000))[:4], ["load", "2,000 units", "3.00 ms", "1.50 µs a unit"])
        self.assertEqual(cells(median("one_account", 0.01, accounts_loaded=2000))[1:4], ["2,000 accounts loaded", "10.00 µs", ""])

    def test_growth_is_told_as_shares_of_the_whole(self):
        self.assertEqual(cells(median("load", 0.75, 500), median("load", 1.5, 1000), median("load", 3))[4], "0.25, 0.50, 1")

    def test_the_engine_stands_beside_the_loop_and_two_threads_beside_one(self):
        self.assertEqual(cells(floor(8000, 4000, 7))[5:], ["2.00 times the loop by hand (2.00 ns a line); 7 allocations", "at most 4 times"])
        self.assertEqual(cells(threads(1900, 1000))[5], "1.90 times as fast as one thread (1.90 µs); two loops in registers: 2.00 times")

    def test_c_stands_beside_cpp(self):
        self.assertEqual(cells(one_unit(11_000, 10_000))[5], "by C; 1.10 times C++ (10.00 µs); the slowest hundredth from 30.00 µs")

    def test_bounds_that_are_not_kept_or_not_judged_say_so(self):
        self.assertEqual(cells(floor(4001, 1000))[6], "**at most 4 times: not kept**")
        self.assertEqual(cells(threads(1000, 1000, possible=1))[6], "at least 1.8 times: not judged")

    def test_it_stands_between_the_marks_and_the_rest_of_the_page_stays(self):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.md"
            page.write_text(f"# Above\n\n{table.BEGIN}\nold\n{table.END}\n\nBelow\n", encoding="utf-8")
            for text in ("new\n", "newer\n"):
                table.write(page, text)
                self.assertEqual(page.read_text(encoding="utf-8"), f"# Above\n\n{table.BEGIN}\n\n{text}\n{table.END}\n\nBelow\n")

    def test_a_page_without_marks_is_left_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.md"
            for text in ("no marks\n", f"{table.END}\n{table.BEGIN}\n", f"{table.BEGIN}\n{table.BEGIN}\n{table.END}\n"):
                page.write_text(text, encoding="utf-8")
                with self.assertRaises(SystemExit):
                    table.write(page, "new\n")
                self.assertEqual(page.read_text(encoding="utf-8"), text)

    def test_the_readme_has_the_marks(self):
        text = (HERE.parent / "README.md").read_text(encoding="utf-8")
        self.assertEqual((text.count(table.BEGIN), text.count(table.END)), (1, 1))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
