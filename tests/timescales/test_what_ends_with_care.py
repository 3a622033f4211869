"""What is owed to a child in care ends when care does, though nobody closed what asked for it."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.timescales import engine
from tests.timescales.builders import Tables, a_record, in_care

BEGAN, LEFT, AS_OF = "2024-01-03", "2024-09-02", date(2025, 6, 30)
ADOPTING = {"decided_on": "2024-02-12", "placement_order_on": "2024-02-12"}
ASKED: dict[str, Tables] = {
    "adoption-permanence-report": {"permanence_plans": [{"option": "ADOPTION", "recorded_on": "2024-02-12"}]},
    "adoption-early-permanence": {"permanence_plans": [{"option": "ADOPTION", "recorded_on": "2024-02-12"}]},
    "adoption-adm-decision": {"requests": [{"kind": "adoption_papers", "raised_on": "2024-02-12"}], "adoptions": []},
    "adoption-match": {"adoptions": [ADOPTING]},
    "special-guardianship-notice": {"requests": [{"kind": "guardianship_notice", "raised_on": "2024-02-12"}]},
    "contact-refusal": {"requests": [{"kind": "contact_refused", "raised_on": "2024-02-12"}]},
    "parents-assessment-late": {"arrangements": [{"kind": "parents_pending", "started_on": "2024-02-12"}]},
    "connected-person-temporary": {"arrangements": [{"kind": "temporary_approval", "started_on": "2024-01-02"}]},
    "connected-person-extension": {
        "arrangements": [{"kind": "temporary_approval_extended", "started_on": "2024-02-12"}]
    },
    "unregistered-placement-escalation": {"arrangements": [{"kind": "unregistered_home", "started_on": "2024-02-12"}]},
}


def stands(duty: str, care: list[dict[str, object]]) -> set[str]:
    """How the duty stands for a child of these times in care, of what was asked and never done."""
    tables = {"people": [{}], "episodes": care, "case_actions": [], "approvals": [], **ASKED[duty]}
    return set(engine.as_of(engine.occurrences(a_record(tables), [duty]), [AS_OF])["status"].cast(str))


@pytest.mark.parametrize("duty", ASKED)
def test_what_was_asked_in_care_and_never_done_is_missed_once_care_is_over(duty: str):
    assert stands(duty, [in_care(BEGAN)]) == {"overdue"}
    assert stands(duty, [in_care(BEGAN, LEFT)]) == {"missed"}
    assert stands(duty, [in_care(BEGAN, LEFT, reason_ended="E11")]) == {"missed"}
    assert stands(duty, [in_care(BEGAN, LEFT), in_care("2025-01-06")]) == {"missed"}


def test_a_placement_outside_approval_is_over_when_care_is():
    def how(end: str | None, left: str) -> tuple[str, str]:
        tables = {
            "people": [{}],
            "episodes": [in_care(BEGAN, left)],
            "arrangements": [{"kind": "outside_approval", "started_on": "2024-02-12", "ended_on": end}],
        }
        found = engine.as_of(engine.occurrences(a_record(tables), ["foster-emergency-placement"]), [AS_OF])
        return str(found["done_on"].item()), found["status"].item()

    assert how(None, "2024-02-20") == ("2024-02-20", "met")
    assert how(None, "2024-02-21") == ("2024-02-21", "late")
    assert how("2024-02-15", "2024-02-21") == ("2024-02-15", "met")


def test_a_decision_that_still_stands_is_counted_from_the_start_of_the_last_time_in_care():
    def moved_in(care: list[dict[str, object]], **adopting: str) -> list[tuple[str, str]]:
        tables = {"people": [{}], "episodes": care, "adoptions": [{"decided_on": "2024-02-12", **adopting}]}
        found = engine.as_of(engine.occurrences(a_record(tables), ["adoption-moved-in"]), [AS_OF]).sort("opened_on")
        return [(str(due), status) for due, status in found.select("would_be_due_on", "status").iter_rows()]

    first, again = in_care(BEGAN, LEFT), in_care("2025-01-06")
    assert moved_in([in_care(BEGAN)]) == [("2025-03-04", "overdue")]
    assert moved_in([first, again]) == [("2025-03-04", "lapsed"), ("2026-03-08", "due")]
    assert moved_in([first, again], reversed_on="2024-08-01") == [("2025-03-04", "lapsed")]
    assert moved_in([first, again], placed_on="2025-05-01") == [("2025-03-04", "lapsed"), ("2026-03-08", "met")]
    assert moved_in([first, again], placed_on="2024-08-01") == [("2025-03-04", "met")]


DECIDED = dict.fromkeys(("E4A", "E13", "E6", "E8"), True) | dict.fromkeys(
    ("E2", "E3", "E11", "E45", "E4B", "E9"), False
)


@pytest.mark.parametrize(("reason", "owed"), DECIDED.items())
def test_ceasing_is_approved_where_the_authority_decides_it(reason, owed):
    end = in_care("2024-01-03", "2024-09-02", legal_status="V2") | {"reason_ended": reason}
    rows = {"people": [{}], "episodes": [end], "approvals": []}
    found = engine.occurrences(a_record(rows), ["cease-looked-after-decision"])
    assert found.height == owed
