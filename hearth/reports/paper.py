"""A paper to give to somebody, before it is a file: what stands on each page, its head, and its entries by day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""What no file of text may hold; nobody types it, but files that were loaded may carry it."""


@dataclass(frozen=True)
class Entry:
    """A line of the paper: ``facts`` are short, ``said`` is long (heading, words); ``small`` is where it comes from."""

    day: str
    what: str
    facts: Sequence[tuple[str, str]] = ()
    said: Sequence[tuple[str, str]] = ()
    small: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Paper:
    """All that a file needs.

    ``head`` and ``mark`` stand above each page, ``foot`` below it beside the number of the page. ``over`` stands above
    the title, ``facts`` below it (heading, words), then ``note``, the entries under ``columns``, and ``after``.
    """

    title: str
    over: str
    author: str
    head: str
    mark: str
    foot: str
    facts: Sequence[tuple[str, str]]
    note: str
    columns: tuple[str, str, str]
    entries: Sequence[Entry]
    after: str = ""


def in_short(facts: Sequence[tuple[str, str]]) -> str:
    """The facts in one line."""
    return "; ".join(f"{key}: {words}" for key, words in facts)


def plain(text: str) -> str:
    """The text without what no file may hold."""
    return UNPRINTABLE.sub("", text)
