"""The menu: a few places for each role, the others one step further, and each where the policy lets it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml import html

from hearth.web.access.context import MOST, places
from hearth.web.access.policy import may_open, pages
from hearth.web.access.roles import Role
from hearth.web.access.standing import standing

pytestmark = pytest.mark.django_db
Build = Callable[..., Any]
MENU = "//nav[@aria-label='Menu']//a"


def links(page: Any, where: str) -> list[str]:
    return [str(link.text_content()).strip() for link in page.xpath(where)]


@pytest.mark.parametrize("role", Role.values)
def test_a_menu_is_short_and_with_the_page_more_it_has_every_place_of_the_role_once(
    a_user: Build, signed_in: Build, role: str
) -> None:
    user = a_user(role=role)
    page = html.fromstring(signed_in(user).get("/more").content)
    shown = links(page, MENU)
    assert 0 < len(shown) <= MOST
    wanted = [one.menu for one in pages().values() if one.menu and may_open(standing(user), one.name)]
    if "More" in shown:
        shown = [*shown[:-1], *links(page, "//main//li/a")]
    assert sorted(shown) == sorted(wanted)


def test_a_service_managers_menu_begins_with_the_days_work_and_more_is_by_area(a_user: Build, signed_in: Build) -> None:
    page = html.fromstring(signed_in(a_user(role="service_manager")).get("/more").content)
    assert links(page, MENU) == ["My service", "My team", "My work", "My reviews", "Drift", "Search", "More"]
    assert links(page, "//main//h2") == [
        "Health",
        "Education",
        "The child and the care",
        "Foster carers, children's homes and the council",
        "Figures and papers",
        "Administration",
    ]
    assert "Placements" in links(page, "//main//li/a")


@pytest.mark.parametrize(
    ("path", "here"),
    [("/my-service", "My service"), ("/placements", "More"), ("/more", "More"), ("/my-team/list", "My team")],
)
def test_the_menu_says_where_one_is_also_on_a_page_behind_more(a_user: Build, path: str, here: str) -> None:
    found = places(standing(a_user(role="service_manager")), path)
    assert [place.link.words for place in found if place.is_here] == [here]


def test_who_has_no_post_is_told_that_there_is_nothing_more(a_user: Build, signed_in: Build) -> None:
    assert "nothing more that you may open" in signed_in(a_user(role=None)).get("/more").content.decode()


def test_whoever_lands_on_a_list_of_places_reads_what_is_at_each(a_user: Build, signed_in: Build) -> None:
    page = html.fromstring(signed_in(a_user(role="administrator", team=None)).get("/").content)
    said = [" ".join(item.text_content().split()) for item in page.xpath("//main//ul[contains(@class, 'places')]/li")]
    assert "PeoplePeople who may sign in" in said
    assert all(len(words.split()) > 3 for words in said)
