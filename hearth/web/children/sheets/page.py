"""One opening of a form about a child: what is on the page, and what each of its buttons does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from hearth.web.access.models import User
from hearth.web.children.models import Child, Draft
from hearth.web.children.records import Kept
from hearth.web.children.sheets import drafts, rows, seal, siblings, typed
from hearth.web.children.sheets.asking import WHY, Sheet
from hearth.web.children.sheets.kinds import Kind
from hearth.web.children.sheets.merging import REVISION
from hearth.web.config.today import today


@dataclass
class Page:
    """A form opened by a person for a child (a household, a home), or for the correction of one of its rows."""

    request: HttpRequest
    user: User
    kind: Kind
    subject: Any
    row: Kept | None = None
    draft: Draft | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def child(self) -> Child | None:
        """The child, where it is about one."""
        return self.subject if isinstance(self.subject, Child) else None

    @cached_property
    def data(self) -> QueryDict | None:
        """What was typed: as sent, or as a draft kept it; None when the form is fresh."""
        if self.request.method == "POST":
            return self.request.POST
        return typed.back(self.draft.typed) if self.draft else None

    @cached_property
    def seal(self) -> seal.Seal:
        """Which opening this is: the one that was sent, the draft's, or another."""
        sent = seal.read(self.request.POST.get("_sheet", "")) if self.request.method == "POST" else None
        if sent is not None:
            return sent
        key = self.draft.key if self.draft else seal.new_key()
        return seal.Seal(key, self.user.pk, self.kind.code, *self.keys)

    @property
    def is_correction(self) -> bool:
        """Whether a row of the record is corrected, not a new one made."""
        return self.row is not None

    @property
    def key(self) -> list[int]:
        """The key of the subject as its addresses hold it; none where there is only one."""
        return [self.subject.pk] if self.kind.about.key else []

    @property
    def is_mine(self) -> bool:
        """Whether what was sent was typed by this person on this page."""
        return self.seal.is_of(self.user.pk, self.kind.code, *self.keys)

    @property
    def keys(self) -> tuple[int | None, int | None, int | None]:
        """The keys of the child, of the row, and of a subject that is no child."""
        other = self.subject.pk if self.subject is not None and self.child is None else None
        return (self.child.pk if self.child else None, self.row.pk if self.row else None, other)

    @cached_property
    def sheet(self) -> Sheet:
        """The form itself."""
        return self.sheet_with(self.data)

    def sheet_with(self, data: QueryDict | None) -> Sheet:
        """The form with these answers; with what the address gives when there are none."""
        asked = self.form.base_fields
        given = {
            name: values
            if isinstance(asked[name], forms.MultipleChoiceField)
            else rows.day_or_text(asked[name], values[-1])
            for name, values in self.request.GET.lists()
            if name in asked
        }
        instance = {"instance": self.row} if self.row is not None else {}
        sheet = self.form(data, subject=self.subject, initial=given, **instance)
        if not self.kind.asks_why:
            sheet.fields.pop(WHY, None)
        elif self.is_correction and self.kind.goes_on:
            sheet.let_go_on()
        return sheet

    @property
    def form(self) -> type[Sheet]:
        """Its class."""
        return self.kind.form_for(self.row)

    @cached_property
    def brothers_and_sisters(self) -> list[Child]:
        """For whom else the same may be recorded."""
        return [] if self.row is not None else siblings.offered(self.user, self.kind, self.child)

    @cached_property
    def chosen(self) -> list[Child]:
        """For whom else it is being recorded."""
        if self.data is None or not siblings.any_ticked(self.data):
            return []
        return siblings.chosen(self.data, self.brothers_and_sisters)

    @cached_property
    def others(self) -> list[tuple[Child, Sheet]]:
        """The forms of the brothers and sisters chosen."""
        data = self.data or QueryDict()
        return [(child, siblings.sheet_of(self.kind, data, child)) for child in self.chosen]

    @cached_property
    def all_sheets(self) -> list[Sheet]:
        """The form and those of the brothers and sisters."""
        return [self.sheet, *(sheet for _, sheet in self.others)]

    def is_valid(self) -> bool:
        """Whether every form on the page can be used; each is checked, so that all that is wrong is said at once."""
        return all([sheet.is_valid() for sheet in self.all_sheets])  # noqa: C419 - all of them, not until the first

    @property
    def revision(self) -> int | None:
        """The revision of the row on which the typing began."""
        sent = typed.whole(self.data.get(REVISION)) if self.data is not None else None
        if sent is not None:
            return sent
        return self.row.revision if self.row is not None else None

    def keep_typed(self) -> None:
        """Keeps what was typed, if anything was: a form sent blank is nothing to go on with."""
        if not typed.is_blank(typed.of(self.request.POST)):
            self.keep()

    def keep(self) -> Draft:
        """Keeps the draft as it is now."""
        sent = self.request.POST
        return drafts.keep(self.seal, typed.of(sent), typed.whole(sent.get("_saves")) or 0, self.revision)

    def show(self, *, is_checked: bool, status: int = 200) -> HttpResponse:
        """The page with the form; with what is wrong in it when it was checked."""
        if not is_checked:
            for sheet in self.all_sheets:
                sheet.leave_unchecked()
        return render(self.request, "sheets/sheet.html", self.context(is_checked), status=status)

    def context(self, is_checked: bool) -> dict[str, Any]:
        """What the template is given."""
        return {
            "page": self,
            "kind": self.kind,
            "child": self.child,
            "subject": self.subject,
            "row": self.row,
            "form": Problems(self) if is_checked else None,
            "sheet": self.sheet,
            "questions": list(self.shared_questions()),
            "folds": list(self.folds()),
            "why": self.sheet[WHY] if WHY in self.sheet.fields else None,
            "cards": list(self.cards()),
            "versions": list(self.versions()),
            "said_to_go": self.kind.said_to_go(self.row) if self.row is not None else "",
            "said_first": self.kind.said_first(self.subject) if self.row is None and self.subject is not None else "",
            "back": self.back_of(self.subject),
            "heading": self.kind.heading_for(self.row),
            "button": self.kind.button_for(self.row),
            "lists": [(name, self.sheet.lists[name][0], rows) for name, rows in self.sheet.rows.items()],
            "unfinished": [(d, drafts.kept_until(d)) for d in self.drafts() if d.key != self.seal.key],
            "today": today(),
            "saves": self.draft.saves if self.draft else self.request.POST.get("_saves", "0"),
        }  # fmt: skip

    def back_of(self, subject: Any) -> str:
        """Where a finished page leads: to whom it is about."""
        return self.kind.about.address(subject) if subject is not None else reverse("home")

    def drafts(self) -> Iterable[Draft]:
        """The person's unfinished drafts for this page."""
        return drafts.of_page(self.user, self.kind.code, *self.keys)

    def draft_of(self, key: str) -> Draft | None:
        """One of them."""
        return next((draft for draft in self.drafts() if draft.key == key), None)

    def versions(self) -> Iterable[Any]:
        """The versions of the row that is corrected, newest first."""
        return self.row.history.select_related("history_user") if self.row is not None else []

    def shared_questions(self) -> Iterator[BoundField]:
        """The questions asked once."""
        apart = self.apart | {WHY} | {name for names in self.sheet.folds.values() for name in names}
        asked = [bound.name for bound in self.sheet.visible_fields() if bound.name not in apart]
        return iter(self.sheet.top(asked))

    def folds(self) -> Iterator[tuple[str, list[BoundField], bool]]:
        """The questions folded away: their words, the questions, whether they are open because of an answer."""
        for words, names in self.sheet.folds.items():
            asked = self.sheet.top(name for name in names if name not in self.apart)
            if asked:
                is_next = self.is_correction and self.kind.goes_on
                yield words, asked, is_next or any(bound.errors or is_answered(bound) for bound in asked)

    @property
    def apart(self) -> set[str]:
        """The questions asked of each child apart."""
        return set(self.kind.per_child or ()) if self.chosen else set()

    def cards(self) -> Iterator[tuple[Child, list[BoundField]]]:
        """The questions asked of each child apart; none where the record is of one child."""
        if not self.chosen or self.child is None or not self.kind.per_child:
            return
        for child, sheet in [(self.child, self.sheet), *self.others]:
            yield child, sheet.top(self.kind.per_child)


