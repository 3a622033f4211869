"""Processor time and queries of every page, asked for in this process with the made-up authority, the costliest first.

Run with `python -m benchmarks.pages`; `--page my_work` asks for one page, `--profile` prints where its time goes,
`--postgresql` puts the record there. Nothing of the pages is left out: each is asked for through every middleware.
"""

from __future__ import annotations

import argparse
import cProfile
import logging
import os
import pstats
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.authority import environment
from benchmarks.clients import HIDDEN

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from hearth.web.access.models import User

HEADING = "| page | as | processor | queries | size |\n| --- | --- | --- | --- | --- |"
POSTED = "record_visit, sent"
Ask = Callable[["Client", Mapping[str, int | str]], "HttpResponse"]


@dataclass(frozen=True)
class Asked:
    """A page, by whom it is asked for, of which children (none: it is about no child), and how."""

    name: str
    role: str
    user: User
    children: Sequence[int]
    given: Mapping[str, str]
    ask: Ask

    def addresses(self, times: int) -> Iterator[Mapping[str, int | str]]:
        """What fills the address, ``times`` over."""
        for turn in range(times):
            child = {"child_pk": self.children[turn % len(self.children)]} if self.children else {}
            yield {**self.given, **child}


@dataclass(frozen=True)
class Cost:
    """What a page takes: milliseconds of processor time and queries in the middle, kilobytes, statuses not expected."""

    asked: Asked
    milliseconds: float
    queries: float
    kilobytes: float
    wrong: frozenset[int]

    @property
    def row(self) -> str:
        """A row of a Markdown table."""
        said = f"{self.milliseconds:.1f} ms | {self.queries:.0f} | {self.kilobytes:.0f} kB"
        wrong = f" ({', '.join(map(str, sorted(self.wrong)))})" if self.wrong else ""
        return f"| {self.asked.name}{wrong} | {self.asked.role} | {said} |"


def pages(only: str, role: str, most: int) -> Iterator[Asked]:
    """The pages that answer a plain request, each as the made-up people whose posts reach least and furthest."""
    from django.urls import get_resolver

    from hearth.web.access.policy import pages as policy

    people, words = _people(), {"form": "csv"}
    for name, keys in _addresses(get_resolver().url_patterns):
        page = policy()[name]
        if (only and name != only) or not keys <= {"child_pk", "form"} or name.startswith(("account", "mfa", "social")):
            continue
        held = [one for one in people if (page.reach[one] or page.is_for_all) and role in ("", one)]
        for one in dict.fromkeys(pick(held, key=page.reach.__getitem__) for pick in (min, max) if held):
            children = _children(people[one], name, most) if "child_pk" in keys else []
            if children or "child_pk" not in keys:
                yield from _asked(name, one, people[one], children, {key: words[key] for key in keys & words.keys()})


def _asked(name: str, role: str, user: User, children: list[int], words: Mapping[str, str]) -> Iterator[Asked]:
    yield Asked(name, role, user, children, words, _getting(name))
    if name == "record_visit":
        yield Asked(POSTED, role, user, children, words, _sending(name))


def _people() -> dict[str, User]:
    from hearth.web.access.models import Post

    held = Post.objects.filter(user__is_made_up=True, ended_on=None).select_related("user").order_by("-pk")
    return {post.role: post.user for post in held}


def _children(user: User, page: str, most: int) -> list[int]:
    from hearth.web.children.models import Child

    seen = list(Child.objects.visible_to(user, page).order_by("pk").values_list("pk", flat=True))
    return seen[:: max(1, len(seen) // most)][:most]


def _addresses(patterns: Sequence[Any]) -> Iterator[tuple[str, set[str]]]:
    """The name of each address with the keys it takes, the shortest where a name has several."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _addresses(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name, set(pattern.pattern.converters)


def _getting(name: str) -> Ask:
    from django.urls import reverse

    query = {"search": "?q=Smith"}.get(name, "")
    return lambda client, given: client.get(reverse(name, kwargs=given) + query)


def _sending(name: str) -> Ask:
    from django.urls import reverse

    def send(client: Client, given: Mapping[str, int | str]) -> HttpResponse:
        url = reverse(name, kwargs=given)
        hidden = {key.decode(): value.decode() for key, value in HIDDEN.findall(client.get(url).content)}
        form = {**hidden, "visited_on": "2026-03-30", "is_seen": "yes", "is_seen_alone": "yes"}
        return lambda: client.post(url, form)

    return send


def cost(asked: Asked, times: int, profile: cProfile.Profile | None = None) -> Cost:
    """Asks for a page: twice to warm up, then as often as is measured."""
    from django.db import connection
    from django.test import Client

    client = Client(HTTP_HOST="localhost", raise_request_exception=False)
    client.force_login(asked.user)
    taken, queries, sizes, wrong = [], [], [], set()
    for turn, given in enumerate(asked.addresses(times + 2)):
        counted: list[str] = []
        ready = asked.ask(client, given) if asked.name == POSTED else lambda given=given: asked.ask(client, given)
        if profile and turn > 1:
            profile.enable()
        with connection.execute_wrapper(_counting(counted)):
            began = time.process_time()
            answer = ready()
            body = b"".join(answer) if answer.streaming else answer.content
            spent = time.process_time() - began
        if profile:
            profile.disable()
        if answer.status_code not in (200, 302):
            wrong.add(answer.status_code)
        if turn > 1:
            taken.append(1000 * spent)
            queries.append(len(counted))
            sizes.append(len(body) / 1000)
    return Cost(asked, statistics.mean(taken), statistics.mean(queries), statistics.mean(sizes), frozenset(wrong))


def _counting(counted: list[str]) -> Callable[..., Any]:
    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        counted.append(sql)
        return execute(sql, params, many, context)

    return count


def main() -> None:
    """Prints the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--postgresql", action="store_true")
    asked.add_argument("--folder", type=Path, help="Where the made-up authority is kept from one run to the next.")
    asked.add_argument("--page", default="", help="This page only, by the name of its address.")
    asked.add_argument("--role", default="", help="As a person of this role.")
    asked.add_argument("--times", type=int, default=10)
    asked.add_argument("--profile", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="hearth-bench-") as name:
        os.environ.update(environment(given.folder or Path(name), postgresql=given.postgresql))
        measure(given)


def measure(given: argparse.Namespace) -> None:
    """Makes the authority where there is none, and measures."""
    from benchmarks.authority import make

    make(1000)
    from hearth.web.config.wsgi import settle

    settle()
    profile = cProfile.Profile(time.process_time) if given.profile else None
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        logging.getLogger("hearth").handlers[0].setStream(nowhere)  # type: ignore[attr-defined]  # a StreamHandler
        found = [cost(one, given.times, profile) for one in pages(given.page, given.role, given.times)]
    print(HEADING)
    for one in sorted(found, key=lambda one: -one.milliseconds):
        print(one.row)
    if profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(70)
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    main()
