"""Opens the page of a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hearth.web.children.models import Child
from tests.web.children.standing.case import ON, Case, lines, of, stands, text, the_page

Build = Callable[..., Any]


@pytest.fixture
def says(
    a_child: Build, a_user: Build, allocated: Build, placed: Build, signed_in: Build, settings: Any
) -> Callable[[Case], None]:
    """Holds the child's page to what the case says follows."""
    settings.HEARTH_TODAY = ON

    def client_of(child: Child) -> Any:
        worker = a_user()
        allocated(child, worker, started_on=date(2012, 1, 1))
        return signed_in(worker)

    def hold(case: Case) -> None:
        page = the_page(case, a_child, placed, client_of)
        assert stands(page) == lines(case.page)
        assert ", ".join(text(tag) for tag in of(of(page, "hearth-who__tags")[0], "govuk-tag")) == case.tags
        assert case.because in " ".join(text(why) for why in of(page, "hearth-why"))

    return hold
