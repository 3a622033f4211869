"""People at their browsers: connections that stay open, a request at a time each, and how long each answer took."""

from __future__ import annotations

import asyncio
import random
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

HIDDEN = re.compile(rb'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass
class Seen:
    """Times by page in seconds, what went wrong, how long it all took, and the driver's own processor time."""

    times: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0
    processor: float = 0.0

    @contextmanager
    def timing(self) -> Iterator[None]:
        """Notes how long what is done within it took."""
        began, spent = time.perf_counter(), time.process_time()
        yield
        self.seconds, self.processor = time.perf_counter() - began, time.process_time() - spent

    @property
    def requests(self) -> int:
        """How many were answered."""
        return sum(map(len, self.times.values()))

    def rows(self) -> Iterable[str]:
        """A row of a Markdown table for each page, then all together."""
        every = [one for times in self.times.values() for one in times]
        for page, times in [*sorted(self.times.items()), ("all", every)]:
            p50, p95 = (1000 * cut for cut in quantiles(times))
            yield f"| {page} | {len(times) / self.seconds:.1f}/s | {p50:.0f} ms | {p95:.0f} ms |"


def quantiles(times: list[float]) -> tuple[float, float]:
    """Half and 95 of 100 are as quick as these."""
    if len(times) < 2:
        return (times[0], times[0]) if times else (0.0, 0.0)
    cuts = statistics.quantiles(times, n=20)
    return statistics.median(times), cuts[18]


class Connection:
    """One connection, kept open, with one person's cookies."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.port, self.cookies = port, dict(cookies)
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        """The status and the body."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        body = urlencode(form).encode() if form is not None else b""
        lines = [
            f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
            "Host: localhost",
            f"Cookie: {'; '.join(f'{name}={value}' for name, value in self.cookies.items())}",
        ]
        if form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
            lines.append(f"Referer: http://localhost{path}")
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()
        return await self._answer(reader)

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        head = await reader.readuntil(b"\r\n\r\n")
        status, length, is_chunked = int(head[9:12]), 0, False
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif name.lower() == b"transfer-encoding":
                is_chunked = b"chunked" in value.lower()
            elif name.lower() == b"set-cookie":
                cookie, _, said = value.strip().partition(b";")[0].decode().partition("=")
                self.cookies[cookie] = said
        return status, await (self._chunks(reader) if is_chunked else reader.readexactly(length))

    async def _chunks(self, reader: asyncio.StreamReader) -> bytes:
        body = b""
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
        return body


@dataclass
class Person:
    """Someone signed in, the children they have, and those whose visits they record."""

    cookies: dict[str, str]
    children: list[int]
    visited: list[int]
    landing: str


@dataclass(frozen=True)
class Pace:
    """Until when, how long between two requests of a person, and how likely each is to be a visit recorded."""

    ends: float
    pause: float
    visits: float


async def use(port: int, people: list[Person], seconds: float, a_second: float, writes: float) -> Seen:
    """Has the people use the service; ``writes`` of 1 of their requests are a visit saved.

    ``a_second``: requests asked for in a second, the next of a person never before the last was answered; infinity: as
    fast as they are answered.
    """
    able = sum(bool(person.visited) for person in people) / len(people)
    # A visit is two requests, its form and its answers, one of which writes.
    visits = writes / (1 - writes) / able if able else 0.0
    seen, pace = Seen(), Pace(time.perf_counter() + seconds, len(people) / a_second, visits)
    with seen.timing():
        await asyncio.gather(*(_one(port, person, pace, seen, at) for at, person in enumerate(people)))
    return seen


async def _one(port: int, person: Person, pace: Pace, seen: Seen, seed: int) -> None:
    ends, pause, visits = pace.ends, pace.pause, pace.visits
    chance, line = random.Random(seed), Connection(port, person.cookies)
    due = time.perf_counter() + chance.random() * pause
    while due < ends and time.perf_counter() < ends:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        try:
            if person.visited and chance.random() < visits:
                due += pause * await _record(line, chance.choice(person.visited), chance, seen)
            else:
                await _read(line, person, chance, seen)
        except (OSError, asyncio.IncompleteReadError) as error:
            seen.wrong.append(f"{type(error).__name__}: {error}")
            line.streams = None
        due += pause


async def _timed(line: Connection, name: str, seen: Seen, path: str, form: dict[str, str] | None = None) -> bytes:
    began = time.perf_counter()
    status, body = await line.ask(path, form)
    seen.times[name].append(time.perf_counter() - began)
    if status >= 400 or (form is not None and status != 302):
        seen.wrong.append(f"{name} {path}: {status}")
    return body


async def _read(line: Connection, person: Person, chance: random.Random, seen: Seen) -> None:
    kind = chance.random()
    if kind < 0.45 or not person.children:
        await _timed(line, "my work", seen, person.landing)
    elif kind < 0.9:
        await _timed(line, "a child's page", seen, f"/child/{chance.choice(person.children)}")
    else:
        await _timed(line, "search", seen, "/search?q=Smith")


async def _record(line: Connection, child: int, chance: random.Random, seen: Seen) -> int:
    path = f"/child/{child}/record/visit"
    page = await _timed(line, "form of a visit", seen, path)
    hidden = {name.decode(): value.decode() for name, value in HIDDEN.findall(page)}
    day = f"2026-03-{chance.randint(1, 31):02}"
    form = {**hidden, "visited_on": day, "is_seen": "yes", "is_seen_alone": "yes"}
    await _timed(line, "a visit recorded", seen, path, form)
    return 1


async def flood(port: int, path: str, connections: int, seconds: float) -> Seen:
    """Asks for one page as fast as it is answered, over some connections."""
    seen, ends = Seen(), time.perf_counter() + seconds

    async def one() -> None:
        line = Connection(port, {})
        while time.perf_counter() < ends:
            await _timed(line, path, seen, path)

    with seen.timing():
        await asyncio.gather(*(one() for _ in range(connections)))
    return seen
