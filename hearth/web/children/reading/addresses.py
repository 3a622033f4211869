"""The addresses of the pages on which a child's record is read."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path

from hearth.web.children.reading import photo, views
from hearth.web.children.reading.areas import AREAS, Area

START = "child/<int:child_pk>"


def _of(area: Area) -> Iterator[URLPattern]:
    """The page of an area, and a row of it with its versions."""
    start, given = f"{START}/{area.path}", {"shown": area}
    yield path(start, views.area, given, name=area.page)
    yield path(f"{start}/<slug:section>/<int:row_pk>", views.versions, given, name=area.page)


PAGES = [
    path(START, views.child, name="child"),
    path(f"{START}/journey", views.journey, name="child_journey"),
    path(f"{START}/chronology", views.chronology, name="child_chronology"),
    path(f"{START}/print", views.paper, name="child_print"),
    path(f"{START}/photo", photo.child_photo, name="child_photo"),
    path(f"{START}/photo/change", photo.photo_changed, name="photo_changed"),
    path(f"{START}/network/addresses/<int:row_pk>/shown", views.confidential_address, name="confidential_address"),
    *(address for area in AREAS for address in _of(area)),
]
