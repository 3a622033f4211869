"""The facts behind a figure as a page says them."""

from __future__ import annotations

import pytest

from hearth.web.children.models import Child
from hearth.web.figures.behind import Subject


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ("duty review-first; due on 2026-03-02; status met", "First review; due on 2 March 2026; status met"),
        (
            "started on 2026-01-11; ended on 2026-01-12; kind M",
            "started on 11 January 2026; ended on 12 January 2026; kind M",
        ),
        ("duty of-nobody", "of-nobody"),
        ("", ""),
    ],
)
def test_days_are_said_in_words_and_duties_by_their_titles(facts: str, said: str) -> None:
    assert Subject(Child(), None, "Met", facts).said == said
