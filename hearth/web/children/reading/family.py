"""Who belongs to whom in a child's family: from bonds as recorded and, where none says otherwise, from relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hearth.tables import codes
from hearth.web.children.models import Child, FamilyBond, FamilyMember
from hearth.web.children.reading.looking import Look
from hearth.web.children.reading.together import in_care
from hearth.web.design import words

OUTSIDE = codes.members("family_relation", "foster_carer", "friend")
"""Not family: listed, and not drawn."""
BIRTH = codes.members("family_relation", "mother", "father")
ADOPTIVE = codes.members("family_relation", "adoptive_mother", "adoptive_father")
SIBLINGS = codes.members("family_relation", "sister", "brother", "sibling", "unborn_sibling")
KIN = (*SIBLINGS, *codes.members("family_relation", "half_sister", "half_brother", "step_sibling"))
OFFSPRING = codes.members("family_relation", "daughter", "son", "unborn_child")
UNBORN = codes.members("family_relation", "unborn_sibling", "unborn_child")
(WITH,) = codes.members("family_relation", "partner")
OF_PARENT = dict(
    zip(
        codes.members(
            "family_relation",
            "maternal_grandmother", "maternal_grandfather", "paternal_grandmother", "paternal_grandfather",
        ),
        ("mother", "mother", "father", "father"),
        strict=True,
    )
)  # fmt: skip
"""Grandparents, and which parent of the child each is a parent of."""
STEP = dict(zip(codes.members("family_relation", "step_father", "step_mother"), BIRTH, strict=True))
"""Step-parents, and with which parent of the child each lives."""
(PARENT_OF, ADOPTER_OF, PARTNER, SEPARATED) = codes.members(
    "family_bond", "parent", "adoptive_parent", "partner", "former_partner"
)
CHILD = 0
"""The key of the child of the record; members have their own, children known by their family alone a negative one."""


@dataclass(frozen=True)
class Person:
    """Somebody of the family, as far as it is known; ``care`` says of a brother or sister whether and where in care."""

    key: int
    name: str
    relation: str
    generation: int
    sex: str = ""
    age: str = ""
    lived: str = ""
    has_died: bool = False
    is_unborn: bool = False
    care: str = ""
    is_with_child: bool = False
    born_on: date | None = None

    @property
    def called(self) -> str:
        """The name, or that nobody knows it."""
        return self.name or ("not yet born" if self.is_unborn else "name not known")

    @property
    def in_short(self) -> str:
        """Who it is to the child in the fewest words; of a baby not yet born, when it is expected."""
        return self.lived if self.is_unborn and self.lived else self.relation.partition(",")[0]


@dataclass(frozen=True)
class Couple:
    """Two people; ``is_apart``: they have separated; ``is_told`` False: a bond between them is not recorded."""

    one: int
    other: int
    is_apart: bool = False
    is_told: bool = True


@dataclass(frozen=True)
class Descent:
    """A parent and a child, by birth or by adoption."""

    parent: int
    child: int
    is_adoptive: bool = False


@dataclass(frozen=True)
class Family:
    """The people by key, the child first; the couples among them, and who descends from whom."""

    people: Mapping[int, Person]
    couples: Sequence[Couple]
    descents: Sequence[Descent]

    def parents(self, child: int, *, is_adoptive: bool = False) -> list[int]:
        """The parents of one of them, in the order in which they were recorded."""
        return [d.parent for d in self.descents if d.child == child and d.is_adoptive == is_adoptive]


def of(look: Look) -> Family | None:
    """The child's family; None when nobody of it is recorded."""
    members = list(
        FamilyMember.objects.filter(child=look.child).exclude(relation__in=OUTSIDE).order_by("born_on", "pk")
    )
    on_record = in_care(look)
    own = {row.pk: _same(row, [found.child for found in on_record]) for row in members}
    met = set(own.values())
    others = [found for found in on_record if found.child.pk not in met]
    if not members and not others:
        return None
    told = {found.child.pk: found for found in on_record}
    people = {CHILD: _of_child(look)}
    for row in members:
        found = told.get(own[row.pk] or 0)
        people[row.pk] = _of_member(row, look, found.words if found else "", is_with=bool(found and found.is_together))
    for found in others:
        people[-found.child.pk] = Person(
            -found.child.pk, found.child.name, "Brother or sister on the record", 0, found.child.sex or "",
            words.age(found.child.born_on, look.day), care=found.words, is_with_child=found.is_together,
            born_on=found.child.born_on,
        )  # fmt: skip
    return _bound(people, members, list(FamilyBond.objects.filter(child=look.child).order_by("pk")))


def _same(row: FamilyMember, children: Iterable[Child]) -> int | None:
    """Which child of the record a member is: as recorded, or by the same first name and birthday."""
    if row.same_as_id is not None or row.relation not in KIN or row.born_on is None or not row.name:
        return row.same_as_id
    first = row.name.split()[0].casefold()
    alike = (c.pk for c in children if c.born_on == row.born_on and c.name.split()[0].casefold() == first)
    return next(alike, None)


