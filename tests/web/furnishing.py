"""A record in which each thing that has a page of its own is there once: for tests that look at every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import DateField, ForeignKey, IntegerField
from django.test import Client
from django.urls import reverse

from hearth.measures.catalogue import MEASURES
from hearth.synthetic.authority import make
from hearth.tables import codes
from hearth.web.access.models import Restriction, User
from hearth.web.children.actions import record_address, record_care_plan, record_visit
from hearth.web.children.actions.papers import attach, keep_with
from hearth.web.children.extracts.actions import begin_extract, choose
from hearth.web.children.extracts.reading import events_named
from hearth.web.children.fields import CodeField
from hearth.web.children.models import (
    Allocation,
    BoardReport,
    CarerConcern,
    Child,
    ChildrensHome,
    Extract,
    FamilyBond,
    FamilyMember,
    FosterCarer,
)
from hearth.web.children.opening.actions import open_in_emergency
from hearth.web.children.reading.looking import Look
from hearth.web.intake import frames, loading
from hearth.web.intake.models import Check, Upload

TODAY = date(2026, 3, 31)
HEADER = b"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n101,2,03/03/2012,WBRI,A123456789012,,\n"
EPISODES = (
    b"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    b"101,01/05/2025,S,C2,N1,U6,PR1,,,,NG1 1AA,NG1 1AB,SC123456\n"
)
WHY = "The police rang at night"
WITH_PAPERS = (FosterCarer, CarerConcern, ChildrensHome, BoardReport)
"""One kind of record of each page about carers, homes and the council: a paper is kept with each of its rows."""


def furnish(people: Mapping[str, User]) -> None:
    """Adds papers, extracts, a restriction, an emergency opening, files given, a return checked, by their roles."""
    worker, manager = people["social_worker"], people["team_manager"]
    own = Child.objects.filter(pk__in=Allocation.objects.filter(worker_id=worker.worker_id).values("child"))
    for mine in own.visible_to(worker, "child"):
        attach(child=mine, by=worker, title="A letter", file=SimpleUploadedFile("letter.txt", b"Dear Mia"))
        an_extract(mine, worker)
    for carer in FosterCarer.objects.all():
        row_of(CarerConcern, {"authority": carer.authority, "carer_id": carer.carer_id})
    for row in (row for model in WITH_PAPERS for row in model.objects.all()):
        keep_with(row, by=people["service_manager"], file=SimpleUploadedFile("report.txt", b"What was found"))
    others = Child.objects.exclude(pk__in=Child.objects.visible_to(worker, "child").values("pk")).order_by("pk")
    open_in_emergency(child=others[0], by=worker, why=WHY)
    Restriction.objects.create(child=others[1], begun_by=manager, why="Related to staff").people.set([manager])
    give(people["analyst"])


def give(analyst: User) -> None:
    """Gives the files of a return on the page, and has the return of the record checked."""
    loading_page = Client()
    loading_page.force_login(analyst)
    files = [SimpleUploadedFile("header.csv", HEADER), SimpleUploadedFile("episodes.csv", EPISODES)]
    loading_page.post(reverse("load_files"), {"chosen": files})
    loading_page.post(reverse("record_checked"))


def an_extract(child: Child, by: User) -> Extract:
    """A draft of an extract with one entry: so that its page offers all that can be done with it."""
    visit = record_visit(child=child, by=by, visited_on=TODAY, is_seen=True)
    extract, key = begin_extract(child=child, by=by, title="For court", purpose="court"), f"visits.{visit.pk}"
    choose(extract, by=by, shown=events_named(Look(child, by, TODAY), [key]).values(), taken={key: "It matters"})
    return extract


def things_of(child: Child, people: Callable[[str], User]) -> dict[str, Any]:
    """One thing for each word that an address may hold, about the child or beside it: keys by the word."""
    analyst, manager = people("analyst"), people("team_manager")
    source = make(6, 1, 1, as_of=TODAY)
    batch = loading.load(source, frames.plan(source, TODAY), loading.Options("made up", analyst, TODAY))
    give(analyst)
    other = Child.objects.exclude(pk=child.pk).order_by("pk")[0]
    extract = an_extract(child, manager)
    return {
        "child_pk": child.pk,
        "user_pk": analyst.pk,
        "post_pk": analyst.posts.get().pk,
        "team_pk": manager.posts.get().team_id,
        "batch_pk": batch.pk,
        "upload_pk": Upload.objects.latest("pk").pk,
        "check_pk": Check.objects.latest("pk").pk,
        "opening_pk": open_in_emergency(child=other, by=people("social_worker"), why=WHY).pk,
        "carer_pk": FosterCarer.objects.order_by("pk")[0].pk,
        "home_pk": ChildrensHome.objects.order_by("pk")[0].pk,
        "extract_pk": extract.pk,
        "measure_id": next(iter(MEASURES)),
        "table": "care-plans",
        "sign_off": record_care_plan(child=child, by=people("social_worker"), started_on=TODAY, plan="You stay").pk,
        "confidential_address": record_address(
            child=child, by=manager, kind="home", lines="9 Hidden Lane", is_withheld=True
        ).pk,
    }


def row_of(model: Any, whose: Mapping[str, Any]) -> Any:
    """A row of the model about whom its columns name: one that is there, else one that says as little as it may."""
    return model.objects.filter(**whose).first() or model.objects.create(**whose, **least(model, whose))


def least(model: Any, whose: Mapping[str, Any]) -> dict[str, Any]:
    """An answer for each other column of the model that needs one."""
    spared = {*whose, model._meta.pk.name}
    asked = [c for c in model._meta.fields if not (c.null or c.has_default() or c.name in spared)]
    bound = {"one": row_of(FamilyMember, whose)} if model is FamilyBond else {}
    return {column.name: _some(column, whose) for column in asked} | bound


def _some(column: Any, whose: Mapping[str, Any]) -> Any:
    if isinstance(column, CodeField):
        return next(iter(codes.load(column.codes_from)))
    if isinstance(column, ForeignKey):
        return row_of(column.related_model, whose)
    return TODAY if isinstance(column, DateField) else 1 if isinstance(column, IntegerField) else "x"
