"""Work shared by threads: answers worked out once each, and things worked on side by side."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Generic, TypeVar

Answer = TypeVar("Answer")
Thing = TypeVar("Thing")
AT_ONCE = min(4, os.cpu_count() or 1)
"""Threads: while Polars works for one, Python goes on for another; more than a few only wait for Python."""


class Once(Generic[Answer]):
    """Answers by what was asked; who asks while another works it out waits for that one's answer."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, Future[Answer]] = {}
        self._lock = Lock()

    def __call__(self, asked: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """The answer; raises what working it out raised, to everybody who asks for it."""
        with self._lock:
            found = self._answers.get(asked)
            if found is None:
                mine = self._answers[asked] = Future()
        if found is not None:
            return found.result()
        try:
            mine.set_result(work_out())
        except BaseException as error:
            mine.set_exception(error)
            raise
        return mine.result()


def each(work: Callable[[Thing], Answer], things: Iterable[Thing], *, is_large: bool) -> list[Answer]:
    """The work done on each of the things, in their order; of what is large several at a time."""
    if not is_large or AT_ONCE == 1:
        return [work(thing) for thing in things]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(work, things))


def ahead(things: Iterable[Thing]) -> Iterator[Thing]:
    """The same things in the same order, each made ready while the one before is worked on; the first at once."""
    rest = iter(things)
    reader = ThreadPoolExecutor(1)
    return _in_turn(rest, reader, reader.submit(lambda: next(rest, None)))


def _in_turn(rest: Iterator[Thing], reader: ThreadPoolExecutor, coming: Future[Thing | None]) -> Iterator[Thing]:
    with reader:
        while (thing := coming.result()) is not None:
            coming = reader.submit(lambda: next(rest, None))
            yield thing
            del thing
