"""The family as a genogram by its standard signs, and the same in words.

Squares are men and boys, circles women and girls, diamonds not said, triangles not yet born; a cross is a death, two
strokes a separation, a dotted line a couple of whom nothing is recorded, a dashed line an adoption.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hearth.web.children.reading import family as families
from hearth.web.children.reading.family import CHILD, Couple, Family, Person
from hearth.web.children.reading.looking import Look
from hearth.web.children.reading.placing import APART, across

ROW, TOP, SIZE, OUTER = 196, 62, 25, 30
BELOW, ABOVE = 8, 12
"""How far below two who stand side by side, or above others, the line between them runs."""
STEP_DOWN, FIRST_BAR = 9, 48
"""Between the lines on which several sets of brothers and sisters hang, and how far above them the lowest runs."""
DASHED, DOTTED = "7 5", "2 4"
BESIDE = 9
"""How far beside the line of birth that of adoption reaches the same child."""


@dataclass(frozen=True)
class Figure:
    """A person in the drawing; the child of the record has a second outline."""

    person: Person
    shape: str
    x: int
    y: int

    @property
    def is_child(self) -> bool:
        """Whether it is the child of the record."""
        return self.person.key == CHILD

    @property
    def left(self) -> int:
        """Where a square begins."""
        return self.x - SIZE

    @property
    def top(self) -> int:
        """Where a square begins, from above."""
        return self.y - SIZE

    @property
    def inside(self) -> str:
        """What stands in the sign: the age in years, or that the name is not known."""
        years, _, unit = self.person.age.partition(" ")
        if not self.person.name and not self.person.is_unborn:
            return "?"
        return years if unit.startswith("year") and not self.person.has_died else ""


@dataclass(frozen=True)
class Line:
    """A line between people, broken as ``dash`` says; ``middle``: where two strokes say that a couple has separated."""

    points: str
    dash: str = ""
    middle: tuple[int, int] | None = None


@dataclass(frozen=True)
class Told:
    """A person in words: who, who it is to the child, born and died, to whom they belong, and where in care."""

    person: Person
    belongs: Sequence[str]


@dataclass(frozen=True)
class Genogram:
    """The drawing, its size, one sentence that says what it shows, and the same in words."""

    figures: Sequence[Figure]
    lines: Sequence[Line]
    width: int
    height: int
    says: str
    told: Sequence[Told]


def of(look: Look) -> Genogram | None:
    """The genogram of the child's family; None when nobody of it is recorded."""
    family = families.of(look)
    return None if family is None else drawn(family)


def drawn(family: Family) -> Genogram:
    """The family drawn."""
    places = _places(family)
    figures = [Figure(person, _shape(person), *places[person.key]) for person in family.people.values()]
    lines = [*_couples(family, places), *_descents(family, places)]
    child = family.people[CHILD]
    rest = [person for person in family.people.values() if person.key != CHILD]
    said = ", ".join(f"{person.called} ({person.relation.lower()})" for person in rest)
    width = max(x for x, _ in places.values()) + APART // 2
    height = max(y for _, y in places.values()) + ROW - 92
    told = [Told(person, list(_belongs(family, person))) for person in (*rest, child)]
    return Genogram(figures, lines, width, height, f"{child.name} and {len(rest)} of the family: {said}.", told)


Place = tuple[int, int]
Places = Mapping[int, Place]


def _places(family: Family) -> dict[int, Place]:
    levels = sorted({person.generation for person in family.people.values()})
    down = {level: TOP + at * ROW for at, level in enumerate(levels)}
    return {key: (round(x), down[family.people[key].generation]) for key, x in across(family).items()}


def _shape(person: Person) -> str:
    if person.is_unborn:
        return "triangle"
    return {"M": "square", "F": "circle"}.get(person.sex, "diamond")


def _couples(family: Family, places: Places) -> Iterator[Line]:
    for couple in family.couples:
        (left, y), (right, below) = sorted((places[couple.one], places[couple.other]))
        at = _between(couple, places)
        dash = "" if couple.is_told else DOTTED
        edge = y + SIZE if at[1] > y else y - SIZE
        points = f"{left},{edge} {left},{at[1]} {right},{at[1]} {right},{edge if below == y else below - SIZE}"
        yield Line(points, dash, at if couple.is_apart else None)


def _between(couple: Couple, places: Places) -> Place:
    """The middle of the line of a couple: below those side by side, above others, clear of who stands between them."""
    (left, y), (right, below) = sorted((places[couple.one], places[couple.other]))
    if y == below and right - left <= APART:
        return (left + right) // 2, y + SIZE + BELOW
    return right - APART // 2, y - SIZE - ABOVE


