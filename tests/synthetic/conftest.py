"""One made-up authority for the tests that only look at it."""

from __future__ import annotations

import pytest

from hearth.synthetic.authority import make
from hearth.tables.record import Record


@pytest.fixture(scope="session")
def council() -> Record:
    """3,000 children in care on 31 March 2026 and ten years of history: large enough for shares to settle."""
    return make(children=3000, years=10, seed=11)