def is_answered(bound: BoundField) -> bool:
    """Whether anything stands in the question."""
    value = bound.value()
    return any(value) if isinstance(value, list | tuple) else value not in (None, "")


def _of(bound: BoundField, child: Child | None) -> BoundField:
    bound.whose = str(child)  # type: ignore[attr-defined]  # a mark of ours on Django's field, which the summary of errors reads
    return bound


class Problems:
    """All that is wrong on a page, as the summary of errors takes it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        others = [(child, error) for child, sheet in page.others for error in sheet.non_field_errors()]
        own = [*page.problems, *page.sheet.non_field_errors()]
        self.non_field_errors = [*own, *(f"{child}: {error}" for child, error in others), *self._shared()]

    @property
    def errors(self) -> bool:
        """Whether there is anything."""
        return bool(self.non_field_errors) or any(bound.errors for bound in self)

    def __iter__(self) -> Iterator[BoundField]:
        """The questions; one asked of each child apart says in ``whose`` of which child."""
        apart = self.page.apart
        for bound in self.page.sheet.parts():
            yield _of(bound, self.page.child) if bound.name in apart else bound
        for child, sheet in self.page.others:
            yield from (_of(sheet[name], child) for name in self.page.kind.per_child or ())

    def _shared(self) -> Iterator[str]:
        """What is wrong with a shared answer for a brother or sister alone, such as a day before the child was born."""
        own = {name for name in self.page.sheet.fields if self.page.sheet[name].errors}
        for child, sheet in self.page.others:
            for name in siblings.shared(self.page.kind):
                if name not in own:
                    yield from (f"{child}: {error}" for error in sheet[name].errors)
