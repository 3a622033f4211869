"""A kind of record that people write: its form, its words, what is done with it, and where it is corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from hearth.web.children import recording
from hearth.web.children.records import Kept
from hearth.web.children.sheets.subjects import CHILD, About

if TYPE_CHECKING:
    from hearth.web.children.sheets.asking import Sheet

Action = Callable[..., Any]


def nothing_else(_: Any) -> str:
    """Nothing goes with a row that is withdrawn; nothing is said first."""
    return ""


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of record.

    ``words`` go after "Record" and "Correct" ("a visit"); ``done`` is the banner; ``per_child`` names the questions
    that differ between brothers and sisters (None: never recorded for several); ``corrected_by`` is the form of a
    correction where it differs; ``correct`` and ``withdraw`` are what is done with a row; ``model`` None means that
    nothing is corrected here; ``said_to_go`` says, in sentences, what is withdrawn with a row; ``is_of_child`` that the
    row is the child's own; ``about`` whom it is about, and ``is_new`` that it puts a new one of them on the record;
    ``goes_on`` that it is brought up to date as time goes on, which needs no reason: only what it said already is
    corrected with one; ``said_first`` is what a new one begins with, of whom it is about: what it belongs to.
    """

    code: str
    area: str
    words: str
    done: str
    form: type[Sheet]
    action: Action
    model: type[Kept] | None = None
    title: str = ""
    per_child: Sequence[str] | None = None
    corrected_by: type[Sheet] | None = None
    button: str = "Record"
    takes_papers: bool = True
    asks_why: bool = True
    is_of_child: bool = False
    is_new: bool = False
    is_only_corrected: bool = False
    goes_on: bool = False
    about: About = CHILD
    correct: Action = recording.correct
    withdraw: Action = recording.withdraw
    said_to_go: Callable[[Any], str] = nothing_else
    said_first: Callable[[Any], str] = nothing_else

    @property
    def page(self) -> str:
        """The name of the address, and so of its row in the policy."""
        return f"record_{self.code}"

    @property
    def path(self) -> str:
        """The last part of the address."""
        return self.code.replace("_", "-")

    @property
    def heading(self) -> str:
        """What the page is called."""
        return self.title or f"Record {self.words}"

    @property
    def corrected(self) -> str:
        """The banner after a correction: "Visit corrected"."""
        what = self.done.removesuffix(" recorded")
        return f"{what} corrected" if what != self.done else f"{self.done}: correction saved"

    def heading_for(self, row: Kept | None) -> str:
        """What the page is called with the row that is corrected or brought up to date."""
        if row is None or self.is_of_child:
            return self.heading
        return f"Bring up to date: {self.words}" if self.goes_on or not self.asks_why else f"Correct {self.words}"

    def button_for(self, row: Kept | None) -> str:
        """What the button says."""
        if row is None or not self.asks_why:
            return self.button
        return "Save" if self.goes_on else "Save the correction"

    def form_for(self, row: Kept | None) -> type[Sheet]:
        """The form for a new record, or for the correction of a row."""
        return self.corrected_by if row is not None and self.corrected_by else self.form


def adding(model: type[Kept], what: str, about: About = CHILD) -> Action:
    """The action that adds one row of a model: ``what`` is the line of the log ("dental check recorded")."""

    def add(*, by: Any, **facts: Any) -> Kept:
        whose = about.identity(facts.pop(about.word))
        return recording.record(model(**whose, **facts), by=by, what=what)

    return add


def by_code(kinds: Iterable[Kind]) -> Mapping[str, Kind]:
    """The kinds by code. Raises ValueError when two share one."""
    listed = list(kinds)
    found = {kind.code: kind for kind in listed}
    if len(found) < len(listed):
        raise ValueError("two kinds of record have the same code")
    return MappingProxyType(found)
