"""The household a child lives with goes out and comes in again; a source that cannot say it is silent about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hearth.returns import hearth_tables
from hearth.web.access.models import User
from hearth.web.children import actions
from hearth.web.children.frames import record_of
from hearth.web.children.models import Child, Episode
from tests.web.intake.sources import AUTHORITY, a_source, loaded, on

pytestmark = pytest.mark.django_db
CARE = {"started_on": on("2026-01-05"), "reason_started": "S", "legal_status": "C2", "placement_type": "U6"}


@pytest.fixture
def recorded(a_user: Callable[..., User]) -> Episode:
    """An episode recorded in Hearth, with the household F7."""
    child = Child.objects.create(authority=AUTHORITY, child_id="C1")
    said: dict[str, Any] = {name: value for name, value in CARE.items() if name != "reason_started"}
    said |= {"category_of_need": "N1", "carer_id": "F7"}
    actions.start_care(child=child, by=a_user(), **said)
    return Episode.objects.get()


def test_it_is_written_in_a_folder_of_tables_and_read_again(recorded: Episode, tmp_path: Path) -> None:
    hearth_tables.write(record_of(), tmp_path)
    read = hearth_tables.read(tmp_path)
    assert read["episodes"]["carer_id"].to_list() == ["F7"]
    assert read.problems.is_empty()


def test_it_is_loaded_from_such_a_folder(a_user: Callable[..., User]) -> None:
    loaded(a_source("hearth", episodes=[{**CARE, "carer_id": "F7"}]))
    assert Episode.objects.get().carer_id == "F7"
    loaded(a_source("hearth", episodes=[{**CARE, "carer_id": "F8"}]))
    assert Episode.objects.get().carer_id == "F8"


def test_a_return_that_cannot_say_it_neither_takes_it_away_nor_is_told_of(recorded: Episode) -> None:
    columns = ["episodes", *(f"episodes.{column}" for column in CARE)]
    batch = loaded(a_source("ssda903", carries=columns, episodes=[CARE]))
    assert Episode.objects.get().carer_id == "F7"
    assert not batch.problems.filter(column="carer_id").exists()
