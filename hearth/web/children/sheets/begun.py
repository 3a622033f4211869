"""What a person began to write and did not finish, as the pages that lead back to it show it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from hearth.web.access.models import User
from hearth.web.children.models import Child, Draft
from hearth.web.children.sheets import addresses, drafts


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
    kinds = {kind.code: kind for kind in addresses.known()}
    found = (draft for draft in drafts.of_person(user) if draft.child_id is None or draft.child_id in children)
    return [
        Begun(
            draft.child,
            kind.heading if draft.row_id is None or kind.is_of_child else f"Correct {kind.words}",
            f"{reverse(kind.page, args=list(_keys(draft, kind.is_of_child)))}?draft={draft.key}",
            draft.saved_at,
            drafts.kept_until(draft),
        )
        for draft in found
        if (kind := kinds.get(draft.kind)) is not None
    ]


def _keys(draft: Draft, is_of_child: bool) -> Iterable[int]:
    """The keys in the address: of the child, and of the row that is corrected."""
    return (key for key in (draft.child_id, None if is_of_child else draft.row_id) if key is not None)
