"""Whether files are of our children as we know them: else they would stand beside ours as others, or ours twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hearth.returns import geography
from hearth.tables import codes
from hearth.tables.record import Record
from hearth.web.children.models import Child
from hearth.web.children.queries import own_authority

SEVERAL = 2
"""Children: one may have been corrected in two things at once, a swap takes two."""


def doubt(record: Record) -> str:
    """Why the files may be another council's, in one sentence with what to do; empty where nothing speaks for that.

    Nothing can be told before the council is set or a child is on the record.
    """
    own, named = own_authority(), record.authorities
    if not own or not named:
        return ""
    if named == [geography.UNKNOWN] != [own]:
        return f"The files do not say whose they are: give {own} as the code of the authority if they are ours."
    if named != [own]:
        others = ", ".join(_said(code) for code in named if code != own)
        return (
            f"The files are taken to be of {others}, and this record is of {_said(own)}: loaded so, their "
            f"children stand beside ours as others. If they are ours, give {own} as the code of the authority."
        )
    ours = _ours(own)
    return _doubt_by_zeros(record, ours) or _doubt_by_who_they_are(record, ours) or _doubt_by_homes(record, own)


Facts = tuple[date | None, str | None, str | None]
"""A child's date of birth, sex and pupil number."""


def _ours(own: str) -> dict[str, Facts]:
    rows = Child.everything.filter(authority=own).values_list("child_id", "born_on", "sex", "upn")
    return {child: (born, sex, upn) for child, born, sex, upn in rows}


def _said(authority: str) -> str:
    return codes.named("authority", authority)


def _doubt_by_zeros(record: Record, ours: Mapping[str, Facts]) -> str:
    """Spreadsheets take the zeros away that an identifier begins with: the child would be there a second time."""
    bare = {one.lstrip("0"): one for one in ours}
    twice = sorted(one for one in set(record["people"]["child_id"]) - ours.keys() if one.lstrip("0") in bare)
    if not twice:
        return ""
    first = twice[0]
    return (
        f"{len(twice):,} of the files' identifiers are ours but for the zeros they begin with ({first} in the files, "
        f"{bare[first.lstrip('0')]} here): loaded so, these children are there twice. Export the files again with "
        "identifiers as text."
    )


def _doubt_by_who_they_are(record: Record, ours: Mapping[str, Facts]) -> str:
    """Identifiers that came to stand beside other children, as when one column of a sheet was sorted alone."""
    given = record["people"].select("child_id", "born_on", "sex", "upn").rows()
    others = sorted(child for child, *facts in given if child in ours and _is_another(ours[child], facts))
    if len(others) < SEVERAL:
        return ""
    return (
        f"{len(others):,} children have another date of birth in the files than here, and another sex or pupil number "
        f"({others[0]} and {others[1]} among them): make sure that each identifier stands beside the right child."
    )


def _is_another(known: Facts, given: Sequence[Any]) -> bool:
    born, *others = [bool(here and there and here != there) for here, there in zip(known, given, strict=True)]
    return born and any(others)


def _doubt_by_homes(record: Record, own: str) -> str:
    """What the postcodes of the families' homes say of files that name us, or for which our code was given."""
    if "home_postcode" not in record["episodes"].columns:
        return ""
    homes = geography.most_common_authority(record["episodes"]["home_postcode"])
    if homes is None or homes == own or not own.startswith("E"):
        return ""
    return (
        f"Most home postcodes in the files lie in {_said(homes)}, and this record is of {_said(own)}: "
        "make sure that the files are ours."
    )
