"""A worker at work for a child."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

Build = Callable[..., Any]
OWN = ("social_worker", "personal_adviser", "reviewing_officer")
"""Roles whose children are those allocated to them; others reach by team, service or authority."""


@pytest.fixture
def desk(a_child: Build, a_user: Build, allocated: Build, signed_in: Build) -> Build:
    """Makes a child with an allocated worker: child, worker, and the client in which the worker is signed in."""

    def build(child: Any = None, role: str = "social_worker", **facts: Any) -> tuple[Any, Any, Any]:
        child = child or a_child("Robin", "Smith", born_on=date(2012, 5, 1), family_id="F1", **facts)
        worker = a_user(role=role)
        if role in OWN:
            allocated(child, worker, role=role)
        if role == "team_manager":
            allocated(child, a_user())
        return child, worker, signed_in(worker)

    return build
