"""Finding a child by name, identifier or date of birth; misspelt names are found too, and nobody one may not know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rapidfuzz import fuzz, process, utils

from hearth.web.access import audit
from hearth.web.access.models import User
from hearth.web.access.policy import may_open
from hearth.web.access.signed_in import person
from hearth.web.access.standing import standing
from hearth.web.children import reach
from hearth.web.children.forms.identity import NEW
from hearth.web.children.models import Child
from hearth.web.config.questions import kept
from hearth.web.design.fields import written_day
from hearth.web.design.forms import Form

PAGE = "search"
MOST = 30
CLOSE = 70
"""How like a name must be, of 100, to be offered."""


class Asking(Form):
    """What to look for."""

    q = forms.CharField(
        label="Name, identifier or date of birth",
        help_text="For example Mia Jones, 004217 or 3 May 2012. Names need not be spelt right.",
        max_length=100,
    )


@dataclass(frozen=True)
class Found:
    """A child found; of a restricted record only the name is shown."""

    child: Child
    is_name_only: bool


def search(request: HttpRequest) -> HttpResponse:
    """Looks for a child among those the person may know of."""
    form, user = Asking(request.GET) if "q" in request.GET else Asking(), person(request)
    found: Sequence[Found] | None = None
    if form.is_bound and form.is_valid():
        found = find(user, form.cleaned_data["q"])
        audit.record_list(user, "searched", [one.child for one in found], page=PAGE)
    said = {"form": form, "found": found, "most": MOST, "may_add": may_open(standing(user), NEW.page)}
    return render(request, "work/search.html", said)


def find(user: User, asked: str) -> list[Found]:
    """The children meant, the best first: by identifier or day of birth exactly, by names nearly."""
    exact = _exactly(asked)
    if exact is not None:
        some = [Found(child, False) for child in Child.objects.visible_to(user, PAGE).filter(exact)[:MOST]]
        if some or written_day(asked):
            return some  # of a restricted record a day of birth finds nothing: being found would tell it
        return [Found(child, True) for child in Child.objects.name_only_to(user, PAGE).filter(exact)[:MOST]]
    known = {row[0]: (False, _names(row[1:])) for row in reach.visible(user, PAGE, _called)}
    known |= {row[0]: (True, _names(row[1:])) for row in reach.named(user, PAGE, _called)}
    names = {pk: name for pk, (_, name) in known.items()}
    best = process.extract(
        asked, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=MOST, score_cutoff=CLOSE
    )
    children = {child.pk: child for child in _children([pk for _, _, pk in best])}
    return [Found(children[pk], known[pk][0]) for _, _, pk in best if pk in children]


def _called(children: QuerySet[Child]) -> QuerySet[Child, tuple[Any, ...]]:
    return children.values_list("pk", "preferred_name", "first_names", "last_names", "other_names")


@kept
def _children(keys: list[int]) -> QuerySet[Child]:
    return Child.objects.filter(pk__in=keys)


def _names(parts: Sequence[str | None]) -> str:
    return " ".join(dict.fromkeys(word for part in parts if part for word in part.split()))


def _exactly(asked: str) -> Q | None:
    """The condition when a day of birth, an identifier or an NHS number was given; None for a name."""
    born = written_day(asked)
    if born is not None:
        return Q(born_on=born)
    squeezed = re.sub(r"\s", "", asked)
    if not any(sign.isdigit() for sign in squeezed):
        return None
    return Q(child_id__iexact=squeezed) | Q(upn__iexact=squeezed) | Q(nhs_number=squeezed)
