"""A number of a page, and the list behind it: as long as the number says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Number:
    """A tile: how many, of what in words, where they are listed ("" where a page of the number would be this one)."""

    value: int
    words: str
    url: str
    is_bad: bool = False


def words_of(value: int, one: str, many: str) -> str:
    """The words for one or for many."""
    return one if value == 1 else many
