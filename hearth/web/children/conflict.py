"""Two people changed the same row: both versions, column by column, for a page on which one of them chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hearth.web.children import mirror
from hearth.web.children.records import Kept


@dataclass(frozen=True)
class Difference:
    """One column: what both saw at first, what stands now, what was about to be saved."""

    column: str
    words: str
    seen: Any
    theirs: Any
    yours: Any

    @property
    def is_clash(self) -> bool:
        """Both changed it, and not to the same."""
        return self.theirs not in (self.seen, self.yours) and self.yours != self.seen


class Conflict(Exception):  # noqa: N818 - it is an event between two people, not an error
    """The row was changed since it was seen; nothing of the later change was saved."""

    def __init__(self, current: Kept, seen_revision: int, yours: Mapping[str, Any]) -> None:
        super().__init__(f"{current._meta.verbose_name} {current.pk}: revision {seen_revision} was seen")
        self.current, self.seen_revision, self.yours = current, seen_revision, dict(yours)
        self.seen = _version(current, seen_revision)

    @property
    def differences(self) -> list[Difference]:
        """The columns in which the two differ, or that either changed."""
        rows = [self._difference(column, yours) for column, yours in self.yours.items()]
        return [row for row in rows if not row.seen == row.theirs == row.yours]

    @property
    def clashes(self) -> list[Difference]:
        """The columns that somebody must choose."""
        return [row for row in self.differences if row.is_clash]

    @property
    def merged(self) -> dict[str, Any]:
        """Yours, save in the columns that only the other changed: there, theirs."""
        rows = [self._difference(column, yours) for column, yours in self.yours.items()]
        return {row.column: row.theirs if row.yours == row.seen else row.yours for row in rows}

    def _difference(self, column: str, yours: Any) -> Difference:
        model = type(self.current)
        seen = getattr(self.seen, column) if self.seen is not None else None
        return Difference(column, mirror.label(model, column), seen, getattr(self.current, column), yours)


def _version(row: Kept, revision: int) -> Kept | None:
    """The row as it was at that revision; None when it never was."""
    found = type(row).history.filter(id=row.pk, revision=revision).order_by("history_id").last()
    return None if found is None else found.instance
