"""Whatever is recorded of a journey in care, and in whatever order, the episodes tell one story."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.web.children import actions, derived
from hearth.web.children.models import Episode

Build = Callable[..., Any]
FIRST = date(2024, 1, 1)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["start", "move", "move same carer", "legal", "end"]),
        st.integers(0, 3),
        st.sampled_from(["V2", "C1", "C2"]),
        st.sampled_from(["U4", "U6", "K2"]),
    ),
    max_size=12,
)


def perform(child: Any, worker: Any, acts: list[tuple[str, int, str, str]]) -> date:
    on = FIRST
    for what, days, status, place in acts:
        on += timedelta(days=days)
        who: dict[str, Any] = {"child": child, "by": worker}
        moved = {"moved_on": on, "placement_type": place, "reason_placement_changed": "OTHER"}
        care = {"legal_status": status, "category_of_need": "N1", "placement_type": place}
        verbs: dict[str, Callable[[], Any]] = {
            "start": lambda who=who, on=on, care=care: actions.start_care(**who, started_on=on, **care),
            "move": lambda who=who, moved=moved: actions.move(**who, **moved),
            "move same carer": lambda who=who, moved=moved: actions.move(**who, **moved, is_same_carer=True),
            "legal": lambda who=who, on=on, s=status: actions.change_legal_status(**who, changed_on=on, legal_status=s),
            "end": lambda who=who, on=on: actions.end_care(**who, ended_on=on, reason_ended="E8"),
        }
        try:
            with transaction.atomic():
                verbs[what]()
        except ValidationError:
            continue
    return on


@pytest.mark.django_db
@given(acts=ACTS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_episodes_follow_on_one_another(a_child: Build, a_user: Build, acts: list[tuple[str, int, str, str]]) -> None:
    child = a_child()
    on = perform(child, a_user(), acts)
    rows = list(Episode.objects.filter(child=child).order_by("started_on", "pk"))
    assert [row.ended_on for row in rows].count(None) <= 1
    for before, after in pairwise(rows):
        assert before.ended_on is not None
        assert before.ended_on <= after.started_on
        assert (before.reason_ended == "X1") is (after.reason_started != "S")
        if after.reason_started != "S":
            assert before.ended_on == after.started_on
        if after.reason_started in ("P", "T"):
            assert before.legal_status == after.legal_status
    status = derived.status_of(child, on)
    assert status.is_looked_after is any(row.ended_on is None for row in rows)


@pytest.mark.parametrize(
    ("changed_on", "spans"),
    [
        (date(2025, 1, 20), [(date(2025, 1, 1), date(2025, 1, 20)), (date(2025, 1, 20), None)]),
        (date(2025, 3, 1), [(date(2025, 1, 1), date(2025, 3, 1)), (date(2025, 3, 1), None)]),
        (date(2024, 12, 1), None),
    ],
)
@pytest.mark.django_db
def test_the_day_of_a_move_is_corrected_in_both_episodes(
    a_child: Build, a_user: Build, changed_on: date, spans: list[tuple[date, date | None]] | None
) -> None:
    child, worker = a_child(), a_user()
    care = {"legal_status": "V2", "category_of_need": "N1", "placement_type": "U6"}
    actions.start_care(child=child, by=worker, started_on=date(2025, 1, 1), **care)
    moved = {"moved_on": date(2025, 2, 1), "placement_type": "U4", "reason_placement_changed": "CARPL"}
    episode = actions.move(child=child, by=worker, **moved)
    if spans is None:
        with pytest.raises(ValidationError, match="The episode before began on 1 January 2025: give a later day"):
            actions.correct_episode(episode, by=worker, why="Typing", started_on=changed_on)
        return
    actions.correct_episode(episode, by=worker, why="Typing", started_on=changed_on, seen_revision=1)
    assert list(Episode.objects.filter(child=child).values_list("started_on", "ended_on")) == spans
