"""Reasons for lateness stand beside the date that was missed, and nothing later is known."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.timescales.worklist import due_list
from tests.timescales.builders import a_record, in_care

REASONS = [
    {"reason": "staff", "note": "officer ill", "recorded_on": "2024-02-11"},
    {"reason": "other", "recorded_on": "2024-12-11"},
]


@pytest.mark.parametrize(
    ("held", "day", "note"),
    [
        ("2024-02-10", date(2024, 6, 1), "late: worker absent or post vacant, officer ill"),
        ("2024-02-10", date(2025, 6, 1), "late: another reason"),
        ("2024-02-12", date(2024, 2, 11), "late: worker absent or post vacant, officer ill"),
        ("2024-02-10", date(2024, 2, 10), None),
        ("2024-01-31", date(2024, 6, 1), None),
    ],
)
def test_the_reason_recorded_last_stands_in_the_list_of_what_was_late(held: str, day: date, note: str | None) -> None:
    record = a_record(
        {
            "people": [{}],
            "episodes": [in_care("2024-01-03")],
            "reviews": [{"held_on": held}],
            "lateness_reasons": [{"duty": "review-first", "due_on": "2024-01-31", **row} for row in REASONS],
        }
    )
    rows = due_list(record, day, history=True)
    assert rows.filter(rows["duty"] == "review-first")["note"].to_list() == [note]
