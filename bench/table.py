#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns the JSON of dues_bench into the table of the README.

    dues_bench --benchmark_out=bench.json --benchmark_out_format=json && table.py bench.json
"""
import json
import sys

TO_NANOSECONDS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}


def time_text(nanoseconds):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:,.2f} {unit}"
    return f"{nanoseconds:,.0f} ns"


def rows(runs):
    """One row a benchmark: the median where it was repeated, else its only run."""
    seen = {}
    for run in runs:
        if run.get("error_occurred"):
            raise SystemExit(f"{run['name']}: {run.get('error_message', 'failed')}")
        if run.get("run_type") == "aggregate" and run.get("aggregate_name") != "median":
            continue
        name = run["run_name"]
        if name not in seen or run.get("run_type") == "aggregate":
            seen[name] = run
    for name, run in seen.items():
        what = name.split("/")[0].replace("_", " ")
        size = ""
        if "lines" in run:
            size = f"{run['lines']:,.0f} lines"
        elif "units" in run:
            size = f"{run['units']:,.0f} units"
        each = ""
        for counter, thing in (("ns_per_line", "line"), ("ns_per_unit", "unit")):
            if counter in run:
                each = f"{run[counter]:,.0f} ns a {thing}"
        times = f"{run['times_loop']:,.1f}" if "times_loop" in run else ""
        loop = f"{run['loop_ns_per_line']:,.2f} ns" if "loop_ns_per_line" in run else ""
        # Processor time: the program's own where it keeps the watch, else the one of Google Benchmark.
        own = "manual_time" in run["run_name"]
        spent = run["real_time" if own else "cpu_time"] * TO_NANOSECONDS[run["time_unit"]]
        yield [what, size, time_text(spent), each, loop, times]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        runs = json.load(file)["benchmarks"]
    head = ["what", "size", "time", "each", "the loop by hand", "times the loop"]
    print("| " + " | ".join(head) + " |")
    print("|---|--:|--:|--:|--:|--:|")
    for row in rows(runs):
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
