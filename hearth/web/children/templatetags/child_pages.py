"""The identity bar and the links between a child's pages: ``{% identity child %}`` on any page about a child."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from hearth.web.access.policy import may_open
from hearth.web.access.signed_in import person
from hearth.web.access.standing import standing
from hearth.web.children.models import Child
from hearth.web.children.opening.telling import to_look_at
from hearth.web.children.reading.identity import identity_of
from hearth.web.children.reading.looking import Look, look_at

register = template.Library()


@register.inclusion_tag("reading/_identity.html", takes_context=True)
def identity(context: Context, child: Child) -> dict[str, Any]:
    """Who the child is, in a bar: name, age, status, placement, worker, badges, warnings."""
    look = _look(context, child)
    known = context.get("identity")
    return {"who": known or identity_of(look), "child": child, "look": look}


@register.inclusion_tag("reading/_places.html", takes_context=True)
def places_of(context: Context, child: Child) -> dict[str, Any]:
    """The pages of the child that the reader may open, as tabs."""
    look = _look(context, child)
    return {"look": look, "links": look.places, "path": context["request"].path}


def _look(context: Context, child: Child) -> Look:
    found = context.get("look")
    return found if isinstance(found, Look) else look_at(context["request"], child)


@register.inclusion_tag("opening/_notice.html", takes_context=True)
def emergency_notice(context: Context) -> dict[str, Any]:
    """The emergency openings that wait for whoever answers for them: on every page people land on."""
    held = standing(person(context["request"]))
    return {"waiting": to_look_at(held).filter(looked_at_at=None).count() if may_open(held, "emergencies") else 0}
