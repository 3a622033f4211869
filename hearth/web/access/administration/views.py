"""The pages on which an administrator adds, changes and ends people, posts and teams, and reads the log."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.web.access import actions
from hearth.web.access.administration.forms import EndForm, LogFilter, PersonForm, PostForm, TeamForm
from hearth.web.access.models import REFUSED, AuditEvent, Post, Team, User
from hearth.web.access.policy import pages
from hearth.web.access.signed_in import person as signed_in
from hearth.web.config.today import today

ROWS_A_PAGE = 50


def people(request: HttpRequest) -> HttpResponse:
    """Everyone who was ever added, with the posts held today; found by name or address."""
    sought = request.GET.get("sought", "").strip()
    held = Prefetch("posts", Post.objects.held_on(today()).select_related("team"), to_attr="held")
    found = User.objects.filter(Q(name__icontains=sought) | Q(email__icontains=sought)).prefetch_related(held)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "administration/people.html", {"page": page, "sought": sought})


def person_added(request: HttpRequest) -> HttpResponse:
    """Adds a person."""
    form = PersonForm(request.POST or None)
    if form.is_valid():
        made = actions.add_person(by=signed_in(request), **form.cleaned_data)
        messages.success(request, f"{made} may now sign in. Add a post: without one nothing can be seen.")
        return redirect("person", user_pk=made.pk)
    said = {"form": form, "title": "Add a person", "back": reverse("people")}
    return render(request, "administration/asked.html", said)


def person(request: HttpRequest, user_pk: int) -> HttpResponse:
    """A person with every post, and what can be done."""
    found = get_object_or_404(User, pk=user_pk)
    said = {"person": found, "posts": found.posts.select_related("team"), "today": today(), "back": reverse("people")}
    return render(request, "administration/person.html", said)


def person_changed(request: HttpRequest, user_pk: int) -> HttpResponse:
    """Changes a person's name, address or identifier."""
    found = get_object_or_404(User, pk=user_pk)
    form = PersonForm(request.POST or None, instance=found)
    if form.is_valid():
        actions.change_person(person=get_object_or_404(User, pk=user_pk), by=signed_in(request), **form.cleaned_data)
        messages.success(request, "The change is saved.")
        return redirect("person", user_pk=user_pk)
    said = {"form": form, "title": "Change a person", "back": reverse("person", args=[user_pk])}
    return render(request, "administration/asked.html", said)


@require_POST
def person_let_in(request: HttpRequest, user_pk: int) -> HttpResponse:
    """Lets a person sign in, or no longer: then every session ends at once."""
    found = get_object_or_404(User, pk=user_pk)
    may = request.POST.get("may") == "yes"
    if found == signed_in(request) and not may:
        messages.error(request, "You cannot shut yourself out: ask another administrator.")
    else:
        actions.let_in(person=found, by=signed_in(request), may=may)
        messages.success(request, f"{found} {'may sign in' if may else 'may no longer sign in'}.")
    return redirect("person", user_pk=user_pk)


def post_added(request: HttpRequest, user_pk: int) -> HttpResponse:
    """Adds a post."""
    found = get_object_or_404(User, pk=user_pk)
    form = PostForm(request.POST or None)
    if form.is_valid():
        actions.add_post(person=found, by=signed_in(request), **form.cleaned_data)
        messages.success(request, "The post is added.")
        return redirect("person", user_pk=user_pk)
    said = {"form": form, "title": f"Add a post for {found}", "back": reverse("person", args=[user_pk])}
    return render(request, "administration/asked.html", said)


def post_ended(request: HttpRequest, post_pk: int) -> HttpResponse:
    """Ends a post."""
    post = get_object_or_404(Post.objects.select_related("user", "team"), pk=post_pk)
    form = EndForm(request.POST or None, post=post, initial={"ended_on": post.ended_on})
    if form.is_valid():
        actions.end_post(post=post, by=signed_in(request), ended_on=form.cleaned_data["ended_on"])
        messages.success(request, "The post has a last day.")
        return redirect("person", user_pk=post.user_id)
    said = {
        "form": form,
        "title": f"End the post {post} of {post.user}",
        "back": reverse("person", args=[post.user_id]),
    }
    return render(request, "administration/asked.html", said)


def teams(request: HttpRequest) -> HttpResponse:
    """Every team by service."""
    return render(request, "administration/teams.html", {"teams": Team.objects.order_by("ended_on", "service", "name")})


def team_added(request: HttpRequest) -> HttpResponse:
    """Adds a team."""
    return _team(request, None, "Add a team")


def team_changed(request: HttpRequest, team_pk: int) -> HttpResponse:
    """Changes or closes a team."""
    return _team(request, get_object_or_404(Team, pk=team_pk), "Change a team")


def _team(request: HttpRequest, team: Team | None, title: str) -> HttpResponse:
    form = TeamForm(request.POST or None, instance=team)
    if form.is_valid():
        actions.save_team(team=form.save(commit=False), by=signed_in(request))
        messages.success(request, "The team is saved.")
        return redirect("teams")
    return render(request, "administration/asked.html", {"form": form, "title": title, "back": reverse("teams")})


def log(request: HttpRequest) -> HttpResponse:
    """The log of everything, without children's names: who did what, when."""
    form = LogFilter(request.GET or None)
    lines = AuditEvent.objects.select_related("user", "post__team")
    if form.is_valid():
        lines = lines.filter(_asked(form))
    page = Paginator(lines, ROWS_A_PAGE).get_page(request.GET.get("page"))
    said = [(line, pages()[line.page].what if line.page in pages() else "") for line in page]
    return render(request, "administration/log.html", {"filter": form, "page": page, "lines": said})


def _asked(form: LogFilter) -> Q:
    """The conditions of the filter."""
    given = form.cleaned_data
    wanted = {"at__date__gte": given["from_on"], "at__date__lte": given["to_on"]}
    if given["only_refused"]:
        wanted["what__startswith"] = REFUSED
    whose = given["person"]
    by_or_as = Q(user=whose) | Q(user=None, details__person=whose.pk) if whose else Q()
    return by_or_as & Q(**{name: value for name, value in wanted.items() if value})
