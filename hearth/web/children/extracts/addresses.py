"""The addresses of the pages of extracts."""

from __future__ import annotations

from django.urls import path

from hearth.web.children.extracts import views

START = "child/<int:child_pk>/chronology/extracts"
ONE = f"{START}/<int:extract_pk>"

PAGES = [
    path(START, views.extracts, name="child_extracts"),
    path(f"{START}/new", views.extract_begun, name="extract_begun"),
    path(ONE, views.extract, name="extract"),
    path(f"{ONE}/entries", views.extract_chosen, name="extract_chosen"),
    path(f"{ONE}/locked", views.extract_locked, name="extract_locked"),
    path(f"{ONE}/dropped", views.extract_dropped, name="extract_dropped"),
    path(f"{ONE}/print", views.extract_printed, name="extract_printed"),
    path(f"{ONE}/file", views.extract_file, name="extract_file"),
]
