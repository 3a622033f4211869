"""Days on which nobody works in England: the days off that working days are counted around (rule R2)."""

from __future__ import annotations

import csv
import json
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

HERE = Path(__file__).parent
DIVISION = "england-and-wales"


@cache
def bank_holidays() -> tuple[date, ...]:
    """English bank holidays from 2000 to the last year published, in order.

    Source: the list of the field's package as installed (2012 on, GOV.UK; no network), with the years before it from
    a file of our own. The emergency regulations of 24 April to 25 September 2020 are not modelled.
    """
    return tuple(sorted({*_before_the_package(), *_of_the_package()}))


def _of_the_package() -> list[date]:
    published = files("govuk_bank_holidays").joinpath("bank-holidays.json").read_text(encoding="utf-8")
    return [date.fromisoformat(event["date"]) for event in json.loads(published)[DIVISION]["events"]]


def _before_the_package() -> list[date]:
    with (HERE / "bank_holidays_before_2012.csv").open(encoding="utf-8", newline="") as file:
        return [date.fromisoformat(row["date"]) for row in csv.DictReader(file)]
