"""A part of a page that is filled in says what the template would have said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string

from hearth.web.design.patterns import filled

LINE = "work/_line.html"
NAMES = ("name", "child_url", "age", "title", "why", "whose", "when", "record_url")


@pytest.mark.parametrize("status", ["overdue", "due", "not_known"])
@pytest.mark.parametrize("is_named", [True, False])
@pytest.mark.parametrize("is_recorded", [True, False])
@pytest.mark.parametrize("word", ["Mia", "O'Brien & <b>Söhne</b>", "", '/child/1?a="1"&b=2', "{{ name }}"])
def test_it_is_what_the_template_says_whatever_the_words(
    status: str, is_named: bool, is_recorded: bool, word: str
) -> None:
    words = {name: f"{name} {word}" for name in NAMES}
    shape: dict[str, Any] = {"status": status, "is_named": is_named, "is_recorded": is_recorded}
    expected = render_to_string(LINE, {**words, **shape})
    assert filled(LINE, list(words.items()), list(shape.items())) == expected


def test_another_word_stands_in_the_place_of_the_last() -> None:
    words = [(name, "first") for name in NAMES]
    shape = [("status", "due"), ("is_named", True), ("is_recorded", True)]
    assert "first" in filled(LINE, words, shape)
    again = filled(LINE, [(name, f"{date(2026, 3, 31)}") for name in NAMES], shape)
    assert "first" not in again
    assert again.count("2026-03-31") == 10
