"""Giving children to another worker: whose, which, to whom, from when, why; all of them or none."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from hearth.web.access import audit
from hearth.web.access.models import Post, User
from hearth.web.access.signed_in import person
from hearth.web.access.standing import standing
from hearth.web.children import recording
from hearth.web.children.actions import allocate
from hearth.web.children.holding import HOLDING
from hearth.web.children.models import Allocation, Child
from hearth.web.children.reach import among
from hearth.web.config.today import today
from hearth.web.work.team.asking import NONE, Asked, asked
from hearth.web.work.team.board import names_of
from hearth.web.work.team.cases import Cases
from hearth.web.work.team.forms import ANYBODY, Reallocating, Whose

REALLOCATE, TEAM = "reallocate", "my_team"
ON_A_PAGE = 50


def reallocate(request: HttpRequest) -> HttpResponse:
    """Gives children to another worker: all of them or none. Whose children they are is asked first."""
    user, here = person(request), asked(request, REALLOCATE)
    found, worker = here.cases, request.GET.get("worker")
    workers, children = _workers(user, found), _of(found, worker)
    whose = _filter(request, here)
    if not children and request.method != "POST":
        return _whose(request, here, whose)
    seen = Child.objects.filter(pk__in=among(children or found.children)).order_by("last_names", "first_names", "pk")
    page = Paginator(whose.narrowed(seen), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    form = Reallocating(request.POST or None, seen=seen, shown=shown, workers=workers, initial={"started_on": today()})
    if request.method == "POST" and form.is_valid() and _given(form, user):
        taken = form.cleaned_data["children"]
        who = workers[form.cleaned_data["worker"]]
        messages.success(request, f"{', '.join(child.name for child in taken)}: now with {who}.")
        return redirect(TEAM)
    audit.record_list(user, audit.READ, shown, page=REALLOCATE)
    said = {"form": form, "whose": whose, "page": page, "back": reverse(REALLOCATE)}
    return render(request, "work/reallocate.html", said)


def _of(found: Cases, worker: str | None) -> frozenset[int]:
    """The children of the worker, in whatever role; of nobody, those in care without a social worker among them."""
    if worker is None:
        return frozenset()
    if worker == ANYBODY:
        return found.children
    if not worker:
        return found.nobodys | found.without
    return frozenset().union(*(children for (id_, _), children in found.by_worker.items() if id_ == worker))


def _filter(request: HttpRequest, here: Asked) -> Whose:
    """What narrows the children: the workers who have some of them, and the teams of the person."""
    names = names_of({id_ for id_, _ in here.cases.by_worker})
    workers = {id_: f"{names[id_]} ({len(_of(here.cases, id_))})" for id_ in sorted(names, key=names.__getitem__)}
    teams = {str(team.pk): team.name for team in here.teams}
    return Whose(request.GET or None, workers=workers, teams=teams | ({NONE: "No team"} if here.may_ask_none else {}))


def _whose(request: HttpRequest, here: Asked, whose: Whose) -> HttpResponse:
    """Asks whose children are to be given away; says so where the worker of the address has none."""
    found, worker = here.cases, request.GET.get("worker")
    names = names_of({id_ for id_, _ in found.by_worker} | ({worker} if worker else set()))
    holding = sorted({id_ for id_, _ in found.by_worker}, key=names.__getitem__)
    said = {
        "holding": [(id_, names[id_], len(_of(found, id_))) for id_ in holding],
        "nobodys": len(_of(found, "")),
        "worker": worker,
        "name": names.get(worker or "", ""),
        "whose": whose,
        "query": here.query,
        "back": reverse(TEAM),
    }
    audit.record_list(person(request), audit.READ, (), page=REALLOCATE)
    return render(request, "work/reallocate_whose.html", said)


def _given(form: Reallocating, user: User) -> bool:
    """Does it; False when the record refused, which the form then says."""
    said = form.cleaned_data
    facts = {
        "by": user,
        "worker_id": said["worker"],
        "role": said["role"],
        "team": _team_of(said["worker"]),
        "started_on": said["started_on"],
        "reason_changed": said["reason"],
    }
    try:
        with transaction.atomic():
            recording.together(list(said["children"]), allocate, **facts)
    except ValidationError as refused:
        form.add_error("children", refused)
        return False
    return True


def _workers(user: User, found: Cases) -> dict[str, str]:
    """The workers of the manager's teams or services by identifier, those without a sign-in among them."""
    held, day = standing(user), today()
    services = held.services if "service_manager" in held.roles else frozenset()
    posts = Post.objects.held_on(day).filter(role__in=HOLDING)
    theirs = posts.filter(team__in=held.teams) | posts.filter(team__service__in=services)
    signing_in = {worker for worker in theirs.values_list("user__worker_id", flat=True) if worker}
    known = names_of(signing_in | {worker for worker, _ in found.by_worker})
    return dict(sorted(known.items(), key=lambda one: one[1]))


def _team_of(worker: str) -> str | None:
    """The team in which the worker holds a post, else that of their latest allocation."""
    post = Post.objects.held_on(today()).filter(user__worker_id=worker, role__in=HOLDING).exclude(team=None).first()
    if post is not None and post.team is not None:
        return str(post.team.name)
    last = Allocation.objects.filter(worker_id=worker).order_by("-started_on").first()
    return last.team if last else None
