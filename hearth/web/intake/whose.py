"""Whether files are of our children as we know them: else they would stand beside ours as others, or ours twice."""

from __future__ import annotations

from hearth.returns import geography
from hearth.tables import codes
from hearth.tables.record import Record
from hearth.web.children.models import Child
from hearth.web.children.queries import own_authority


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
    return _doubt_by_zeros(record, own) or _doubt_by_homes(record, own)


def _said(authority: str) -> str:
    return codes.named("authority", authority)


def _doubt_by_zeros(record: Record, own: str) -> str:
    """Spreadsheets take the zeros away that an identifier begins with: the child would be there a second time."""
    known = set(Child.everything.filter(authority=own).values_list("child_id", flat=True))
    bare = {one.lstrip("0"): one for one in known}
    twice = sorted(one for one in set(record["people"]["child_id"]) - known if one.lstrip("0") in bare)
    if not twice:
        return ""
    first = twice[0]
    return (
        f"{len(twice):,} of the files' identifiers are ours but for the zeros they begin with ({first} in the files, "
        f"{bare[first.lstrip('0')]} here): loaded so, these children are there twice. Export the files again with "
        "identifiers as text."
    )


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
