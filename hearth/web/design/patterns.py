"""Parts of which a page has many: a template is rendered once for each shape of the part, then filled in.

Django takes a quarter of a millisecond for a line of a list that is a template of its own; filling in one that was
rendered takes a fiftieth of that. What is kept is the template with marks in the place of what differs, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

MARK = re.compile("\ue000(\\d+)\ue001")
"""Stands for a word while the template is rendered: letters that nobody writes."""
MOST_KEPT = 500


def filled(template: str, words: Sequence[tuple[str, str]], shape: Sequence[tuple[str, Hashable]] = ()) -> SafeString:
    """The template with ``words`` (name and text, escaped here) in it; ``shape`` is whatever else it is given.

    The template shows each word as it is, without a filter or a condition on it: conditions are on the shape.
    """
    pieces, places = _pieces(template, tuple(name for name, _ in words), tuple(shape))
    texts = [escape(text) for _, text in words]
    made = [pieces[0]]
    for piece, place in zip(pieces[1:], places, strict=True):
        made += (texts[place], piece)
    return SafeString("".join(made))  # each word was escaped above  # nosec B703


@lru_cache(maxsize=MOST_KEPT)
def _pieces(
    template: str, names: tuple[str, ...], shape: tuple[tuple[str, Hashable], ...]
) -> tuple[Sequence[str], Sequence[int]]:
    """What stands between the words, and which word stands in each place."""
    marks = {name: f"\ue000{place}\ue001" for place, name in enumerate(names)}
    parts = MARK.split(render_to_string(template, {**marks, **dict(shape)}))
    return parts[::2], [int(place) for place in parts[1::2]]
