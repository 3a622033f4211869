"""The pages of those who see one area: placements and commissioning, participation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hearth.web.access import audit
from hearth.web.access.roles import Role
from hearth.web.access.signed_in import person
from hearth.web.children.models import Child
from hearth.web.work.areas import participation as voices
from hearth.web.work.areas import placements as places
from hearth.web.work.areas.told import children_of, owed_in

PLACEMENTS, PARTICIPATION = "placements", "participation"


def placements(request: HttpRequest) -> HttpResponse:
    """Where children live, what ends or may not be, and what is due of carers and homes."""
    user = person(request)
    seen = Child.objects.visible_to(user, PLACEMENTS)
    episodes = list(places.placed(seen))
    found, owed = places.lists(seen, episodes), owed_in(Role.PLACEMENTS, user, seen)
    audit.record_list(user, audit.READ, children_of(found, owed), page=PLACEMENTS)
    carers, homes = places.carers_due(), places.homes_due()
    kinds = places.kinds(episodes)
    said = {
        "kinds": kinds,
        "all": kinds[-1],
        "lists": found,
        "owed": owed,
        "carers": places.carers(),
        "due": [("Foster carers", carers), ("Children's homes", homes)],
    }
    return render(request, "work/placements.html", said)


def participation(request: HttpRequest) -> HttpResponse:
    """How children take part, who was not heard, and who waits."""
    user = person(request)
    seen = Child.objects.visible_to(user, PARTICIPATION)
    found, owed = voices.lists(seen), owed_in(Role.PARTICIPATION, user, seen)
    audit.record_list(user, audit.READ, children_of(found, owed), page=PARTICIPATION)
    said = {
        "voice": voices.voice(seen),
        "lists": found,
        "unheard": len(found[0].rows),
        "owed": owed,
    }
    return render(request, "work/participation.html", said)
