"""A household, a home and the people who answer for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hearth.web.access.policy import Reach
from hearth.web.children.models import CarerConcern, ChildrensHome, FosterCarer
from hearth.web.children.recording import follow

Build = Callable[..., Any]
AUTHORITY = "E10000020"
ANSWERS = {Reach.NONE: 403, Reach.OWN: 404, Reach.AUTHORITY: 200}
"""What a page about one whom the person does not supervise answers, by the reach of the person's role."""
TODAY = date(2026, 3, 31)


def noted(row: Any) -> Any:
    """The row, with what follows from it worked out, as each write does."""
    follow(frozenset(), frozenset({row.table}))
    return row


@pytest.fixture(autouse=True)
def day(settings: Any) -> date:
    settings.HEARTH_TODAY, settings.HEARTH_AUTHORITY = TODAY, AUTHORITY
    return TODAY


@pytest.fixture
def household(db: None) -> Build:
    """Makes an approved household: ``household("F1", names="Ann Lee", approved_on=...)``."""

    def build(carer_id: str = "F1", **facts: Any) -> FosterCarer:
        given = {"kind": "mainstream", "approved_on": date(2025, 3, 1), "names": "Ann and Bo Lee", "team": "Fostering"}
        return noted(FosterCarer.objects.create(authority=AUTHORITY, carer_id=carer_id, **{**given, **facts}))

    return build


@pytest.fixture
def home(db: None) -> Build:
    """Makes a registered home."""

    def build(home_id: str = "SC1", **facts: Any) -> ChildrensHome:
        given = {"name": "The Elms", "registered_on": date(2026, 2, 10), **facts}
        return noted(ChildrensHome.objects.create(authority=AUTHORITY, home_id=home_id, **given))

    return build


@pytest.fixture
def concern(db: None) -> Build:
    """Records a complaint by the carers of F1, or what else is said."""

    def build(**facts: Any) -> CarerConcern:
        given = {"carer_id": "F1", "kind": "complaint_by", "received_on": date(2026, 3, 2), **facts}
        return noted(CarerConcern.objects.create(authority=AUTHORITY, **given))

    return build


@pytest.fixture
def client_of(a_user: Build, signed_in: Build) -> Build:
    """Signs somebody of the role in."""
    return lambda role="placements": signed_in(a_user(role=role))
