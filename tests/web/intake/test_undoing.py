"""A load undone: each row as it was before, unless later work stands on what it wrote."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hearth.web.access.models import AuditEvent, Restriction, User
from hearth.web.children.models import Child, Visit
from hearth.web.children.recording import correct, record
from hearth.web.intake.loading import LoadRefusedError
from hearth.web.intake.undoing import LaterWorkError, undo
from tests.web.intake.sources import a_source, counted, loaded, on

pytestmark = pytest.mark.django_db
A_VISIT = {"visited_on": on("2026-03-01"), "is_seen": True, "is_seen_alone": True}
ANOTHER = {**A_VISIT, "visited_on": on("2026-03-09")}
NOT_ALONE = {**A_VISIT, "is_seen_alone": False}


def test_what_a_load_added_is_withdrawn_and_kept():
    undo(loaded(a_source(visits=[A_VISIT])), None)
    assert not Visit.objects.exists() and not Child.objects.exists()
    assert Visit.everything.count() == Child.everything.count() == 1
    assert AuditEvent.objects.filter(what="load undone").count() == 1


def test_what_a_load_changed_or_withdrew_is_as_before():
    first = loaded(a_source(visits=[A_VISIT, ANOTHER]))
    second = loaded(a_source(visits=[NOT_ALONE]))
    assert counted(second)["visits"] == {"changed": 1, "withdrawn": 1}
    undo(second, None)
    rows = Visit.objects.order_by("visited_on")
    assert [(str(v.visited_on), v.is_seen_alone, v.batch_id) for v in rows] == [
        ("2026-03-01", True, first.pk),
        ("2026-03-09", True, first.pk),
    ]


def test_a_load_undone_can_be_loaded_again():
    undo(loaded(a_source(visits=[A_VISIT])), None)
    assert counted(loaded(a_source(visits=[A_VISIT]))) == {"people": {"changed": 1}, "visits": {"changed": 1}}
    assert Visit.objects.count() == Visit.everything.count() == 1


def test_it_is_undone_once():
    batch = loaded(a_source(visits=[A_VISIT]))
    undo(batch, None)
    with pytest.raises(LoadRefusedError, match=r"was undone on .* already"):
        undo(batch, None)


def test_it_is_refused_where_somebody_corrected_a_row_since(a_user: Callable[..., User]):
    batch = loaded(a_source(visits=[A_VISIT]))
    correct(Visit.objects.get(), by=a_user(), why="Not alone", is_seen_alone=False)
    with pytest.raises(LaterWorkError, match="later work stands on 1 of its rows") as refused:
        undo(batch, None)
    assert "Visit" in refused.value.standing[0] and "changed by hand" in refused.value.standing[0]
    assert "Not alone" not in refused.value.standing[0], "the reason is for those who may read the record"
    assert Visit.objects.get().is_seen_alone is False


def test_it_is_refused_where_something_was_recorded_of_a_child_it_brought(a_user: Callable[..., User]):
    batch = loaded(a_source())
    record(Visit(child=Child.objects.get(), **A_VISIT), by=a_user(), what="visit recorded")
    with pytest.raises(LaterWorkError) as refused:
        undo(batch, None)
    assert "of child C1: recorded on" in refused.value.standing[0]


def test_the_later_of_two_loads_is_undone_first():
    first = loaded(a_source(visits=[A_VISIT]))
    second = loaded(a_source(visits=[NOT_ALONE]))
    with pytest.raises(LaterWorkError, match="undo the later load first"):
        undo(first, None)
    undo(second, None)
    undo(first, None)
    assert not Visit.objects.exists()


def test_what_stands_on_a_restricted_record_does_not_say_whose_it_is(a_user: Callable[..., User]):
    batch, analyst = loaded(a_source()), a_user(role="analyst")
    child = Child.objects.get()
    record(Visit(child=child, **A_VISIT), by=a_user(), what="visit recorded")
    Restriction.objects.create(child=child, begun_by=a_user(), why="Related to staff").people.add(a_user())
    with pytest.raises(LaterWorkError) as refused:
        undo(batch, analyst)
    assert "of a child whose record is restricted: recorded on" in refused.value.standing[0]
