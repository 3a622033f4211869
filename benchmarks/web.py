"""Drives `hearth serve` on loopback: 60 people at once on a made-up authority, 10% writes, beside bare Django.

Run with `make bench-web`; `--postgresql` puts the record there. The day's pages are asked for at a steady 60 requests a
second, then as fast as they are answered. Prints requests answered a second, p50 and p95 by page, and the server's
processor time a request, which says more than times where others use the machine (Linux alone tells it).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import authority
from benchmarks.clients import Person, Seen, flood, use

A_SECOND, PEOPLE, WRITES = 60.0, 60, 0.1
HEADING = "| page | answered | p50 | p95 |\n| --- | --- | --- | --- |"
MAKE = """
import json, sys
from benchmarks import authority
authority.make(int(sys.argv[1]))
from django.test import Client
from hearth.web.access.models import Post
from hearth.web.children.models import Child
landing = {"social_worker": "/my-work", "reviewing_officer": "/my-work", "personal_adviser": "/my-work"}
people = []
for post in Post.objects.filter(role__in=landing).select_related("user").order_by("pk")[:int(sys.argv[2])]:
    client = Client(); client.force_login(post.user)
    seen = Child.objects.visible_to(post.user, "child").values_list("pk", flat=True)[:30]
    visited = Child.objects.visible_to(post.user, "record_visit").values_list("pk", flat=True)[:30]
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    people.append({"cookies": cookies, "children": list(seen), "visited": list(visited), "landing": landing[post.role]})
print(json.dumps(people))
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(port: int, command: list[str], environment: dict[str, str], path: str) -> Iterator[int]:
    """A server, from when it first answers: its process."""
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(900):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise SystemExit("the server did not start")
        yield server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def spent_by(process: int) -> float:
    """Seconds of processor time of a process and of those it started, as Linux tells it; elsewhere zero."""
    folder = Path(f"/proc/{process}")
    if not folder.exists():
        return 0.0
    user, system = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    begun = (one for task in folder.glob("task/*/children") for one in task.read_text(encoding="utf-8").split())
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK") + sum(spent_by(int(one)) for one in begun)


def told(title: str, server: int, drive: Callable[[], Coroutine[Any, Any, Seen]]) -> None:
    """Drives the server and prints a table, what it took, and how many requests went wrong."""
    before = spent_by(server)
    seen = asyncio.run(drive())
    spent = spent_by(server) - before
    print(f"\n{title}\n\n{HEADING}")
    for row in seen.rows():
        print(row)
    each = f"{1000 * spent / max(seen.requests, 1):.1f} ms a request" if spent else "not known here"
    print(
        f"\nProcessor time of the server: {each}; of the driver, {seen.processor / seen.seconds:.0%} of one processor."
    )
    print(f"{len(seen.wrong)} errors" + "".join(f"\n  {wrong}" for wrong in seen.wrong[:5]))


def bare(folder: Path, seconds: float) -> None:
    """Bare Django behind the same server."""
    port = free_port()
    here = {**os.environ, "BARE_DATABASE": str(folder / "bare.sqlite3")}
    subprocess.run([sys.executable, "-c", "from benchmarks import bare; bare.make_table()"], env=here, check=True)
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1",
        "--port", str(port), "--log-level", "warning", "benchmarks.bare:application",
    ]  # fmt: skip
    with serving(port, command, here, "/hello") as server:
        for path in ("/hello", "/one-query"):
            told(f"Bare Django, {path}, 8 connections", server, partial(flood, port, path, 8, seconds))


def hearth(place: dict[str, str], children: int, seconds: float, more: Sequence[str]) -> None:
    """Hearth at a steady pace, then as fast as it answers."""
    made = subprocess.run(
        [sys.executable, "-c", MAKE, str(children), str(PEOPLE)], env=place, capture_output=True, text=True, check=True
    )
    people = [Person(**one) for one in json.loads(made.stdout.splitlines()[-1])]
    port = free_port()
    command = [sys.executable, "-m", "hearth", "serve", "--port", str(port), "--migrate", *more]
    with serving(port, command, place, "/health") as server:
        asyncio.run(use(port, people, 5, A_SECOND / 2, 0))
        for words, pace in (
            (f"a steady {A_SECOND:.0f} requests a second", A_SECOND),
            ("as fast as answered", math.inf),
        ):
            title = f"Hearth, {len(people)} people, {words}, {WRITES:.0%} writes"
            told(title, server, partial(use, port, people, seconds, pace, WRITES))


def main() -> None:
    """Runs the bench."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--postgresql", action="store_true")
    asked.add_argument("--children", type=int, default=1000)
    asked.add_argument("--seconds", type=float, default=20)
    asked.add_argument("--workers", type=int, help="Processes that serve; as `hearth serve` does it where not said.")
    asked.add_argument("--folder", type=Path, help="Where the made-up authority is kept from one run to the next.")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="hearth-bench-") as name:
        folder = given.folder or Path(name)
        place = authority.environment(folder, postgresql=given.postgresql)
        bare(folder, 5)
        hearth(place, given.children, given.seconds, ["--workers", str(given.workers)] if given.workers else [])


if __name__ == "__main__":
    main()
