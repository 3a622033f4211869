"""Desks: for each profession one table of the children it works for, by what is most urgent for it."""

from __future__ import annotations

from hearth.web.work.desks import health, leaving_care, reviewing, schooling

DESKS = {desk.page: desk for desk in (reviewing.DESK, health.DESK, schooling.DESK, leaving_care.DESK)}
"""By the name of the page."""
