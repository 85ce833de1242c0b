# SPDX-License-Identifier: Apache-2.0
"""Days, as people give them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias

from dues import _dues
from dues._facts import text_of

Day: TypeAlias = "date | str"

EPOCH = date(1970, 1, 1).toordinal()


def days_of(value: Day, what: str) -> int:
    if isinstance(value, datetime):
        raise TypeError(f"{what} is a day; a datetime is a moment: use its .date()")
    if isinstance(value, date):
        return value.toordinal() - EPOCH
    if not isinstance(value, str):
        raise TypeError(f"{what} is a datetime.date or a text such as '2026-07-01', not {type(value).__name__}")
    found = _dues.parse_day(text_of(value, what))
    if found is None:
        raise ValueError(f"{what} is {value!r}, which is no day such as '2026-07-01'")
    return found
