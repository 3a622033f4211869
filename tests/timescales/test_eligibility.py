"""The 43 worked examples of the handbook: days since 14 and category."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from hearth.tables.codes import load
from hearth.timescales.eligibility import categories
from tests.timescales.builders import AUTHORITY, CHILD, a_record

SHARED = next(
    (p.parent / "shared" for p in Path(__file__).resolve().parents if (p / "pyproject.toml").exists()), Path()
)
EXAMPLES = SHARED / "domain" / "examples-eligibility.csv"


def examples() -> list[dict[str, str]]:
    if not EXAMPLES.exists():
        return []
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_examples_are_there():
    if not EXAMPLES.exists():
        pytest.skip("the handbook's examples are not beside the project")
    assert len(examples()) == 43


def care(example: dict[str, str]) -> list[dict[str, object]]:
    """Episodes of one row a period: "2018-09-01 to now (CLA)"; SB is a short break."""
    rows = []
    for period in filter(None, example["care_periods"].split("; ")):
        start, _, rest = period.partition(" to ")
        end, kind = rest.split(" ")
        rows.append(
            {
                "started_on": start,
                "ended_on": None if end == "now" else end,
                "legal_status": "V3" if kind == "(SB)" else "V2",
                "reason_ended": None if end == "now" else "E8",
            }
        )
    return rows


def facts(example: dict[str, str]) -> dict[str, str]:
    return dict(part.split("=", 1) for part in filter(None, example["other_facts"].split("; ")))


def told(example: dict[str, str]) -> dict[str, list[dict[str, object]]]:
    """The tables that carry the example's other facts."""
    known, episodes = facts(example), care(example)
    tables: dict[str, list[dict[str, object]]] = {
        "people": [{"born_on": example["date_of_birth"]}],
        "episodes": episodes,
    }
    if "home_from" in known:
        tables["returns_home"] = [{"started_on": known["home_from"], "ended_on": known.get("home_to")}]
    if known.get("edu") == "True":
        tables["care_leaver_activities"] = [{"activity": "F1", "started_on": "2020-01-01"}]
    if "sgo" in known:
        episodes[-1]["reason_ended"] = "E45"
    return tables


@pytest.mark.parametrize("example", examples(), ids=lambda e: e["example_id"])
def test_the_handbooks_examples(example: dict[str, str]):
    day = date.fromisoformat(example["as_at"])
    detained = (
        pl.DataFrame({"authority": [AUTHORITY], "child_id": [CHILD]}) if facts(example).get("detained16") else None
    )
    found = categories(a_record(told(example)), [day], detained_at_16=detained).row(0, named=True)
    assert found["days_since_14"] == int(example["care_days_since_14"])
    assert (
        load("eligibility")[found["category"]].label.lower()
        == example["expected_category"]
        .replace("former relevant (education or training)", "former relevant, education or training")
        .lower()
    )
