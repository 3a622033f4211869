"""What a person began to write and did not finish, as the pages that lead back to it show it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from hearth.web.access.models import User
from hearth.web.children.models import Child, Draft
from hearth.web.children.sheets import addresses, drafts
from hearth.web.children.sheets.kinds import Kind
from hearth.web.children.sheets.subjects import CHILD


@dataclass(frozen=True)
class Begun:
    """One unfinished draft: of which child (None: a new one), what it is, where it goes on, until when it is kept."""

    child: Child | None
    what: str
    address: str
    saved_at: datetime
    kept_until: date


def of(user: User, children: Collection[int]) -> list[Begun]:
    """The person's drafts about these children, and about new ones, newest first."""
    mine = [draft for draft in drafts.of_person(user) if draft.child_id is None or draft.child_id in children]
    return [_begun(draft, kind) for draft, kind in _with_kinds(mine) if kind.about is CHILD]


def elsewhere(user: User) -> list[Begun]:
    """The person's drafts about households, homes and the authority, newest first."""
    mine = [draft for draft in drafts.of_person(user) if draft.child_id is None]
    return [_begun(draft, kind) for draft, kind in _with_kinds(mine) if kind.about is not CHILD]


def _with_kinds(found: Iterable[Draft]) -> Iterable[tuple[Draft, Kind]]:
    kinds = {kind.code: kind for kind in addresses.known()}
    return ((draft, kinds[draft.kind]) for draft in found if draft.kind in kinds)


def _begun(draft: Draft, kind: Kind) -> Begun:
    is_new = draft.row_id is None or kind.is_of_child
    keys = (draft.child_id, draft.other_id if kind.about.key else None, None if is_new else draft.row_id)
    return Begun(
        draft.child,
        kind.heading if is_new else f"Correct {kind.words}",
        f"{reverse(kind.page, args=[key for key in keys if key is not None])}?draft={draft.key}",
        draft.saved_at,
        drafts.kept_until(draft),
    )
