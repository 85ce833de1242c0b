# SPDX-License-Identifier: Apache-2.0
"""Lime Court, the community of the README: a flat that is sold on 11 July, and a shop."""

from __future__ import annotations

import json
from typing import Any

import pytest

import dues
import page

JULY = ("2026-07-01", "2026-08-01")
# Flat 1-101: 80.02 m2 at 2.80 for 15 of 31 days and at 3.10 for 16 is 236.4462..., rounded 236.45; by its 10 and
# 21 days Chen has 76.27 and Lin 160.18. Shop S-1: 45.50 x (6.50 x 15 + 7.00 x 16) / 31 = 307.4919..., 307.49.
CHEN, LIN_FLAT, LIN_SHOP, TOTAL = "76.27", "160.18", "307.49", "543.94"


@pytest.fixture
def tariff_document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(page.document("tariff"))
    return document


@pytest.fixture
def facts_document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(page.document("facts"))
    return document


@pytest.fixture
def tariff(tariff_document: dict[str, Any]) -> dues.Tariff:
    return dues.Tariff.load(tariff_document)


@pytest.fixture
def july(tariff: dues.Tariff, facts_document: dict[str, Any]) -> dues.Result:
    return tariff.bill(facts_document, *JULY)
