"""A person's own account, and signing in as a made-up person in the demonstration."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hearth.web.access import actions, audit, ways
from hearth.web.access.context import menu
from hearth.web.access.models import User
from hearth.web.access.signed_in import person
from hearth.web.access.standing import standing
from hearth.web.design.navigation import Link


def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, in which posts, the ways of signing in, and what was changed of them."""
    user = person(request)
    return render(request, "access/account.html", {"posts": standing(user).posts, "changes": ways.latest(user)})


def more(request: HttpRequest) -> HttpResponse:
    """The places that do not fit in the person's menu, by area; all of them where they fit."""
    links, others = menu(standing(person(request)))
    areas: dict[str, list[Link]] = {}
    for link, area in others.items():
        areas.setdefault(area, []).append(link)
    return render(request, "access/more.html", {"areas": areas, "links": () if areas else links})


def still_here(request: HttpRequest) -> HttpResponse:
    """Nothing but a sign that someone is there; the session's last use is noted on the way."""
    return HttpResponse(status=204)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Ends every session of the person."""
    actions.sign_out_everywhere(by=person(request))
    logout(request)
    return redirect("account_login")


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in as a made-up person. Only in the demonstration, and only as people marked as made up."""
    if not settings.HEARTH_DEMO:
        raise Http404
    asked = request.POST.get("person", "")
    made_up = User.objects.filter(is_made_up=True, is_active=True)
    user = get_object_or_404(made_up, pk=int(asked) if asked.isdecimal() and len(asked) < 10 else 0)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, user, method="made-up")
    audit.record(user, "signed in to the demonstration", page="demo_sign_in")
    wanted = request.POST.get("next", "")
    is_here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if is_here else "home")