def _of_child(look: Look) -> Person:
    child = look.child
    lived = _lived(child.born_on, child.died_on)
    age = words.age(child.born_on, look.day)
    has_died = child.died_on is not None
    sex = child.sex or ""
    return Person(CHILD, child.name, "The child", 0, sex, age, lived, has_died=has_died, born_on=child.born_on)


def _of_member(row: FamilyMember, look: Look, care: str, *, is_with: bool) -> Person:
    known = codes.load("family_relation")[row.relation]
    is_unborn = row.relation in UNBORN
    lived = (
        f"expected {words.day(row.expected_on)}" if is_unborn and row.expected_on else _lived(row.born_on, row.died_on)
    )
    return Person(
        row.pk, row.name or "", known.label, int(known.extra["generation"] or 0), row.sex or known.extra["sex"] or "",
        words.age(row.born_on, look.day) if row.born_on else "", lived, has_died=row.died_on is not None,
        is_unborn=is_unborn, care=care, is_with_child=is_with, born_on=row.born_on,
    )  # fmt: skip


def _lived(born_on: object, died_on: object) -> str:
    said = [f"{word} {words.day(on)}" for word, on in (("born", born_on), ("died", died_on)) if on]  # type: ignore[arg-type]
    return ", ".join(said)


@dataclass
class _Bonds:
    """Bonds as they are found: those recorded first, so that what is taken from relations never says otherwise."""

    people: Mapping[int, Person]
    couples: list[Couple] = field(default_factory=list)
    descents: list[Descent] = field(default_factory=list)

    def couple(self, one: int, other: int, *, is_apart: bool = False, is_told: bool = True) -> None:
        """Two people, once."""
        pairs = [{couple.one, couple.other} for couple in self.couples]
        if one != other and {one, other} <= set(self.people) and {one, other} not in pairs:
            self.couples.append(Couple(one, other, is_apart, is_told))

    def descent(self, parent: int, child: int, *, is_adoptive: bool = False) -> None:
        """A parent and a child, once."""
        known = [(d.parent, d.child) for d in self.descents]
        if parent != child and {parent, child} <= set(self.people) and (parent, child) not in known:
            self.descents.append(Descent(parent, child, is_adoptive))


def _bound(people: Mapping[int, Person], members: Sequence[FamilyMember], bonds: Sequence[FamilyBond]) -> Family:
    found = _Bonds(people)
    for bond in bonds:
        one, other = bond.one_id or CHILD, bond.other_id or CHILD
        if bond.kind in (PARENT_OF, ADOPTER_OF):
            found.descent(one, other, is_adoptive=bond.kind == ADOPTER_OF)
        else:
            found.couple(one, other, is_apart=bond.kind == SEPARATED or bond.ended_on is not None)
    by_relation: dict[str, list[int]] = {}
    for row in members:
        by_relation.setdefault(row.relation, []).append(row.pk)
    _from_relations(found, by_relation)
    for one, other in _parents_together(found.descents):
        found.couple(one, other, is_told=False)
    return Family(people, found.couples, found.descents)


def _from_relations(found: _Bonds, members: Mapping[str, Sequence[int]]) -> None:
    """What the words mother, sister, grandmother say by themselves, of those of whom no bond says otherwise."""
    told = {descent.child for descent in found.descents}

    def of(relations: Iterable[str]) -> list[int]:
        return [key for relation in relations for key in members.get(relation, ())]

    for parents, children, is_adoptive in (
        (of(BIRTH), [CHILD, *(key for key in of(SIBLINGS) if key not in told)], False),
        (of(ADOPTIVE), [CHILD], True),
        ([CHILD], [key for key in of(OFFSPRING) if key not in told], False),
    ):
        for child in children:
            for parent in parents:
                found.descent(parent, child, is_adoptive=is_adoptive)
    for relation, of_parent in OF_PARENT.items():
        for older in of([relation]):
            for parent in of([of_parent])[:1]:
                found.descent(older, parent)
    for relation, of_parent in STEP.items():
        for step in of([relation]):
            if not any(step in (couple.one, couple.other) for couple in found.couples):
                for parent in of([of_parent])[:1]:
                    found.couple(step, parent)
    for partner in of([WITH]):
        found.couple(CHILD, partner)


def _parents_together(descents: Sequence[Descent]) -> Iterator[tuple[int, int]]:
    """Each two people who have a child with each other."""
    for child in dict.fromkeys(descent.child for descent in descents):
        for is_adoptive in (False, True):
            pair = [d.parent for d in descents if d.child == child and d.is_adoptive == is_adoptive]
            if len(pair) == 2:
                yield pair[0], pair[1]
