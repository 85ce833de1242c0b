#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How fast a city is billed from Python, beside a loop as one writes it with itertuples and Decimal.

    python city.py [UNITS]      1,000,000 when not given; needs polars, pandas and duckdb

One fee, area x price by the month; a tenth of the units changes hands inside the month, so that both sides
count days. The loop takes the same frame and rounds the same way; both sums are compared, to the cent. Each
figure is the best of several runs that take turns. The last line says "passed" or what fell short of:
lines in Arrow in under 0.5 s for a million units, and the rating alone at least 30 times the loop.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import duckdb
import polars as pl

import dues

MONTH = (date(2026, 7, 1), date(2026, 8, 1))
PRICE = "3.10"
TARIFF = {
    "dues_tariff": "1",
    "id": "city",
    "edition": "1",
    "from": "2015-01-01",
    "currency": "CNY",
    "name": {"en": "A city"},
    "reads": {"unit": [{"id": "area", "type": "number", "above": 0}]},
    "schedules": [
        {"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}
    ],
    "fees": [
        {
            "id": "management",
            "kind": "recurring",
            "name": {"en": "Management"},
            "quantity": "unit.area",
            "price": PRICE,
            "schedule": "monthly",
        }
    ],
}


def make_city(units: int) -> pl.DataFrame:
    """Units with their holders. A multiplicative generator draws, so that every machine has the same city."""
    drawn = 20260701
    areas, begins = [], []
    for _ in range(units):
        drawn = drawn * 48271 % 2147483647
        areas.append(3000 + drawn % 15000)
        inside = drawn // 15000 % 10 == 0
        begins.append(MONTH[0] + timedelta(days=1 + drawn % 30 if inside else -100 - drawn % 2900))
    numbers = pl.int_range(units, eager=True).cast(pl.String).str.zfill(7)
    return pl.DataFrame(
        {
            "unit": "U-" + numbers,
            "account": "A-" + numbers,
            "from": begins,
            "area": pl.Series(areas).cast(pl.Decimal(18, 0)) * Decimal("0.01"),
        }
    )


def by_hand(rows: Any) -> Decimal:
    """The loop: for each unit area x price x days / days of the month, rounded to the cent."""
    price, days, cent, total = Decimal(PRICE), Decimal(31), Decimal("0.01"), Decimal(0)
    begin, end = MONTH
    for row in rows.itertuples(index=False):
        covered = (end - max(row.begin, begin)).days
        total += (row.area * price * covered / days).quantize(cent, ROUND_HALF_UP)
    return total


def best(runs: int, *calls: Callable[[], object]) -> list[float]:
    """Seconds of each, the least of `runs` rounds in which they take turns."""
    took = [float("inf")] * len(calls)
    for _ in range(runs):
        for at, call in enumerate(calls):
            begin = time.perf_counter()
            call()
            took[at] = min(took[at], time.perf_counter() - begin)
    return took


def main() -> None:
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    city = make_city(units)
    rows = city.rename({"from": "begin"}).to_pandas(date_as_object=True)
    tariff = dues.Tariff.load(TARIFF)
    facts = tariff.load_facts(city)
    assert not facts.diagnostics

    def rated() -> dues.Result:
        return tariff.bill(facts, *MONTH, bills=False)

    lines = rated()
    (loop,) = best(1, lambda: by_hand(rows))
    loading, rating, out, all_out = best(
        5,
        lambda: tariff.load_facts(city),
        rated,
        lambda: pl.DataFrame(lines),
        lambda: pl.DataFrame(tariff.bill(facts, *MONTH)),
    )
    summed = duckdb.sql("select sum(amount) from lines").fetchall()
    wanted = by_hand(rows)
    print(f"{units:,} units, {len(lines.lines):,} lines, {lines.amount} {lines.currency}")
    print(f"load the polars frame                  {loading * 1e3:9.1f} ms")
    print(f"rate: lines                            {rating * 1e3:9.1f} ms")
    print(f"lines to polars by Arrow               {out * 1e3:9.1f} ms")
    print(f"bills and lines, then to polars        {all_out * 1e3:9.1f} ms")
    print(f"itertuples and Decimal: amounts alone  {loop * 1e3:9.1f} ms, {loop / rating:.0f} times the rating")

    short = []
    if lines.amount != wanted:
        short.append(f"the loop comes to {wanted}")
    if summed != [(lines.amount,)]:
        short.append(f"DuckDB sums to {summed}")
    if all_out > 0.5 * max(units, 1_000_000) / 1_000_000:
        short.append("more than 0.5 s from facts to Arrow")
    if loop < 30 * rating:
        short.append("less than 30 times the loop")
    print("; ".join(short) or "passed")
    sys.exit(1 if short else 0)


if __name__ == "__main__":
    main()
