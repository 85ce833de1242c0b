#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts instructions under callgrind at n, 2n and 4n and fails where they grow faster than n log n.

growth.py PROGRAM [--all] [ACTIVITY:SHAPE ...]

Counts are exact and the same on every run of one build, so a busy machine changes nothing. What grows
like n log n has a second difference of 2 * log(4n)/log(2n) times the first; a tenth more is allowed
for tables that double now and then.
"""
import concurrent.futures
import math
import os
import re
import subprocess
import sys
import tempfile

SMALLEST = 10_000
SLACK = 1.15
# Each is one activity on one shape; `usual` ones are run by make test.
USUAL = [
    "compile:versions", "compile:values", "compile:cells", "compile:wrong_cells", "compile:fields_twice",
    "load:plain", "load:long_prefixes", "load:rows_of_one_unit", "load:tenures_of_one_unit", "load:one_account",
    "bill:plain", "bill:one_account", "bill:versions", "bill:tenures_of_one_unit", "bill:co_owners_of_one_unit",
    "explain:plain", "explain:one_account", "explain:tenures_of_one_unit", "explain:co_owners_of_one_unit",
    "pay:plain",
]
FURTHER = [
    "compile:fees", "load:shuffled", "load:mistakes", "load:co_owners_of_one_unit", "load:subscriptions_of_one_unit",
    "bill:shuffled", "bill:long_prefixes", "bill:rows_of_one_unit", "bill:subscriptions_of_one_unit",
    "bill:fees", "bill:mistakes", "bill:values", "bill:cells",
    "explain:versions", "explain:rows_of_one_unit", "explain:subscriptions_of_one_unit", "explain:fees",
    "explain:long_prefixes", "explain:cells", "explain:values",
]


def instructions(program, what, n):
    activity, shape = what.split(":")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", "--instr-atstart=no", "--collect-atstart=no", f"--callgrind-out-file={folder}/out",
             program, activity, shape, str(n)], capture_output=True, text=True, check=False)
    counted = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not counted or int(counted[1]) == 0:
        raise SystemExit(f"{what} at {n} could not be counted:\n{done.stderr}")
    return int(counted[1])


def verdict(what, counts):
    """The growth, as text, and whether it is too fast."""
    one, two, four = counts
    first, second = two - one, four - two
    # What does not grow, or by less than a hundredth of itself, has no growth to judge.
    if second <= one * 0.01:
        return "does not grow", False
    if first <= 0:
        return "grows only late", second > one
    ratio = second / first
    most = 2 * math.log(4 * SMALLEST) / math.log(2 * SMALLEST) * SLACK
    return f"differences grow {ratio:.2f} times, at most {most:.2f}", ratio > most


def main():
    arguments = sys.argv[1:]
    every = "--all" in arguments
    arguments = [one for one in arguments if one != "--all"]
    if not arguments:
        raise SystemExit(__doc__)
    program, chosen = arguments[0], arguments[1:] or (USUAL + FURTHER if every else USUAL)
    jobs = [(what, SMALLEST * times) for what in chosen for times in (1, 2, 4)]
    # The longest first, so that no core waits for the other at the end.
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("DUES_GROWTH_JOBS", os.cpu_count() or 1))) as pool:
        order = sorted(jobs, key=lambda job: -job[1])
        counts = dict(zip(order, pool.map(lambda job: instructions(program, *job), order)))
    failed = False
    for what in chosen:
        three = [counts[what, SMALLEST * times] for times in (1, 2, 4)]
        told, wrong = verdict(what, three)
        failed |= wrong
        print(f"{'TOO FAST ' if wrong else ''}{what}: {three[0]:,} {three[1]:,} {three[2]:,} instructions; {told}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
