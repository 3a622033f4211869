"""The manager's pages: the team's board, and giving children to another worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hearth.web.access import audit
from hearth.web.access.models import Post, Team, User
from hearth.web.access.signed_in import person
from hearth.web.access.standing import standing
from hearth.web.children import recording
from hearth.web.children.actions import allocate
from hearth.web.children.models import Allocation, Child
from hearth.web.children.reach import of_team
from hearth.web.config.today import today
from hearth.web.work import daily, owing
from hearth.web.work.drifting import still
from hearth.web.work.elsewhere import due_of
from hearth.web.work.models import Stage
from hearth.web.work.signing.waiting import waiting
from hearth.web.work.team import ahead
from hearth.web.work.team.board import CARRYING, Board, board, current, names_of, without_worker
from hearth.web.work.team.forms import Reallocating
from hearth.web.work.team.service import rows, teams_of

TEAM, SERVICE, DRIFT, REALLOCATE = "my_team", "my_service", "drift", "reallocate"
SHOWN = 8
"""How many journeys that stand still the board shows before the whole list."""
WORKERS = 20
"""How many workers the board shows before it is opened."""
ON_A_PAGE = 50


def my_team(request: HttpRequest) -> HttpResponse:
    """A team: overdue and due by worker, the weeks ahead, what stands still, what waits for the manager."""
    user, reckoned = person(request), daily.current()
    teams = teams_of(user, TEAM)
    team = _chosen(request, teams)
    reached = Child.objects.visible_to(user, TEAM)
    seen = (reached.filter(of_team(team, today())) if team else reached).asked_once()
    found, drift = board(seen), still(seen, owing.limits())
    named = [*found.without, *(one.child for one in drift[:SHOWN])]
    audit.record_list(user, audit.READ, named, page=TEAM)
    said = {
        "board": found,
        "fullest": found.loads[:WORKERS],
        "others": found.loads[WORKERS:],
        "others_said": f"{len(found.loads) - WORKERS} more workers",
        "team": team,
        "teams": teams if len(teams) > 1 else (),
        "drift": drift[:SHOWN],
        "drift_total": len(drift),
        "waiting": len(waiting(seen)),
        "ahead": _ahead(request.GET.get("worker", ""), found, team),
        "reckoned": reckoned,
    }
    return render(request, "work/my_team.html", said)


def _ahead(worker: str, found: Board, team: Team | None) -> ahead.Ahead | None:
    """The weeks of one worker of the board, else of the team."""
    load = next((load for load in found.loads if load.worker_id == worker), None)
    if load is not None:
        return ahead.of_worker(worker, load.name)
    return ahead.of_team(team.name) if team else None


def my_service(request: HttpRequest) -> HttpResponse:
    """The teams of a service side by side, each a way into its board."""
    user, reckoned = person(request), daily.current()
    seen, teams = Child.objects.visible_to(user, SERVICE).asked_once(), teams_of(user, SERVICE)
    without = without_worker(seen, today())
    audit.record_list(user, audit.READ, without, page=SERVICE)
    found = rows(teams, seen)
    said = {
        "rows": found,
        "services": sorted({team.service for team in teams}),
        "children": sum(row.children for row in found),
        "overdue": sum(row.overdue for row in found),
        "still": Stage.objects.still_on(today()).filter(child__in=seen).count(),
        "without": without,
        "waiting": len(waiting(seen)),
        "council": due_of("authority", {}, "Authority"),
        "reckoned": reckoned,
    }
    return render(request, "work/my_service.html", said)


def drift(request: HttpRequest) -> HttpResponse:
    """Every journey that stands still, the longest first, by the rule asked for."""
    user = person(request)
    found = still(Child.objects.visible_to(user, DRIFT).asked_once(), owing.limits())
    rules = Counter((one.drift, one.title) for one in found)
    asked = request.GET.get("rule", "")
    shown = [one for one in found if asked in ("", one.drift)]
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    audit.record_list(user, audit.READ, [one.child for one in page], page=DRIFT)
    said = {"page": page, "rules": [(*rule, many) for rule, many in rules.most_common()], "asked": asked}
    return render(request, "work/drift.html", {**said, "total": len(found)})


def _chosen(request: HttpRequest, teams: Sequence[Team]) -> Team | None:
    """The team asked for among those the person answers for; their one team; None: all of them together."""
    asked = request.GET.get("team", "")
    if asked:
        found = next((team for team in teams if str(team.pk) == asked), None)
        if found is None:
            raise Http404
        return found
    return teams[0] if len(teams) == 1 else None


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
