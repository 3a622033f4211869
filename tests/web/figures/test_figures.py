"""Figures on the pages are those of the engine, kept for the day; the board sees ten, and nothing of a child."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from hearth.measures import engine
from hearth.measures.catalogue import MEASURES
from hearth.measures.periods import series
from hearth.web.access.models import AuditEvent, Restriction
from hearth.web.children.actions import start_care
from hearth.web.children.frames import record_of
from hearth.web.children.models import Child, Review
from hearth.web.figures import keeping
from hearth.web.figures.board import ten
from hearth.web.figures.models import Behind, Figure
from hearth.web.intake.models import Batch, Check
from hearth.web.work import daily, owing

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)
PLACE = {"legal_status": "C2", "category_of_need": "N1", "placement_type": "U6"}
TOOK_PART = "review-participation"


@pytest.fixture(autouse=True)
def the_day(settings: Settings) -> Iterator[None]:
    settings.HEARTH_TODAY = TODAY
    owing.limits.cache_clear()
    owing.declarations.cache_clear()
    yield
    owing.limits.cache_clear()
    owing.declarations.cache_clear()


@pytest.fixture
def children(a_child: Build, a_user: Build, allocated: Build, placed: Build) -> list[Child]:
    """Twenty children of one worker with a review each: eight took part, eleven did not, of one it is not known."""
    worker, made = a_user(name="Bo Reed"), []
    for number in range(20):
        child = a_child("Mia", f"Jones{number}", born_on=date(2012, 5, 1))
        allocated(child, worker, started_on=date(2025, 1, 1))
        placed(child, started_on=date(2025, 6, 1))
        code = "PN1" if number < 8 else "PN7" if number < 19 else ""
        Review.objects.create(child=child, held_on=date(2025, 6, 20), participation=code or None)
        made.append(child)
    return made


def kept(*, is_public: bool) -> Figure:
    return Figure.objects.get(measure=TOOK_PART, is_public=is_public)


def test_each_figure_kept_is_the_engines_and_so_are_the_children_behind_it(children: list[Child]) -> None:
    daily.reckon()
    record, periods = record_of(), series(TODAY)
    found = engine.measure(record, periods).filter(engine.pl.col("unavailable").is_null())
    plain = {row["measure"]: row for row in found.iter_rows(named=True) if not MEASURES[row["measure"]].bands}
    kept = {row.measure: row for row in Figure.objects.filter(is_public=False, unavailable="")}
    assert plain.keys() <= kept.keys()
    assert {name: kept[name].series[-1][1] for name in plain} == {name: row["value"] for name, row in plain.items()}
    behind = engine.children(record, periods)
    lines = {name: many for name, many in behind.group_by("measure").len().iter_rows() if name in kept}
    assert {one.measure: len(one.rows) for one in Behind.objects.all() if one.rows} == lines


def test_a_figure_says_what_it_is_made_of_and_opens_to_the_children(
    children: list[Child], a_user: Build, signed_in: Build
) -> None:
    analyst = a_user(role="analyst", team=None)
    client = signed_in(analyst)
    assert client.get("/").url == "/figures"
    body = client.get("/figures").content.decode()
    assert "Reviews in which the child took part" in body
    assert "8 of 19" in body or "8 of 20" in body
    page = client.get(f"/figures/{TOOK_PART}").content.decode()
    assert "Not met" in page
    assert children[10].child_id in page
    assert "Mia Jones" not in page, "an analyst reads identifiers: the record itself is not the analyst's to open"
    assert f"/child/{children[10].pk}" not in page
    assert AuditEvent.objects.about(children[10].pk).filter(user=analyst, page="measure").exists()


def test_a_manager_sees_the_names_of_the_children_within_reach_and_how_many_are_not(
    children: list[Child], a_user: Build, a_team: Build, a_child: Build, allocated: Build, signed_in: Build
) -> None:
    far, worker = a_child("Zed", "Other"), a_user(team=a_team("Far", "Another service"))
    allocated(far, worker, team="Far")
    start_care(child=far, by=worker, started_on=date(2025, 6, 1), **PLACE)
    client = signed_in(a_user(role="service_manager"))
    page = client.get("/figures/lac-count").content.decode()
    assert "20 of 21 lines" in page
    assert "Mia Jones0" in page
    assert "Zed" not in page
    rows = list(csv.reader(io.StringIO(client.get("/figures/lac-count.csv").content.decode("utf-8-sig"))))
    assert len(rows) == 21
    assert far.child_id not in {row[0] for row in rows}


def test_a_restricted_record_is_behind_no_figure_for_whoever_is_not_named(
    children: list[Child], a_user: Build, signed_in: Build
) -> None:
    manager, analyst = a_user(role="team_manager"), a_user(role="analyst", team=None)
    Restriction.objects.create(child=children[0], begun_by=manager, why="Staff").people.add(manager)
    client = signed_in(analyst)
    assert children[0].child_id not in client.get("/figures/lac-count").content.decode()
    assert children[0].child_id not in client.get("/figures/lac-count.csv").content.decode()


def test_the_board_sees_ten_measures_and_nothing_of_a_child(
    children: list[Child], a_user: Build, signed_in: Build
) -> None:
    member = a_user(role="board_member", team=None)
    client = signed_in(member)
    assert client.get("/").url == "/board"
    body = client.get("/board").content.decode()
    assert body.count("<article") == len(ten()) == 10
    assert all(asked.question.replace("'", "&#x27;") in body for asked in ten())
    assert "31 March 2026" in body
    assert not re.search(r"/child/|/figures/[a-z]+-", body)
    assert not any(child.child_id in body or str(child.last_names) in body for child in children)
    for page in ("/figures", f"/figures/{TOOK_PART}", f"/figures/{TOOK_PART}.csv", "/figures.csv", "/search", "/loads"):
        assert client.get(page).status_code == 403, page


@pytest.mark.once  # what is withheld is decided before it is kept
def test_small_numbers_are_withheld_from_the_board_and_not_from_the_analyst(children: list[Child]) -> None:
    table = """
        0  | 0%
        1  | Withheld
        5  | Withheld
        6  | 30.0%
        14 | 70.0%
        16 | Withheld
        20 | 100%"""
    for row in table.split("\n")[1:]:
        took_part, shown = (cell.strip() for cell in row.split("|"))
        for place, review in enumerate(Review.objects.order_by("pk")):
            Review.objects.filter(pk=review.pk).update(participation="PN1" if place < int(took_part) else "PN7")
        keeping.keep(record_of(), TODAY)
        assert kept(is_public=True).shown == shown
        assert kept(is_public=False).basis == f"{took_part} of 20"


def test_published_figures_stand_beside_ours_with_what_must_be_known_of_them(
    children: list[Child], a_user: Build, signed_in: Build, shared: Path, settings: Settings, tmp_path: Path
) -> None:
    settings.HEARTH_FOLDER = tmp_path
    (tmp_path / "published").symlink_to(shared / "data" / "dfe")
    body = signed_in(a_user(role="board_member", team=None)).get("/board").content.decode()
    assert "Statistical neighbours, median of" in body
    assert "Not like for like. Published: the yearly assessment" in body
    found = Figure.objects.get(measure="three-or-more-moves", is_public=True)
    assert next(row[0] for row in found.compared) == "England"


def test_the_public_scorecard_is_a_file_that_names_no_child(
    children: list[Child], a_user: Build, signed_in: Build
) -> None:
    answer = signed_in(a_user(role="board_member", team=None)).get("/figures/scorecard")
    body = answer.content.decode()
    assert 'filename="scorecard-2026-03-31.html"' in answer["Content-Disposition"]
    assert "This is the public version" in body
    assert not any(child.child_id in body for child in children)


def test_the_analyst_sees_what_was_loaded_what_was_wrong_and_the_rules_of_the_return(
    a_user: Build, signed_in: Build
) -> None:
    client = signed_in(a_user(role="analyst", team=None))
    empty = client.get("/figures").content.decode()
    assert "Nothing was loaded yet" in empty
    assert "The return was not checked yet" in empty
    batch = Batch.objects.create(kind="ssda903", said="our return", loaded_at=timezone.now())
    for row in (1, 2):
        batch.problems.create(file="episodes.csv", row=row, problem="no day", remedy="give it", effect="row set aside")
    found = {"code": "103", "message": "m", "look_at": "l", "child_id": "1"}
    made = Check.objects.create(said="the live record", year=2026, rules_run=9, findings=[found, found])
    body = client.get("/figures").content.decode()
    assert "our return" in body
    assert f"/loads/{batch.pk}" in body
    assert "2 rows break 1 rule" in body
    assert f"/checks/{made.pk}" in body


def test_kept_figures_are_read_with_a_few_questions(
    children: list[Child], a_user: Build, signed_in: Build, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    clients = [signed_in(a_user(role=role, team=None)) for role in ("analyst", "board_member")]
    daily.reckon()
    for client, page in zip(clients, ("/figures", "/board"), strict=True):
        with django_assert_max_num_queries(14):
            client.get(page)


def test_a_measure_that_there_is_not_is_not_found(a_user: Build, signed_in: Build) -> None:
    client = signed_in(a_user(role="analyst", team=None))
    for page in ("/figures/nothing-at-all", "/figures/nothing-at-all.csv", "/figures/lac-count.exe", "/figures.exe"):
        assert client.get(page).status_code == 404, page
