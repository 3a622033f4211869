"""Addresses of a child's record."""

from __future__ import annotations

from django.urls import path

from hearth.web.children.extracts import addresses as extracts
from hearth.web.children.forms import KINDS
from hearth.web.children.opening import views as opening
from hearth.web.children.reading import addresses as reading
from hearth.web.children.sheets import addresses, index

urlpatterns = [
    *addresses.of(KINDS),
    path("child/<int:child_pk>/record", index.record, name="record"),
    *(
        path(f"child/<int:child_pk>/papers/{area}/<int:paper_pk>", index.paper, {"area": area}, name=f"paper_{area}")
        for area in index.PAPERS
    ),
    *reading.PAGES,
    *extracts.PAGES,
    path("child/<int:child_pk>/who-has-looked", opening.who_has_looked, name="who_has_looked"),
    path("child/<int:child_pk>/restriction", opening.restriction, name="restriction"),
    path("child/<int:child_pk>/restriction/lifted", opening.restriction_lifted, name="restriction_lifted"),
    path("emergency", opening.emergency, name="emergency"),
    path("emergency/<int:opening_pk>/ended", opening.emergency_ended, name="emergency_ended"),
    path("emergencies", opening.emergencies, name="emergencies"),
    path("emergencies/<int:opening_pk>", opening.emergency_looked_at, name="emergency_looked_at"),
]
