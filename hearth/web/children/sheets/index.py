"""Where everything that may be recorded of a child is found, with unfinished drafts and the papers kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hearth.web.access.policy import AREAS
from hearth.web.access.signed_in import person
from hearth.web.children import recording
from hearth.web.children.models import Attachment
from hearth.web.children.queries import child_for, pages_open
from hearth.web.children.sheets import addresses, begun
from hearth.web.children.sheets.kinds import Kind
from hearth.web.children.sheets.subjects import CHILD

CARE = "care"
PAPERS = (CARE, "health", "education", "leaving_care", "safety")
"""The areas of record that keep papers; each has its own page in the policy, ``paper_`` and the area."""


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of record about a child by its page: the addresses that have one say so themselves."""
    return {kind.page: kind for kind in addresses.known() if kind.about is CHILD}


def record(request: HttpRequest, child_pk: int) -> HttpResponse:
    """What the person may record of the child, what they began and did not finish, the papers they may open."""
    child, user = child_for(request, child_pk), person(request)
    opens = pages_open(user, child, [*kinds(), *(f"paper_{area}" for area in PAPERS)])
    mine = [kind for kind in kinds().values() if kind.page in opens]
    offered = [kind for kind in mine if not (kind.is_new or kind.is_only_corrected)]
    by_area = [(AREAS[area], [kind for kind in offered if kind.area == area]) for area in PAPERS]
    papers = [(paper, f"paper_{area_of(paper)}") for paper in Attachment.objects.filter(child=child).order_by("-pk")]
    shown = {
        "child": child,
        "areas": [(words, found) for words, found in by_area if found],
        "drafts": [found for found in begun.of(user, {child.pk}) if found.child is not None],
        "papers": [(paper, page) for paper, page in papers if page in opens],
    }
    return render(request, "sheets/index.html", shown)


def area_of(paper: Attachment) -> str:
    """The area of record a paper belongs to: that of the row it is kept with, else care."""
    tables = {recording.name_of(kind.model): kind.area for kind in kinds().values() if kind.model is not None}
    return tables.get(paper.of_table or "", CARE)


def paper(request: HttpRequest, child_pk: int, paper_pk: int, area: str) -> FileResponse:
    """A paper as a download, to those who may see its area; opening it is noted in the log."""
    child = child_for(request, child_pk)
    found = get_object_or_404(Attachment.objects.filter(child=child), pk=paper_pk)
    if area_of(found) != area:
        raise Http404
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name)
