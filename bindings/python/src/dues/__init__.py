# SPDX-License-Identifier: Apache-2.0
"""Dues works out what owners and tenants owe for property, to the cent, and says why.

    tariff = dues.Tariff.load("lime-court.json")
    july = tariff.bill("facts.json", "2026-07-01", "2026-08-01")
    for line in july.lines:
        print(line.unit, line.amount, july.explain(line).steps[-1].sentence)

Money is decimal.Decimal, days are datetime.date, periods are half-open. A float is refused wherever it could
become money. The guide is bindings/python/README.md; how a tariff is written stands in LANGUAGE.md.
"""

from dues import _dues
from dues._errors import (
    ColumnError,
    Diagnostic,
    DuesError,
    FactsError,
    HistoryError,
    LedgerError,
    LineError,
    NotFoundError,
    QuoteError,
    RunError,
    StaleError,
    StoppedError,
    StreamError,
    TariffError,
)
from dues._facts import ArrowArray, ArrowStream, Facts, Table
from dues._ledger import Applied, Balance, Entry, History, Ledger, LedgerTable, Movement, OpenItem, Totals
from dues._penalties import Accrual, Component, Payoff, PayoffOf, Penalties, Posting, Postings, Segment
from dues._quotes import Offer, Quote, cheapest
from dues._result import Result
from dues._rows import Bill, Explanation, Line, Step, StepInput
from dues._tariff import Tariff, Watch, check

_version: int = _dues.version()
__version__: str = f"{_version // 1_000_000}.{_version // 1_000 % 1_000}.{_version % 1_000}"

__all__ = [
    "Accrual",
    "Applied",
    "ArrowArray",
    "ArrowStream",
    "Balance",
    "Bill",
    "ColumnError",
    "Component",
    "Diagnostic",
    "DuesError",
    "Entry",
    "Explanation",
    "Facts",
    "FactsError",
    "History",
    "HistoryError",
    "Ledger",
    "LedgerError",
    "LedgerTable",
    "Line",
    "LineError",
    "Movement",
    "NotFoundError",
    "Offer",
    "OpenItem",
    "Payoff",
    "PayoffOf",
    "Penalties",
    "Posting",
    "Postings",
    "Quote",
    "QuoteError",
    "Result",
    "RunError",
    "Segment",
    "StaleError",
    "Step",
    "StepInput",
    "StoppedError",
    "StreamError",
    "Table",
    "Tariff",
    "TariffError",
    "Totals",
    "Watch",
    "__version__",
    "cheapest",
    "check",
]
