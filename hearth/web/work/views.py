"""The pages of a day's work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """The first page: where the person may go."""
    return render(request, "work/home.html")
