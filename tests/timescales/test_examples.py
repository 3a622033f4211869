"""The 143 worked examples of the handbook: each due day, with the rules it shows."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from hearth.timescales.deadlines import Circumstances, Deadline, due
from hearth.timescales.limits import Limit, national
from hearth.timescales.terms import Terms
from tests.timescales.builders import SHARED

DOMAIN = SHARED / "domain"
EXAMPLES = DOMAIN / "examples-timescales.csv"

LATER = {"T037", "T059", "T063", "T069", "T070", "T071", "T072", "T073", "T074", "T075", "T076", "T079"}
"""Examples whose scenario says that the trigger is a later link of the chain (the visit, check or review last made)."""
STAGES = {"T099": "", "T111": "later", "T137": "later", "T142": "", "T143": "opens"}
SCHOOL_DAYS = national().with_own([Limit("pep-initiated", 10, "school_day")])


def examples() -> list[dict[str, str]]:
    if not EXAMPLES.exists():
        return []
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def inputs(example: dict[str, str]) -> dict[str, str]:
    return dict(part.split("=", 1) for part in filter(None, example["inputs"].split(";")))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and text != "none" else None


def trigger(example: dict[str, str]) -> date | datetime:
    given = inputs(example).get("eligible_from", example["trigger_date"])
    return datetime.fromisoformat(given) if "T" in given else date.fromisoformat(given)


def circumstances(example: dict[str, str]) -> Circumstances:
    given = inputs(example)
    terms = DOMAIN / "codes" / "sample_term_dates.csv"
    return Circumstances(
        step=1 if example["example_id"] in LATER else 0,
        stage=STAGES.get(example["example_id"], ""),
        born_on=day(
            given.get("dob") or (example["trigger_date"] if example["duty_id"] == "case-record-retention" else None)
        ),
        began_on=day(given.get("arrangement_start") or given.get("placement_start")),
        first_review_on=day(given.get("first_review")),
        terms=Terms.read(Path(terms)),
        limits=SCHOOL_DAYS if given.get("calendar") == "school days" else national(),
    )


def said(found: Deadline) -> str:
    return found.isoformat(timespec="minutes") if isinstance(found, datetime) else str(found)


def test_the_examples_are_there():
    if not EXAMPLES.exists():
        pytest.skip("the handbook's examples are not beside the project")
    assert len(examples()) == 143


@pytest.mark.parametrize("example", examples(), ids=lambda e: f"{e['example_id']} {e['rules']}")
def test_the_handbooks_examples(example: dict[str, str]):
    found = due(example["duty_id"], trigger(example), circumstances(example))
    assert said(found) == example["expected_due_date"], example["reason"]
