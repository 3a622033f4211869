"""What was recorded or corrected in Hearth stands against a source, and both values are told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hearth.web.access.models import User
from hearth.web.children.models import Child, Visit
from hearth.web.children.recording import correct, record, withdraw
from hearth.web.intake import frames
from tests.web.intake.sources import a_source, counted, loaded, on

pytestmark = pytest.mark.django_db
A_VISIT = {"visited_on": on("2026-03-01"), "is_seen": True, "is_seen_alone": True}


@pytest.fixture
def by(a_user: Callable[..., User]) -> User:
    return a_user()


def test_a_correction_made_in_hearth_is_kept_and_both_values_told(by: User):
    loaded(a_source(visits=[A_VISIT]))
    correct(Visit.objects.get(), by=by, why="The child was not alone", is_seen_alone=False)
    batch = loaded(a_source(visits=[A_VISIT]))
    assert Visit.objects.get().is_seen_alone is False
    assert counted(batch)["visits"] == {"unchanged": 1, "kept": 1}
    told = batch.problems.get()
    assert (told.column, told.ours, told.value, told.effect) == ("is_seen_alone", "false", "true", frames.KEPT_HERE)


def test_other_columns_of_a_corrected_row_still_follow_the_source(by: User):
    loaded(a_source(people=[{"sex": "F", "nationality": "British"}]))
    correct(Child.objects.get(), by=by, why="Asked her", nationality="Irish")
    batch = loaded(a_source(people=[{"sex": "M", "nationality": "British"}]))
    assert (Child.objects.get().sex, Child.objects.get().nationality) == ("M", "Irish")
    assert counted(batch)["people"] == {"changed": 1, "kept": 1}
    loaded(a_source(people=[{"sex": "M", "nationality": "French"}]))
    assert Child.objects.get().nationality == "Irish"


def test_names_given_in_hearth_do_not_stop_the_source(by: User):
    loaded(a_source(people=[{"sex": "F"}]))
    correct(Child.objects.get(), by=by, why="Asked her", preferred_name="Mia")
    assert counted(loaded(a_source(people=[{"sex": "M"}]))) == {"people": {"changed": 1}}
    assert Child.objects.get().preferred_name == "Mia"


def test_it_is_overwritten_when_told(by: User):
    loaded(a_source(visits=[A_VISIT]))
    correct(Visit.objects.get(), by=by, why="The child was not alone", is_seen_alone=False)
    loaded(a_source(visits=[A_VISIT]), overwrite_owned=True)
    assert Visit.objects.get().is_seen_alone is True


def test_a_row_withdrawn_in_hearth_does_not_come_back(by: User):
    loaded(a_source(visits=[A_VISIT]))
    withdraw(Visit.objects.get(), by=by, why="It was another child")
    batch = loaded(a_source(visits=[A_VISIT]))
    assert not Visit.objects.exists()
    assert batch.problems.get().ours == "withdrawn"


def test_a_visit_recorded_in_hearth_and_then_sent_by_the_source_is_one_visit(by: User):
    loaded(a_source())
    record(Visit(child=Child.objects.get(), **A_VISIT), by=by, what="visit recorded")
    assert counted(loaded(a_source(visits=[A_VISIT])))["visits"] == {"unchanged": 1}


def test_it_is_never_withdrawn_because_a_source_lacks_it(by: User):
    loaded(a_source(visits=[A_VISIT]))
    record(Visit(child=Child.objects.get(), visited_on=on("2026-03-09")), by=by, what="visit recorded")
    assert "withdrawn" not in counted(loaded(a_source(visits=[A_VISIT])))["visits"]
