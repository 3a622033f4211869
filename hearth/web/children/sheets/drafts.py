"""Keeping what is typed: each opening of a form has its own draft, so no draft overwrites newer words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hearth.web.access.models import User
from hearth.web.children.models import Draft
from hearth.web.children.sheets.seal import Seal, new_key
from hearth.web.children.sheets.typed import Typed
from hearth.web.config.questions import kept


def keep(seal: Seal, typed: Typed, saves: int, seen_revision: int | None = None) -> Draft:
    """Keeps what was typed, and answers with the draft it is in.

    ``saves`` is how often the page knows the draft to have been saved. When it was saved elsewhere since, these words
    are kept beside it, in a draft of their own.
    """
    with transaction.atomic():
        wait(seal)
        draft = Draft.objects.filter(key=seal.key).first()
        if draft is None:
            return _begin(seal, typed, seen_revision)
        if draft.finished_at is not None or draft.typed == typed:
            return draft
        if draft.saves != saves:
            return _begin(seal.with_key(new_key()), typed, seen_revision)
        return _save(draft, typed)


def wait(seal: Seal) -> None:
    """Locks the person's row, which two sendings of one opening both have: whoever is second waits."""
    User.objects.select_for_update().get(pk=seal.user)


def _begin(seal: Seal, typed: Typed, seen_revision: int | None) -> Draft:
    return Draft.objects.create(key=seal.key, seen_revision=seen_revision, typed=typed, saves=1, **_whose(seal))


def _whose(seal: Seal) -> dict[str, Any]:
    whom = {"child_id": seal.child, "other_id": seal.other}
    return {"user_id": seal.user, "kind": seal.kind, "row_id": seal.row, **whom}


def _save(draft: Draft, typed: Typed) -> Draft:
    draft.typed, draft.saves, draft.saved_at = typed, draft.saves + 1, timezone.now()
    draft.save(update_fields=["typed", "saves", "saved_at"])
    return draft


def is_finished(seal: Seal) -> bool:
    """Whether what this opening wrote has been recorded already: a button pressed twice records once."""
    return Draft.objects.filter(key=seal.key, finished_at__isnull=False).exists()


def says(seal: Seal, typed: Typed) -> bool:
    """Whether what this opening wrote has been recorded, or stands in its draft, with all that was typed."""
    draft = Draft.objects.filter(key=seal.key).first()
    if draft is None or draft.finished_at is not None:
        return draft is not None
    said = {name: [value for value in values if value.strip()] for name, values in typed.items()}
    return all(set(values) <= set(draft.typed.get(name, ())) for name, values in said.items())


def finish(seal: Seal) -> None:
    """The record is made: the draft is emptied and stays as its receipt."""
    now = timezone.now()
    receipt = Draft(key=seal.key, finished_at=now, saved_at=now, **_whose(seal))
    Draft.objects.bulk_create(
        [receipt], update_conflicts=True, unique_fields=["key"], update_fields=["typed", "finished_at", "saved_at"]
    )


def discard(draft: Draft) -> None:
    """Throws a draft away; it was never part of the record."""
    draft.delete()


def kept_until(draft: Draft) -> date:
    """The day until which a draft is kept when nobody goes on with it."""
    return timezone.localdate(draft.saved_at) + timedelta(days=settings.HEARTH_DRAFT_DAYS)


def clear() -> int:
    """Clears what nobody went on with for as long as drafts are kept, receipts among it; gives how many drafts."""
    last = timezone.now() - timedelta(days=settings.HEARTH_DRAFT_DAYS)
    Draft.objects.filter(finished_at__lt=last).delete()
    return Draft.objects.unfinished().filter(saved_at__lt=last).delete()[0]


def of_page(user: User, kind: str, child: int | None, row: int | None, other: int | None) -> Iterable[Draft]:
    """The person's unfinished drafts for this page, newest first."""
    return _of_page(user.pk, kind, child, row, other)


@kept
def _of_page(user: int, kind: str, child: int | None, row: int | None, other: int | None) -> QuerySet[Draft]:
    of: dict[str, Any] = {"child_id": child, "row_id": row, "other_id": other}
    return Draft.objects.unfinished().filter(user=user, kind=kind, **of)


def of_person(user: User) -> Iterable[Draft]:
    """All the person's unfinished drafts with their children, newest first: for the landing page."""
    return _of_person(user.pk)


@kept
def _of_person(user: int) -> QuerySet[Draft]:
    return Draft.objects.unfinished().filter(user=user).select_related("child")
