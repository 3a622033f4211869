"""Addresses of a day's work."""

from __future__ import annotations

from django.urls import path

from hearth.web.work import views
from hearth.web.work.areas.views import area_list, participation, placements
from hearth.web.work.desks import DESKS
from hearth.web.work.desks.views import desk, desk_export
from hearth.web.work.searching import search
from hearth.web.work.signing.views import sign_off, sign_offs
from hearth.web.work.team.reallocating import reallocate
from hearth.web.work.team.views import drift, my_service, my_team, team_list

urlpatterns = [
    path("", views.home, name="home"),
    path("my-work", views.my_work, name="my_work"),
    path("my-work.<str:form>", views.my_work_export, name="my_work_export"),
    path("my-team", my_team, name="my_team"),
    path("my-team/list", team_list, name="team_list"),
    path("my-service", my_service, name="my_service"),
    path("drift", drift, name="drift"),
    path("sign-offs", sign_offs, name="sign_offs"),
    path("child/<int:child_pk>/sign-off/<slug:table>/<int:row_pk>", sign_off, name="sign_off"),
    path("my-team/reallocate", reallocate, name="reallocate"),
    path("placements", placements, name="placements"),
    path("participation", participation, name="participation"),
    path("placements/list", area_list, {"page": "placements_list"}, name="placements_list"),
    path("participation/list", area_list, {"page": "participation_list"}, name="participation_list"),
    path("search", search, name="search"),
    *(path(one.page.replace("_", "-"), desk, {"page": one.page}, name=one.page) for one in DESKS.values()),
    *(
        path(f"{one.page.replace('_', '-')}.<str:form>", desk_export, {"page": one.page}, name=one.export_page)
        for one in DESKS.values()
    ),
]
