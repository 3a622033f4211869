"""The seal of an opened form: who opened it for which child, so what is typed finds its way without a session."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace

from django.core import signing

SALT = "hearth.web.children.sheets"
GOOD_FOR = 3 * 24 * 3600
"""Seconds for which an open page may still send what was typed: longer than any session."""


@dataclass(frozen=True)
class Seal:
    """One opening of a form by a person for a child (None: one who is new), or for ``other``, the key of whom else."""

    key: str
    user: int
    kind: str
    child: int | None
    row: int | None = None
    other: int | None = None

    def written(self) -> str:
        """The seal as the page carries it."""
        return signing.dumps(asdict(self), salt=SALT)

    def with_key(self, key: str) -> Seal:
        """The same page, another opening of it."""
        return replace(self, key=key)

    def is_of(self, user: int, kind: str, child: int | None, row: int | None, other: int | None) -> bool:
        """Whether it was given to this person for this page."""
        return (self.user, self.kind, self.child, self.row, self.other) == (user, kind, child, row, other)


def new_key() -> str:
    """A key for another opening."""
    return secrets.token_urlsafe(18)


def read(written: str) -> Seal | None:
    """The seal that a page sent; None when it is not ours, or older than three days."""
    try:
        return Seal(**signing.loads(written, salt=SALT, max_age=GOOD_FOR))
    except signing.BadSignature:
        return None
