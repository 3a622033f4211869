"""No number without its list: each number of a board leads to as many lines, and totals are the sum of their rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client

from hearth.web.access.models import User
from hearth.web.figures.board import ten
from hearth.web.intake.demo import make_demo
from hearth.web.work import daily, owing
from tests.web.furnishing import furnish

TODAY = date(2026, 3, 31)
PARTS = {"thead": "thead", "tbody": "tbody", "tfoot": "tbody", "ul": "ul"}
"""Parts of a page in which cells stand; the last rows of a table, with its totals, are rows."""
NUMBER = re.compile(r"^([\d,]+)\b")
IN_BRACKETS = re.compile(r"\(([\d,]+)\)?")
PAGES = {
    "team_manager": "/my-team",
    "service_manager": "/my-service",
    "placements": "/placements",
    "participation": "/participation",
    "analyst": "/figures",
}


@dataclass
class Cell:
    """A cell of a table, or a tile: its words and where its link leads."""

    words: str = ""
    href: str = ""


@dataclass
class Table:
    """The rows of the body of a table, as cells; and the headings of its columns."""

    headings: list[str] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


class Page(HTMLParser):
    """What a page shows: tiles, tables, lines of worklists, links with their words, and all its words."""

    def __init__(self, url: str, body: str) -> None:
        super().__init__()
        self.url, self.words = url, ""
        self.tiles: list[Cell] = []
        self.tables: list[Table] = []
        self.links: list[Cell] = []
        self.lines = 0
        self._open: list[Cell] = []
        self._parts: list[str] = []
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        self.lines += "hearth-worklist__line" in classes
        if tag == "table":
            self.tables.append(Table())
        if tag in PARTS:
            self._parts.append("tiles" if "hearth-tiles" in classes else PARTS[tag])
        part = self._parts[-1] if self._parts else ""
        if tag == "tr" and part == "tbody":
            self.tables[-1].rows.append([])
        if tag in ("td", "th") and part in ("thead", "tbody"):
            self._open = [Cell()]
            if part == "tbody":
                self.tables[-1].rows[-1].append(self._open[0])
        if tag == "li" and part == "tiles":
            self._open = [Cell()]
            self.tiles.append(self._open[0])
        if tag == "a" and given.get("href"):
            link = Cell(href=given["href"] or "")
            self.links.append(link)
            for one in self._open:
                one.href = link.href
            self._open.append(link)

    def handle_endtag(self, tag: str) -> None:
        if tag in PARTS and self._parts:
            self._parts.pop()
        if tag == "a":
            self._open = [one for one in self._open if one is not self.links[-1]]
        if tag in ("td", "th", "li"):
            if tag == "th" and self._parts and self._parts[-1] == "thead":
                self.tables[-1].headings.append(self._open[0].words.strip() if self._open else "")
            self._open = []

    def handle_data(self, data: str) -> None:
        self.words += data
        for one in self._open:
            one.words += data

    @property
    def numbers(self) -> Iterator[tuple[int, str, str]]:
        """Each number that leads to a list: the number, what is said, where."""
        for link in self.links:
            found = NUMBER.match(link.words.strip()) or IN_BRACKETS.search(link.words)
            if found and not link.href.startswith(("/child/", "?page=")):
                yield int(found[1].replace(",", "")), link.words.strip(), urljoin(self.url, link.href)


class Reader:
    """Somebody who opens pages, and counts the lines of lists over all their pages."""

    def __init__(self, person: User) -> None:
        self.client = Client()
        self.client.force_login(person)

    def page(self, url: str) -> Page:
        answer = self.client.get(url.partition("#")[0])
        assert answer.status_code == 200, url
        return Page(url, answer.content.decode())

    def length(self, url: str) -> int:
        """How many lines a list has; of a part of a page, those of the part."""
        page = self.page(url)
        if url.endswith("#workers"):
            rows = next(table.rows for table in page.tables if table.headings[0] == "Worker")
            return len({row[0].words.split("  ")[0] for row in rows if "Nobody now" not in row[0].words})
        if url.endswith("#ahead"):
            return sum("Too much" in cell.words for table in page.tables for row in table.rows for cell in row)
        if url.endswith("#measures"):
            return sum(len(table.rows) for table in page.tables if table.headings[0] == "Measure")
        if url.startswith("/checks/"):
            return sum(number(row[-1].words) for row in page.tables[0].rows)
        return sum(map(self._lines, self.whole(page)))

    def whole(self, first: Page) -> Iterator[Page]:
        """Every page of a list."""
        yield first
        told = [int(found[1]) for link in first.links if (found := re.search(r"\bpage=(\d+)", link.href))]
        joined = "&" if "?" in first.url else "?"
        for at in range(2, max(told, default=1) + 1):
            yield self.page(f"{first.url.partition('#')[0]}{joined}page={at}")

    @staticmethod
    def _lines(page: Page) -> int:
        rows = page.tables[-1].rows if page.tables else []
        return page.lines or len(rows)


def number(words: str) -> int:
    """The number with which a cell begins."""
    found = NUMBER.match(words.strip())
    assert found, words
    return int(found[1].replace(",", ""))


@pytest.fixture(scope="module")
def readers(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Reader]]:
    """A made-up authority with the day worked out, and a reader for each role; taken back afterwards."""
    from django.conf import settings
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        before, settings.HEARTH_TODAY = settings.HEARTH_TODAY, TODAY
        owing.limits.cache_clear()
        people = {one.posts.get().role: one for one in make_demo(as_of=TODAY, children=60, years=3).people}
        furnish(people)
        daily.reckon()
        yield {role: Reader(person) for role, person in people.items()}
        transaction.set_rollback(True)
        settings.HEARTH_TODAY = before
        owing.limits.cache_clear()


@pytest.mark.django_db
@pytest.mark.parametrize("role", PAGES)
def test_each_number_leads_to_as_many_lines(readers: dict[str, Reader], role: str) -> None:
    reader = readers[role]
    numbers = list(reader.page(PAGES[role]).numbers)
    wrong = [f"{said}: {url}: {reader.length(url)}" for many, said, url in numbers if reader.length(url) != many]
    assert not wrong, "\n".join(wrong)
    assert len(numbers) > 8


@pytest.mark.django_db
@pytest.mark.parametrize("role", PAGES)
def test_each_number_of_a_tile_and_of_a_board_has_a_list(readers: dict[str, Reader], role: str) -> None:
    page = readers[role].page(PAGES[role])
    assert len(page.tiles) >= 3
    assert all(tile.href for tile in page.tiles)
    counted = {"Children", "Overdue", "Due in 14 days", "In drift", "Our own", "Outside the area", "Reviews"}
    for table in page.tables:
        for row in table.rows:
            for heading, cell in zip(table.headings, row, strict=True):
                assert heading not in counted or cell.href or cell.words.strip() == "0", (heading, cell)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["team_manager", "service_manager"])
def test_the_tiles_are_the_sums_of_the_rows_or_the_page_says_by_how_much_not(
    readers: dict[str, Reader], role: str
) -> None:
    page = readers[role].page(PAGES[role])
    table = next(one for one in page.tables if one.headings[0] in ("Worker", "Team"))
    said = re.search(r"(\d+) (child|children) (has|have|is|are) (two workers here|held by two teams)", page.words)
    twice = int(said[1]) if said else 0
    for tile, heading in zip(page.tiles, ("Children", "Overdue", "In drift"), strict=False):
        at = table.headings.index(heading)
        over = sum(number(row[at].words) for row in table.rows) - number(tile.words)
        assert over == twice if heading == "Children" or not twice else over >= 0, heading


@pytest.mark.django_db
def test_the_kinds_of_placement_and_the_ways_of_taking_part_add_up(readers: dict[str, Reader]) -> None:
    kinds = readers["placements"].page("/placements").tables[0]
    *rows, whole = [[number(cell.words) for cell in row[1:]] for row in kinds.rows]
    assert [sum(column) for column in zip(*rows, strict=True)] == whole
    voice = readers["participation"].page("/participation")
    assert sum(number(row[1].words) for row in voice.tables[0].rows) == number(voice.tiles[0].words)


@pytest.mark.django_db
def test_what_a_measure_is_made_of_is_the_list_behind_it(readers: dict[str, Reader]) -> None:
    analyst, checked = readers["analyst"], 0
    for table in analyst.page("/figures").tables:
        for row in table.rows if table.headings[0] == "Measure" else ():
            made = re.fullmatch(r"([\d,]+) of ([\d,]+)", row[2].words.strip())
            if made and row[1].words.strip().endswith("%"):
                many, of = (int(one.replace(",", "")) for one in made.groups())
                answers = Counter(answers_of(analyst, row[0].href))
                known = sum(answers.values()) - answers["Not known"]
                hidden = hidden_on(analyst.page(row[0].href))
                assert 0 <= of - known <= hidden + answers["Not known"], row[0].href
                assert 0 <= many - answers["Met"] - answers["Counted"] <= hidden, row[0].href
                checked += 1
    assert checked > 20


def hidden_on(page: Page) -> int:
    """How many lines the page says it leaves out: of a restricted record, or of children outside the reader's reach."""
    said = re.search(r"(\d+) of (\d+) lines: the others are of children outside your reach", page.words)
    return int(said[2]) - int(said[1]) if said else 0


def answers_of(reader: Reader, url: str) -> Iterator[str]:
    """The answer of each line behind a measure."""
    for page in reader.whole(reader.page(url)):
        yield from (row[2].words.strip() for row in page.tables[-1].rows)


@pytest.mark.django_db
def test_a_figure_of_the_board_leads_whoever_may_see_children_to_them_and_nobody_else(
    readers: dict[str, Reader],
) -> None:
    member = readers["board_member"].page("/board")
    assert not [link for link in member.links if re.match(r"/figures/(?!scorecard)", link.href)]
    assert "are withheld" in member.words
    behind = [link.href for link in readers["service_manager"].page("/board").links if "behind" in link.words]
    assert len(behind) == len([asked for asked in ten() if f"/figures/{asked.measure.id}#behind" in behind]) > 5
