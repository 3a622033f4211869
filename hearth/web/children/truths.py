"""The truths that must always hold, as database constraints; ``docs/decisions`` says why these and no others."""

from __future__ import annotations

from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from hearth.tables import codes

STANDING = Q(is_withdrawn=False)
"""A withdrawn row is kept, but says nothing any more: two rows may agree where one of them is withdrawn."""


def in_order(first: str, then: str) -> CheckConstraint:
    """The second day, where known, is not before the first."""
    return CheckConstraint(
        condition=Q(**{f"{then}__gte": F(first)}),
        name=f"%(class)s_{then}_not_before",
        violation_error_message=f"{_said(then)} is before {_said(first).lower()}: correct one of them",
    )


def known(column: str, codes_from: str) -> CheckConstraint:
    """The code is one of the list: only for short lists that Hearth's own reckoning stands on."""
    return CheckConstraint(
        condition=Q(**{f"{column}__in": list(codes.load(codes_from))}),
        name=f"%(class)s_{column}_known",
        violation_error_message=f"{_said(column)} is not a code of the list {codes_from.replace('_', ' ')}",
    )


def one_open(*columns: str, where: Q | None = None, sentence: str) -> UniqueConstraint:
    """At most one standing row without an end for a child (and the columns named)."""
    return UniqueConstraint(
        fields=("child", *columns),
        condition=STANDING & Q(ended_on__isnull=True) & (where or Q()),
        name="one_open_%(class)s",
        violation_error_message=sentence,
    )


def _said(column: str) -> str:
    return column.removesuffix("_on").replace("_", " ").capitalize()