Union = tuple[tuple[int, ...], bool]
"""Parents, and whether by adoption."""


def _descents(family: Family, places: Places) -> Iterator[Line]:
    """From each set of parents one line to all children of theirs, each set at a height of its own."""
    unions: defaultdict[Union, list[int]] = defaultdict(list)
    for child in dict.fromkeys(descent.child for descent in family.descents):
        for is_adoptive in (False, True):
            if found := family.parents(child, is_adoptive=is_adoptive):
                unions[tuple(sorted(found)), is_adoptive].append(child)
    taken: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for (parents, is_adoptive), children in unions.items():
        x, y = _from(family, parents, places)
        start = (x + (BESIDE if is_adoptive else 0), y)
        ends = [(_reached(family, child, places, is_adoptive=is_adoptive)) for child in children]
        bar = _bar(start, ends, taken)
        for end in ends:
            path = f"{start[0]},{start[1]} {start[0]},{bar} {end[0]},{bar} {end[0]},{end[1]}"
            yield Line(f"{_to_start(parents, start, places)}{path}", DASHED if is_adoptive else "")


def _from(family: Family, parents: Sequence[int], places: Places) -> Place:
    """Where the line to the children begins: the middle of the couple's line, or beside a parent alone."""
    pair = next((c for c in family.couples if {c.one, c.other} == set(parents)), None)
    if pair is not None:
        return _between(pair, places)
    x, y = places[parents[0]]
    beside = {places[key][0] for key in places if places[key][1] == y and key != parents[0]}
    taken = {places[other][0] for c in family.couples for other in (c.one, c.other) if parents[0] in (c.one, c.other)}
    side = -1 if x + APART in taken and x - APART not in taken else 1
    return x + side * (APART // 2 if x + side * APART in beside else APART // 3), y + SIZE + BELOW


def _to_start(parents: Sequence[int], start: Place, places: Places) -> str:
    if len(parents) != 1:
        return ""
    x, y = places[parents[0]]
    return f"{x},{y + SIZE} {x},{start[1]} "


def _reached(family: Family, child: int, places: Places, *, is_adoptive: bool) -> Place:
    x, y = places[child]
    has_both = bool(family.parents(child)) and bool(family.parents(child, is_adoptive=True))
    return x + (BESIDE if is_adoptive and has_both else 0), y - (OUTER if child == CHILD else SIZE)


def _bar(start: Place, ends: Sequence[Place], taken: dict[int, list[tuple[int, int, int]]]) -> int:
    """The lowest height above the children at which the line to them meets no other."""
    across_ = [start[0], *(x for x, _ in ends)]
    left, right, row = min(across_), max(across_), max(y for _, y in ends)
    held = {level for one, other, level in taken[start[1] // ROW] if one <= right + BESIDE and other >= left - BESIDE}
    level = next(level for level in range(len(held) + 1) if level not in held)
    taken[start[1] // ROW].append((left, right, level))
    return row + SIZE - FIRST_BAR - level * STEP_DOWN


def _belongs(family: Family, person: Person) -> Iterator[str]:
    """To whom somebody belongs, in words."""
    named = {
        key: one.called if one.name else f"{one.relation.lower()} (name not known)"
        for key, one in family.people.items()
    }
    for is_adoptive, words in ((False, "Child of"), (True, "Adopted by")):
        if parents := family.parents(person.key, is_adoptive=is_adoptive):
            yield f"{words} {_and([named[key] for key in parents])}"
    for is_adoptive, words in ((False, "Parent of"), (True, "Adoptive parent of")):
        children = [d.child for d in family.descents if d.parent == person.key and d.is_adoptive == is_adoptive]
        if children:
            yield f"{words} {_and([named[key] for key in children])}"
    for couple in family.couples:
        if person.key in (couple.one, couple.other) and couple.is_told:
            other = couple.other if person.key == couple.one else couple.one
            yield f"{'Separated from' if couple.is_apart else 'Partner of'} {named[other]}"
    yield from _shared(family, person)


def _shared(family: Family, person: Person) -> Iterator[str]:
    """What a half-brother or half-sister has in common with the child."""
    own, theirs = set(family.parents(CHILD)), set(family.parents(person.key))
    if person.key != CHILD and own & theirs and own != theirs:
        common = _and([family.people[key].relation.lower() for key in sorted(own & theirs)])
        yield f"Has {common} in common with {family.people[CHILD].name}"


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
