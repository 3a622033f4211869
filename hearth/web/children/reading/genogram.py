"""The family as a genogram: squares for men, circles for women, a generation a row, who belongs to whom as lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hearth.tables import codes
from hearth.web.children.models import Child, FamilyBond, FamilyMember
from hearth.web.children.reading.looking import Look
from hearth.web.design.words import day

APART, ROW, TOP, SIZE = 150, 150, 60, 25
OUTSIDE = codes.members("family_relation", "foster_carer", "friend")
"""Not family: listed, and not drawn."""
PARENTS = codes.members("family_relation", "mother", "father", "adoptive_mother", "adoptive_father")
SIBLINGS = codes.members("family_relation", "sister", "brother", "sibling", "half_sister", "half_brother")
OFFSPRING = codes.members("family_relation", "daughter", "son")
(PARENT_OF, PARTNER, SEPARATED) = codes.members("family_bond", "parent", "partner", "former_partner")


@dataclass(frozen=True)
class Figure:
    """A person in the drawing: ``shape`` square, circle or diamond; the child of the record has a second outline."""

    name: str
    relation: str
    shape: str
    x: int
    y: int
    is_child: bool = False
    has_died: bool = False
    lived: str = ""

    @property
    def left(self) -> int:
        """Where a square begins."""
        return self.x - SIZE

    @property
    def top(self) -> int:
        """Where a square begins, from above."""
        return self.y - SIZE


@dataclass(frozen=True)
class Line:
    """A line between two people: of a parent to a child, of a couple, or of a couple that has separated."""

    points: str
    middle: tuple[int, int] | None = None


@dataclass(frozen=True)
class Genogram:
    """The drawing, its size, and one sentence that says what it shows."""

    figures: Sequence[Figure]
    lines: Sequence[Line]
    width: int
    height: int
    says: str


def of(look: Look) -> Genogram | None:
    """The genogram of the child's family; None when nobody of it is recorded."""
    members = list(
        FamilyMember.objects.filter(child=look.child).exclude(relation__in=OUTSIDE).order_by("born_on", "pk")
    )
    if not members:
        return None
    bonds = list(FamilyBond.objects.filter(child=look.child))
    places, width, height = _places(look.child, members)
    figures = [_figure(member, places[member.pk]) for member in members]
    figures.append(_of_child(look.child, places[0]))
    said = f"{look.child.name} and {len(members)} of the family: " + ", ".join(
        f"{member.name} ({codes.label('family_relation', member.relation).lower()})" for member in members
    )
    return Genogram(figures, _lines(members, bonds, places), width, height, f"{said}.")


Place = tuple[int, int]


def _places(child: Child, members: Sequence[FamilyMember]) -> tuple[dict[int, Place], int, int]:
    """Where each stands, by key (0 is the child): a generation a row, brothers and sisters by age."""
    rows: defaultdict[int, list[tuple[date, int]]] = defaultdict(list)
    rows[0].append((child.born_on or date.max, 0))
    for member in members:
        rows[_generation(member)].append((member.born_on or date.max, member.pk))
    widest = max(len(row) for row in rows.values())
    width = max(widest * APART, 2 * APART)
    places: dict[int, Place] = {}
    for level, generation in enumerate(sorted(rows)):
        row = sorted(rows[generation])
        start = (width - len(row) * APART) // 2 + APART // 2
        places |= {key: (start + at * APART, TOP + level * ROW) for at, (_, key) in enumerate(row)}
    return places, width, TOP + len(rows) * ROW - 30


def _generation(member: FamilyMember) -> int:
    return int(codes.load("family_relation")[member.relation].extra["generation"] or 0)


def _figure(member: FamilyMember, place: Place) -> Figure:
    sex = member.sex or codes.load("family_relation")[member.relation].extra["sex"]
    lived = " to ".join(day(one) for one in (member.born_on, member.died_on) if one)
    words = codes.label("family_relation", member.relation)
    return Figure(member.name, words, _shape(sex), *place, has_died=member.died_on is not None, lived=lived)


def _of_child(child: Child, place: Place) -> Figure:
    return Figure(
        child.name, "The child", _shape(child.sex), *place, is_child=True, has_died=child.died_on is not None,
        lived=day(child.born_on) if child.born_on else "",
    )  # fmt: skip


def _shape(sex: str | None) -> str:
    return {"M": "square", "F": "circle"}.get(sex or "", "diamond")


def _lines(members: Sequence[FamilyMember], bonds: Sequence[FamilyBond], places: Mapping[int, Place]) -> list[Line]:
    """Bonds as recorded; and, where none says otherwise, from parents to the child, brothers and sisters."""
    found = [_bond(bond, places) for bond in bonds]
    told = {bond.other_id or 0 for bond in bonds if bond.kind == PARENT_OF}
    parents = [member.pk for member in members if member.relation in PARENTS]
    children = [0, *(member.pk for member in members if member.relation in SIBLINGS)]
    found += [_descent(places[one], places[to]) for to in children if to not in told for one in parents]
    offspring = [member.pk for member in members if member.relation in OFFSPRING and member.pk not in told]
    return found + [_descent(places[0], places[key]) for key in offspring]


def _bond(bond: FamilyBond, places: Mapping[int, Place]) -> Line:
    nowhere = places[0]
    one, other = places.get(bond.one_id or 0, nowhere), places.get(bond.other_id or 0, nowhere)
    if bond.kind == PARENT_OF:
        return _descent(one, other)
    (left, y), (right, _) = sorted((one, other))
    below = y + SIZE + 8
    points = f"{left},{y + SIZE} {left},{below} {right},{below} {right},{y + SIZE}"
    return Line(points, ((left + right) // 2, below) if bond.kind == SEPARATED or bond.ended_on else None)


def _descent(parent: Place, child: Place) -> Line:
    (px, py), (cx, cy) = parent, child
    half = py + (cy - py) // 2 + 18
    return Line(f"{px},{py + SIZE} {px},{half} {cx},{half} {cx},{cy - SIZE}")
