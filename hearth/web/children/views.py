"""The pages of a child."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hearth.web.children.queries import child_for


def child(request: HttpRequest, child_pk: int) -> HttpResponse:
    """Who the child is."""
    found = child_for(request, child_pk)
    return render(request, "children/child.html", {"child": found})
