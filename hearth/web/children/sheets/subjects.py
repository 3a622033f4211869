"""Whom a kind of record is about: a child, or a fostering household, a home, the authority; how each is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from hearth.web.children import recording
from hearth.web.children.queries import child_for
from hearth.web.children.records import Kept


class Subject(Protocol):
    """One of those whom records are about; in words, as pages name it."""

    @property
    def pk(self) -> Any:
        """The key in addresses."""


@dataclass(frozen=True, eq=False)
class About:
    """A sort of subject.

    ``word`` is what an action calls it; ``start`` begins the address of its forms and holds its key under ``key`` (""
    where there is only one); ``find`` looks one up for the person who asks, refuses and notes it in the log;
    ``of`` says whose a row is; ``identity`` are the columns, with their values, by which its rows are known; ``lock``
    makes whoever writes about the same one wait; ``address`` is its page.
    """

    word: str
    start: str
    key: str
    find: Callable[[HttpRequest, Any], Any]
    of: Callable[[Kept], Any]
    identity: Callable[[Any], Mapping[str, Any]]
    lock: Callable[[Iterable[Any]], object]
    address: Callable[[Any], str]

    def rows(self, model: type[Kept], subject: Any) -> QuerySet[Any]:
        """The standing rows of a model about it."""
        standing: Any = model.objects
        found: QuerySet[Any] = standing.filter(**self.identity(subject))
        return found


CHILD = About(
    word="child",
    start="child/<int:child_pk>/",
    key="child_pk",
    find=child_for,
    of=recording.child_of,
    identity=lambda child: {"child": child},
    lock=recording.hold,
    address=lambda child: reverse("child", args=[child.pk]),
)
