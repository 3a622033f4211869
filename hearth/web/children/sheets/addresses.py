"""The addresses of the kinds of record: one page each, with the row where one is corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver, path

from hearth.web.children.sheets.kinds import Kind
from hearth.web.children.sheets.views import sheet


def of(kinds: Iterable[Kind]) -> list[URLPattern]:
    """The addresses of these kinds, named ``record_`` and the code."""
    return [address for kind in kinds for address in _of(kind)]


def _of(kind: Kind) -> Iterator[URLPattern]:
    given = {"kind": kind}
    if kind.is_new:
        yield path(f"record/{kind.path}", sheet, given, name=kind.page)
        return
    start = f"{kind.about.start}record/{kind.path}"
    if not kind.is_only_corrected:
        yield path(start, sheet, given, name=kind.page)
    if kind.model is not None and not kind.is_of_child:
        yield path(f"{start}/<int:row_pk>", sheet, given, name=kind.page)


@cache
def known() -> tuple[Kind, ...]:
    """Every kind of record that has a page, in the order of the addresses, each once."""
    given = (pattern.default_args.get("kind") for pattern in _patterns(get_resolver().url_patterns))
    return tuple(dict.fromkeys(kind for kind in given if isinstance(kind, Kind)))


def _patterns(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern
