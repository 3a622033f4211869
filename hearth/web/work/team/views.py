"""The manager's pages: the team's board, and giving children to another worker."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hearth.web.access import audit
from hearth.web.access.models import Post, User
from hearth.web.access.signed_in import person
from hearth.web.access.standing import standing
from hearth.web.children import recording
from hearth.web.children.actions import allocate
from hearth.web.children.models import Allocation, Child
from hearth.web.children.opening.telling import to_look_at
from hearth.web.config.today import today
from hearth.web.work.team.board import CARRYING, board, current, names_of
from hearth.web.work.team.forms import Reallocating

TEAM, REALLOCATE = "my_team", "reallocate"


def my_team(request: HttpRequest) -> HttpResponse:
    """Overdue and due by worker, children without a social worker, emergencies to look at."""
    user = person(request)
    found = board(user)
    audit.record_list(user, audit.READ, found.without, page=TEAM)
    emergencies = to_look_at(standing(user)).filter(looked_at_at=None).count()
    return render(request, "work/my_team.html", {"board": found, "emergencies": emergencies})


def reallocate(request: HttpRequest) -> HttpResponse:
    """Gives children to another worker: all of them or none."""
    user = person(request)
    seen, workers = _seen(user, request.GET.get("worker")), _workers(user)
    form = Reallocating(request.POST or None, seen=seen, workers=workers, initial={"started_on": today()})
    if request.method == "POST" and form.is_valid() and _given(form, user):
        taken = form.cleaned_data["children"]
        who = workers[form.cleaned_data["worker"]]
        messages.success(request, f"{', '.join(child.name for child in taken)}: now with {who}.")
        return redirect(TEAM)
    audit.record_list(user, audit.READ, seen, page=REALLOCATE)
    return render(request, "work/reallocate.html", {"form": form, "back": "/my-team"})


def _given(form: Reallocating, user: User) -> bool:
    """Does it; False when the record refused, which the form then says."""
    asked = form.cleaned_data
    facts = {
        "by": user,
        "worker_id": asked["worker"],
        "role": asked["role"],
        "team": _team_of(asked["worker"]),
        "started_on": asked["started_on"],
        "reason_changed": asked["reason"],
    }
    try:
        with transaction.atomic():
            recording.together(list(asked["children"]), allocate, **facts)
    except ValidationError as refused:
        form.add_error("children", refused)
        return False
    return True


def _seen(user: User, worker: str | None) -> QuerySet[Child]:
    """The children the manager may give away; those of one worker where one is named."""
    seen: QuerySet[Child] = Child.objects.visible_to(user, REALLOCATE)
    theirs = Allocation.objects.filter(current(today()), worker_id=worker, role__in=CARRYING)
    of_worker = seen.filter(pk__in=theirs.values("child")) if worker else seen
    return of_worker.order_by("last_names", "first_names", "pk")


def _workers(user: User) -> dict[str, str]:
    """The workers of the manager's teams or services by identifier, those without a sign-in among them."""
    held, day = standing(user), today()
    services = held.services if "service_manager" in held.roles else frozenset()
    posts = Post.objects.held_on(day).filter(role__in=CARRYING)
    theirs = posts.filter(team__in=held.teams) | posts.filter(team__service__in=services)
    signing_in = {worker for worker in theirs.values_list("user__worker_id", flat=True) if worker}
    seen = Child.objects.visible_to(user, REALLOCATE)
    carrying = Allocation.objects.filter(current(day), child__in=seen, role__in=CARRYING)
    known = names_of(signing_in | set(carrying.values_list("worker_id", flat=True)))
    return dict(sorted(known.items(), key=lambda one: one[1]))


def _team_of(worker: str) -> str | None:
    """The team in which the worker holds a post, else that of their latest allocation."""
    post = Post.objects.held_on(today()).filter(user__worker_id=worker, role__in=CARRYING).exclude(team=None).first()
    if post is not None and post.team is not None:
        return str(post.team.name)
    last = Allocation.objects.filter(worker_id=worker).order_by("-started_on").first()
    return last.team if last else None
