"""Addresses of pages that name at most one row: put together once a page, then filled in, as lists ask for hundreds."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

NUMBER = 918273645
"""Stands for the number of the row while the address is put together."""


def address(page: str, number: int | None = None) -> str:
    """What ``reverse`` gives for the page, with the number of a row where it takes one. Raises NoReverseMatch."""
    before, after = _parts(page, number is None, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    return before if number is None else f"{before}{number}{after}"


def addresses() -> Callable[[str, int], str]:
    """``address`` for a list of one page: where the service stands is asked once a page that it names."""
    known: dict[str, tuple[str, str]] = {}

    def one(page: str, number: int) -> str:
        parts = known.get(page)
        if parts is None:
            parts = known[page] = _parts(page, False, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
        return f"{parts[0]}{number}{parts[1]}"

    return one


@cache
def _parts(page: str, is_whole: bool, _urlconf: str, _prefix: str) -> tuple[str, str]:
    if is_whole:
        return reverse(page), ""
    before, _, after = reverse(page, args=[NUMBER]).partition(str(NUMBER))
    return before, after
