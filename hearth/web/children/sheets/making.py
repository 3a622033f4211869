"""Making the record of what a form says: all children of the page or none, once however often the button is pressed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from hearth.web.children.actions.papers import keep_with
from hearth.web.children.records import AuthorityRecord, ChildRecord
from hearth.web.children.sheets import drafts
from hearth.web.children.sheets.asking import WHY, Sheet
from hearth.web.children.sheets.page import Page

PAPERS = "papers"


@dataclass(frozen=True)
class Made:
    """What was made: whom it is about (the new one, where one was added)."""

    subject: Any


def make(page: Page) -> Made | None:
    """Does what the page says; None when the record refused, which the forms then say.

    Raises Conflict when somebody else has changed the row that is corrected.
    """
    with transaction.atomic():
        page.kind.about.lock([one for one in (page.subject, *page.chosen) if one is not None])
        if page.child is None:
            drafts.wait(page.seal)
        if drafts.is_finished(page.seal):
            return Made(page.subject)
        made = [_one(page, sheet) for sheet in page.all_sheets]
        papers_kept = _keep_papers(page, made)
        if any(row is None for row in made) or not papers_kept:
            transaction.set_rollback(True)
            return None
        drafts.finish(page.seal)
    return Made(page.subject if page.subject is not None else page.kind.about.of(made[0]))


def _one(page: Page, sheet: Sheet) -> Any:
    """What the action made; None when it refused, which the form then says, and nothing of the page is kept."""
    facts = sheet.facts()
    try:
        if page.is_correction and page.row is not None:
            why = sheet.cleaned_data.get(WHY) or "Brought up to date"
            return page.kind.correct(page.row, by=page.user, why=why, seen_revision=page.revision, **facts)
        of = {page.kind.about.word: sheet.subject} if sheet.subject is not None else {}
        return page.kind.action(by=page.user, **of, **facts)
    except ValidationError as refused:
        sheet.say(refused)
        return None


def _keep_papers(page: Page, made: Iterable[Any]) -> bool:
    """Keeps the papers chosen with the first row made; False when one cannot be kept, which the page then says."""
    files = page.request.FILES.getlist(PAPERS) if page.kind.takes_papers else []
    row = next((found for found in _rows(made) if isinstance(found, ChildRecord | AuthorityRecord)), None)
    if row is None:
        return True
    for file in files:
        try:
            keep_with(row, by=page.user, file=file)
        except ValidationError as refused:
            page.problems += refused.messages
    return not page.problems


def _rows(made: Iterable[Any]) -> Iterable[Any]:
    for row in made:
        yield from row if isinstance(row, list) else [row]
