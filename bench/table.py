#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns what dues_bench measured into a table and judges it.

    table.py [--beyond X] FIGURES.json                    prints the table
    table.py [--beyond X] --write README.md FIGURES.json  puts it between the README's two marks

FIGURES.json is what dues_bench writes with --benchmark_out. Ends with 1 when a stated bound is not kept;
with --beyond X only when it is broken X times over.
"""
import argparse
import json
import pathlib
import sys

BEGIN = "<!-- figures: make bench-readme writes what stands here -->"
END = "<!-- end of the figures -->"
HEAD = ["what", "size", "time", "each", "a quarter, a half, all", "beside", "bound"]
ALIGN = ["---", "--:", "--:", "--:", "--:", "---", "---"]
TO_NANOSECONDS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}

# The stated bounds.
MOST_TIMES_LOOP = {"one_fee_by_area": 4, "five_kinds_of_fee": 6, "overdue_receivables": 3}
MOST_TIMES_ONE_YEAR = 2
MOST_TIMES_UNDISCOUNTED = 3
# Not kept yet: this is what is reached, and what CI guards against doubling.
REACHED_TIMES_UNDISCOUNTED = 6
MOST_TWO_HUNDRED_DISCOUNTS = 1e6
LEAST_TIMES_ONE_THREAD = 1.8
MOST_ONE_ACCOUNT = 50e3
MOST_ONE_UNIT_BY_JSON = 20e3
MOST_TIMES_CPP = {"json": 1.3, "arrow": 1.15}
# What two loops that share nothing must gain from a second core before two threads can be judged: where others
# use the machine, or its cores share more than their name says, nothing gains.
LEAST_POSSIBLE = 1.9
# A run goes by ranges of units, and each may ask for a few small things.
UNITS_AN_ALLOCATION, SMALL_THINGS = 100, 8


def time_text(nanoseconds):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:,.2f} {unit}"
    return f"{nanoseconds:,.2f} ns"


def figures(runs):
    """What was measured, by name: its medians by size, smallest first."""
    found = {}
    for run in runs:
        if run.get("aggregate_name") == "median":
            found.setdefault(run["run_name"].split("/")[0], []).append(run)
    return found


def spent(run):
    # Processor time as Google Benchmark takes it, but for rounds, which keep their own.
    return run["real_time" if "manual_time" in run["run_name"] else "cpu_time"] * TO_NANOSECONDS[run["time_unit"]]


def bounds_of(name, runs, beyond):
    """Each as its text and whether it is kept; None where this run cannot say."""
    run = runs[-1]
    if "loop_ns" in run:
        most = MOST_TIMES_LOOP[name]
        yield f"at most {most} times", run["engine_ns"] <= most * beyond * run["loop_ns"]
        if len(runs) > 1:
            half = runs[-2]
            more = (run["units"] - half["units"]) / UNITS_AN_ALLOCATION + SMALL_THINGS
            yield "no allocation a unit", run["allocations"] <= half["allocations"] + more * beyond
    if "two_threads_ns" in run:
        kept = run["one_thread_ns"] >= LEAST_TIMES_ONE_THREAD * run["two_threads_ns"]
        can_say = beyond <= 1 and run["possible"] >= LEAST_POSSIBLE
        yield f"at least {LEAST_TIMES_ONE_THREAD} times", kept if kept or can_say else None
    if "c_ns" in run:
        most = MOST_TIMES_CPP["arrow" if name == "arrow_to_arrow" else "json"]
        yield f"at most {most} times", run["c_ns"] <= most * beyond * run["cpp_ns"]
    if name == "json_to_json_one_unit":
        yield "under 20 µs", run["c_ns"] < MOST_ONE_UNIT_BY_JSON * beyond
    if "thirty_years_ns" in run:
        yield f"at most {MOST_TIMES_ONE_YEAR} times", run["thirty_years_ns"] <= MOST_TIMES_ONE_YEAR * beyond * run["one_year_ns"]
    if "undiscounted_ns" in run:
        most = MOST_TIMES_UNDISCOUNTED if beyond <= 1 else REACHED_TIMES_UNDISCOUNTED
        yield f"at most {MOST_TIMES_UNDISCOUNTED} times", run["discounted_ns"] <= most * beyond * run["undiscounted_ns"]
    if name == "two_hundred_discounts_of_one_account":
        yield "under 1 ms", spent(run) < MOST_TWO_HUNDRED_DISCOUNTS * beyond
    if name == "one_account":
        yield "under 50 µs", spent(run) < MOST_ONE_ACCOUNT * beyond


def beside(run):
    if "loop_ns" in run:
        loop = f"{run['engine_ns'] / run['loop_ns']:.2f} times the loop by hand ({time_text(run['loop_ns'] / run['lines'])} a line)"
        return f"{loop}; {run['allocations']:,.0f} allocations"
    if "two_threads_ns" in run:
        times = f"{run['one_thread_ns'] / run['two_threads_ns']:.2f} times as fast as one thread ({time_text(run['one_thread_ns'])})"
        return f"{times}; two loops in registers: {run['possible']:.2f} times"
    if "c_ns" in run:
        slowest = f"; the slowest hundredth from {time_text(run['c_p99_ns'])}" if "c_p99_ns" in run else ""
        return f"by C; {run['c_ns'] / run['cpp_ns']:.2f} times C++ ({time_text(run['cpp_ns'])}){slowest}"
    if "undiscounted_ns" in run:
        return f"{run['discounted_ns'] / run['undiscounted_ns']:.2f} times without discounts ({time_text(run['undiscounted_ns'])})"
    if "thirty_years_ns" in run:
        return f"{run['thirty_years_ns'] / run['one_year_ns']:.2f} times one year overdue ({time_text(run['one_year_ns'])})"
    return ""


def row(name, runs, bounds):
    run = runs[-1]
    thing = next((one for one in ("lines", "units", "accounts", "accounts_loaded", "lines_made") if one in run), None)
    size = f"{run[thing]:,.0f} {thing.replace('_', ' ')}" if thing else ""
    each = f"{time_text(spent(run) / run[thing])} {'an' if thing == 'accounts' else 'a'} {thing.removesuffix('s')}" if thing in ("lines", "units", "accounts") else ""
    growth = ", ".join(f"{spent(one) / spent(run):.2f}" for one in runs[:-1]) + ", 1" if len(runs) > 1 else ""
    told = {True: "{}", False: "**{}: not kept**", None: "{}: not judged"}
    return [name.replace("_", " "), size, time_text(spent(run)), each, growth, beside(run), "; ".join(told[kept].format(text) for text, kept in bounds)]


def table(measured, beyond=1.0):
    """The table, and a sentence for each bound that is not kept."""
    context = measured["context"]
    lines = [f"Of {context['of']}, on {context['processor']}, {context['num_cpus']} cores, {context['compiler']}, {context['date'][:10]}:", ""]
    lines += ["| " + " | ".join(HEAD) + " |", "|" + "|".join(ALIGN) + "|"]
    broken = []
    for name, runs in figures(measured["benchmarks"]).items():
        bounds = list(bounds_of(name, runs, beyond))
        lines.append("| " + " | ".join(row(name, runs, bounds)) + " |")
        broken += [f"{name.replace('_', ' ')}: not kept: {text}; {beside(runs[-1]) or time_text(spent(runs[-1]))}" for text, kept in bounds if kept is False]
    return "\n".join(lines) + "\n", broken


def write(page, text):
    old = page.read_text(encoding="utf-8")
    if old.count(BEGIN) != 1 or old.count(END) != 1 or old.index(BEGIN) > old.index(END):
        raise SystemExit(f"{page}: there must be one {BEGIN} and after it one {END}")
    before, after = old[: old.index(BEGIN) + len(BEGIN)], old[old.index(END):]
    page.write_text(f"{before}\n\n{text}\n{after}", encoding="utf-8")


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("--beyond", type=float, default=1.0)
    options.add_argument("--write", type=pathlib.Path)
    options.add_argument("figures", type=pathlib.Path)
    given = options.parse_args()
    text, broken = table(json.loads(given.figures.read_text(encoding="utf-8")), given.beyond)
    if given.write:
        write(given.write, text)
    else:
        print(text, end="")
    for one in broken:
        print(f"table.py: {one}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
