"""A case: a record as a social worker would write it down, what follows on 31 March 2026 by hand from the law, and why.

The page is read as the worker reads it: its words, not the objects behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from lxml import html

from hearth.web.children import mirror
from hearth.web.children.models import Child

Build = Callable[..., Any]
ON = date(2026, 3, 31)
ROWS = ("In care", "Legal status", "Placement", "Plan for permanence", "Asylum", "Leaving care")


@dataclass(frozen=True)
class Case:
    """A child, and the page.

    ``episodes``: from, to, reason begun, legal status, placement, reason ended. ``beside``: other rows by table.
    ``page``: the rows of *How things stand*. ``because``: what stands under the last of them. ``tags``: the bar.
    """

    who: str
    born_on: str
    episodes: str
    page: str
    tags: str
    because: str = ""
    beside: str = ""
    died_on: str | None = None


def the_page(case: Case, a_child: Build, placed: Build, client_of: Callable[[Child], Any]) -> Any:
    """The page of the case's child, as a worker who has the child reads it."""
    child = a_child("Mia", "Jones", born_on=a_day(case.born_on), died_on=a_day(case.died_on))
    for began, ended, why, order, placement, reason in rows(case.episodes):
        placed(
            child, a_day(began), ended_on=a_day(ended), reason_started=why, legal_status=order,
            placement_type=placement, reason_ended=reason or None,
        )  # fmt: skip
    for line in lines(case.beside):
        add(child, line)
    return html.fromstring(client_of(child).get(reverse("child", args=[child.pk])).content)


def lines(said: str) -> list[str]:
    return [line.strip() for line in said.strip().splitlines() if line.strip()]


def rows(said: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in lines(said)]


def a_day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def add(child: Child, line: str) -> None:
    """A row of another table: "returns_home: started_on=2025-08-15"."""
    table, _, facts = line.partition(": ")
    given = dict(fact.split("=") for fact in facts.split())
    days = {name: a_day(value) for name, value in given.items() if name.endswith("_on")}
    mirror.models()[table].objects.create(child=child, **(given | days))


def stands(page: Any) -> list[str]:
    """The rows of *How things stand* in words, without the reasons under them."""
    found = []
    for row in of(page, "govuk-summary-list__row"):
        key, value = of(row, "govuk-summary-list__key")[0], of(row, "govuk-summary-list__value")[0]
        said = "".join(value.xpath(".//text()[not(ancestor::*[@class='hearth-why'])]"))
        if text(key) in ROWS:
            found.append(f"{text(key)}: {' '.join(said.split())}")
    return found


def of(part: Any, name: str) -> list[Any]:
    """The elements of a class, in order."""
    return part.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def text(part: Any) -> str:
    return " ".join(part.text_content().split())
