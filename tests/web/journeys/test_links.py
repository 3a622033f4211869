"""Every link of every role: what a page offers leads to a page, and every page is offered somewhere."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from hearth.web.access.models import User
from hearth.web.access.policy import pages
from hearth.web.access.roles import Role
from hearth.web.intake.demo import make_demo
from tests.web.furnishing import furnish
from tests.web.journeys.conftest import TODAY

EACH = 2
"""Examples of one page, asked in one way, that each visitor looks at."""
ELSEWHERE = ("https://", "mailto:", "tel:", "#", "javascript:")

UNREACHED = {
    "health_check": "asked by the machine that watches the service",
    "still_here": "asked by the page itself while somebody types",
    "account_signup": "nobody adds themselves: allauth leads there only when told to",
    "account_inactive": "shown to a person shut out between the code's sending and its use",
    "account_request_login_code": "shown after three wrong codes",
    "account_confirm_login_code": "shown after a code was sent",
    "mfa_authenticate": "the second step of those who have one",
    "mfa_reauthenticate": "of those who have an authenticator app: test_refusals",
    "mfa_reauthenticate_webauthn": "of those who have a passkey",
    "mfa_remove_webauthn": "of those who have a passkey",
    "mfa_edit_webauthn": "of those who have a passkey",
    "mfa_deactivate_totp": "of those who have an authenticator app",
    "mfa_view_recovery_codes": "of those who have a second step",
    "mfa_generate_recovery_codes": "of those who have a second step",
    "mfa_download_recovery_codes": "of those who have a second step",
    "openid_connect_login": "only where the council's sign-in is set up: test_council",
    "openid_connect_callback": "only where the council's sign-in is set up: test_council",
    "socialaccount_login_error": "only where the council's sign-in is set up: test_council",
    "socialaccount_login_cancelled": "only where the council's sign-in is set up: test_council",
    "socialaccount_signup": "nobody adds themselves",
    "design": "for whoever builds pages; not in the menu",
    "child_photo": "only of a child with a photo: tests/web/children/test_photo",
    "confidential_address": "only where an address is kept apart: tests/web/children/test_addresses",
    "figures_export": "only once figures are kept: tests/web/figures",
    "measure": "only once figures are kept: tests/web/figures",
    "measure_export": "only once figures are kept: tests/web/figures",
    "public_scorecard": "only once figures are kept: tests/web/figures",
    "paper_education": "a paper of another area: tests/web/sheets/test_index",
    "paper_health": "a paper of another area: tests/web/sheets/test_index",
    "paper_leaving_care": "a paper of another area: tests/web/sheets/test_index",
    "paper_safety": "a paper of another area: tests/web/sheets/test_index",
    "restriction_lifted": "only on the page of a record that is restricted: tests/web/children/test_opening",
}
"""Pages that no page offers to the people of the demonstration, with the reason."""


class Reader(HTMLParser):
    """What a page offers: addresses to go to and to send forms to; and its headings and title."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.posts: list[str] = []
        self.headings = 0
        self.title = ""
        self._in_title = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.headings += tag == "h1"
        self._in_title = tag == "title" or (self._in_title and tag != "body")
        if tag in ("a", "area") and given.get("href"):
            self.links.append(given["href"] or "")
        if given.get("hx-get"):
            self.links.append(given["hx-get"] or "")
        if tag == "form":
            is_sent = (given.get("method") or "get").lower() == "post"
            (self.posts if is_sent else self.links).append(given.get("action") or "")
        if tag == "input" and given.get("name") == "q":
            self.links.append(f"{reverse('search')}?q=an")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        self.title += data if self._in_title else ""


@dataclass
class Visitor:
    """Somebody who follows every link, some examples of each page asked in each way."""

    who: str
    client: Client
    reached: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def walk(self, start: str) -> None:
        """Follows what the first page offers, then what those pages offer, until nothing is new."""
        waiting, seen, times = deque([(start, "the address")]), set[str](), Counter[tuple[str, tuple[str, ...]]]()
        while waiting:
            url, offered_on = waiting.popleft()
            name = name_of(url)
            way = (name, tuple(sorted(parse_qs(urlsplit(url).query))))
            if url in seen or times[way] >= EACH:
                continue
            seen.add(url)
            times[way] += 1
            waiting += [(link, url) for link in self.visit(url, name, offered_on)]

    def visit(self, url: str, name: str, offered_on: str) -> Iterator[str]:
        """Looks at a page, says what is wrong with it, and gives the addresses it offers."""
        if not name:
            self.say(url, offered_on, "no such address here")
            return
        self.reached.add(name)
        answer = self.client.get(url)
        if answer.status_code in (301, 302):
            yield urljoin(url, answer.headers["Location"])
            return
        if answer.status_code != 200:
            self.say(url, offered_on, str(answer.status_code))
            return
        if not answer.headers["Content-Type"].startswith("text/html"):
            return
        words = answer.content.decode()
        read = Reader(words)
        if read.headings != 1 or not read.title.strip():
            self.say(url, offered_on, f"{read.headings} headings of the first level, title {read.title.strip()!r}")
        if "Traceback (most recent call last)" in words:
            self.say(url, offered_on, "a traceback")
        self.reached |= {name_of(urljoin(url, post)) for post in read.posts}
        yield from (urljoin(url, link).split("#")[0] for link in read.links if not link.startswith(ELSEWHERE))

    def say(self, url: str, offered_on: str, what: str) -> None:
        self.wrong.append(f"{self.who}: {url}, offered on {offered_on}: {what}")


def name_of(url: str) -> str:
    """The name of the page at an address; empty where there is none."""
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""


@pytest.mark.once  # what pages lead to is the same on either database, and each is opened there by other tests
@pytest.mark.django_db
def test_every_link_leads_to_a_page_and_every_page_is_linked(settings):
    settings.HEARTH_DEMO = True
    people = {person.posts.get().role: person for person in make_demo(as_of=TODAY, children=40, years=2).people}
    assert set(people) == set(Role.values)
    furnish(people)
    visitors = [Visitor("nobody signed in", Client())]
    visitors[0].walk(reverse("account_login"))
    for role, person in people.items():
        visitors.append(Visitor(role, signed_in(person)))
        visitors[-1].walk("/")
    wrong = [sentence for visitor in visitors for sentence in visitor.wrong]
    assert not wrong, "\n".join(wrong)
    reached = set[str]().union(*(visitor.reached for visitor in visitors))
    unreached = set(pages()) - reached
    forgotten, linked = sorted(unreached - set(UNREACHED)), sorted(set(UNREACHED) - unreached)
    assert not forgotten, f"nothing leads to these pages: link them, or say why: {', '.join(forgotten)}"
    assert not linked, f"something leads to these pages: take them off the list: {', '.join(linked)}"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client
