"""Families around some of the made-up children: parents, partners, half-siblings, adopters, grandparents, a baby due.

Not part of the tables, which hold no names: people around a child are kept by the web part alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

from hearth.synthetic import names
from hearth.tables.codes import members
from hearth.tables.record import Record

ONE_IN = 6
"""One family in so many of those with a child in care has its people recorded."""
ADOPTED_BEFORE = members("previous_permanence", "P1")
(
    MOTHER, FATHER, ADOPTIVE_MOTHER, ADOPTIVE_FATHER, STEP_FATHER, SIBLINGS_FATHER, BROTHER, SISTER, HALF_BROTHER,
    HALF_SISTER, UNBORN, GRANDMOTHER, GRANDFATHER, AUNT, SON,
) = members(
    "family_relation",
    "mother", "father", "adoptive_mother", "adoptive_father", "step_father", "siblings_father", "brother", "sister",
    "half_brother", "half_sister", "unborn_sibling", "maternal_grandmother", "maternal_grandfather", "aunt", "son",
)  # fmt: skip
PARENT, PARTNER, APART = members("family_bond", "parent", "partner", "former_partner")
SIBLING = {(True, "M"): BROTHER, (True, "F"): SISTER, (False, "M"): HALF_BROTHER, (False, "F"): HALF_SISTER}
"""What a brother or sister is called: whether of the same two parents, and the sex."""
YEAR = 365.25
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Member:
    """Somebody around a child (``authority``, ``child_id``); ``ref`` is how bonds name them among that child's people.

    ``same_as``: the identifier of the child of the record that this is.
    """

    authority: str
    child_id: str
    ref: str
    relation: str
    name: str | None = None
    sex: str | None = None
    born_on: date | None = None
    died_on: date | None = None
    expected_on: date | None = None
    has_parental_responsibility: bool | None = None
    is_emergency_contact: bool | None = None
    same_as: str | None = None


@dataclass(frozen=True)
class Bond:
    """How two of a child's people belong together; an empty ``one`` or ``other`` is the child."""

    authority: str
    child_id: str
    one: str
    kind: str
    other: str


@dataclass
class _Around:
    """The people around one child, as they are made up."""

    child: Row
    siblings: Sequence[Row]
    as_of: date
    seed: int
    members: list[Member] = field(default_factory=list)
    bonds: list[Bond] = field(default_factory=list)

    def add(self, ref: str, relation: str, kind: str, years: int, **facts: Any) -> None:
        """Somebody so many years older than the eldest of the family, named as the family is."""
        whose = f"{self.child['authority']} {self.child['family_id'] or self.child['child_id']} {ref}"
        born = min(row["born_on"] for row in (self.child, *self.siblings))
        given = {
            "name": names.of_relative(self.child, whose, kind, self.seed, is_of_family=ref in OF_FAMILY),
            "sex": {"girl": "F", "boy": "M"}[kind],
            "born_on": born - timedelta(days=round(years * YEAR) + names.drawn(whose, "born", self.seed) % 700),
        }
        self._keep(ref, relation, given | facts)

    def _keep(self, ref: str, relation: str, facts: Mapping[str, Any]) -> None:
        self.members.append(Member(self.child["authority"], self.child["child_id"], ref, relation, **facts))

    def bond(self, one: str, kind: str, other: str) -> None:
        """Two of them."""
        self.bonds.append(Bond(self.child["authority"], self.child["child_id"], one, kind, other))

    def record_siblings(self, has_same_father: Callable[[Row], bool]) -> None:
        """The brothers and sisters who are on the record themselves, children of the mother and of one of two men."""
        for row in self.siblings:
            is_whole = has_same_father(row)
            ref = f"child {row['child_id']}"
            self._keep(ref, SIBLING[is_whole, "M" if row["sex"] == "M" else "F"], {
                "name": names.of_child(row, self.seed), "sex": row["sex"], "born_on": row["born_on"],
                "same_as": row["child_id"],
            })  # fmt: skip
            self.bond("mother", PARENT, ref)
            self.bond("father" if is_whole else "other father", PARENT, ref)

    def parents(self, *, is_together: bool, **father: Any) -> None:
        """Mother and father, and how they stand."""
        self.add("mother", MOTHER, "girl", 22, has_parental_responsibility=True, is_emergency_contact=is_together)
        self.add("father", FATHER, "boy", 25, **{"has_parental_responsibility": is_together} | father)
        self.bond("mother", PARTNER if is_together else APART, "father")


OF_FAMILY = frozenset({"father", "grandfather", "aunt"})
"""Who bears the family's name."""


def _together(around: _Around) -> None:
    around.parents(is_together=True)
    around.add("grandmother", GRANDMOTHER, "girl", 46)
    around.add("grandfather", GRANDFATHER, "boy", 49)
    around.bond("grandmother", PARTNER, "grandfather")
    around.record_siblings(lambda _: True)


def _stepfamily(around: _Around) -> None:
    """The mother lives with another man; their child is a half-brother at home."""
    around.parents(is_together=False)
    around.add("step father", STEP_FATHER, "boy", 20)
    around.bond("mother", PARTNER, "step father")
    youngest = max(row["born_on"] for row in (around.child, *around.siblings))
    born = min(youngest + timedelta(days=800), around.as_of - timedelta(days=200))
    around.add("half brother", HALF_BROTHER, "boy", 0, born_on=born)
    around.bond("mother", PARENT, "half brother")
    around.bond("step father", PARENT, "half brother")
    around.record_siblings(lambda _: True)


def _two_fathers(around: _Around) -> None:
    """Every second child has another father: brothers and sisters on the record are half-siblings."""
    around.parents(is_together=False)
    order = sorted((around.child, *around.siblings), key=lambda row: (row["born_on"], row["child_id"]))
    side = {row["child_id"]: at % 2 for at, row in enumerate(order)}
    own = side[around.child["child_id"]]
    if len(set(side.values())) > 1:
        around.members[-1] = _named_by_side(around, own)
        around.add("other father", SIBLINGS_FATHER, "boy", 24, name=_of_side(around, 1 - own), born_on=None)
        around.bond("mother", APART, "other father")
    around.record_siblings(lambda row: side[row["child_id"]] == own)


def _named_by_side(around: _Around, side: int) -> Member:
    father = around.members[-1]
    return Member(**{**vars(father), "name": _of_side(around, side), "born_on": None})


def _of_side(around: _Around, side: int) -> str:
    whose = f"{around.child['authority']} {around.child['family_id']} father {side}"
    return names.of_relative(around.child, whose, "boy", around.seed, is_of_family=False)


def _unknown_father(around: _Around) -> None:
    """Nobody knows the father; the mother expects another child."""
    around.add("mother", MOTHER, "girl", 19, has_parental_responsibility=True, is_emergency_contact=True)
    around.add("father", FATHER, "boy", 20, name=None, born_on=None)
    due = around.as_of + timedelta(days=90)
    around.add("baby", UNBORN, "girl", 0, name=None, sex=None, born_on=None, expected_on=due)
    around.bond("mother", PARENT, "baby")
    around.record_siblings(lambda _: True)


def _mother_died(around: _Around) -> None:
    around.parents(is_together=False)
    mother = around.members[0]
    died = around.as_of - timedelta(days=1200)
    around.members[0] = Member(**{**vars(mother), "died_on": died, "is_emergency_contact": None})
    around.add("grandmother", GRANDMOTHER, "girl", 47, is_emergency_contact=True)
    around.add("aunt", AUNT, "girl", 18)
    around.bond("grandmother", PARENT, "aunt")
    around.record_siblings(lambda _: True)


def _adopted(around: _Around) -> None:
    """Adopted before coming into care: the birth family, and the adopters with whom the child lived."""
    around.parents(is_together=False, has_parental_responsibility=False)
    around.add("adoptive mother", ADOPTIVE_MOTHER, "girl", 38, has_parental_responsibility=True)
    around.add("adoptive father", ADOPTIVE_FATHER, "boy", 40, has_parental_responsibility=True)
    around.bond("adoptive mother", PARTNER, "adoptive father")
    around.add("their daughter", SISTER, "girl", 0, born_on=around.child["born_on"] - timedelta(days=900))
    around.bond("adoptive mother", PARENT, "their daughter")
    around.bond("adoptive father", PARENT, "their daughter")
    around.record_siblings(lambda _: True)


SHAPES: Sequence[Callable[[_Around], None]] = (_together, _stepfamily, _two_fathers, _unknown_father, _mother_died)


def around(record: Record, seed: int, as_of: date) -> tuple[list[Member], list[Bond]]:
    """The people around some of the children of a made-up record, and the bonds between them.

    The same record and seed give the same people. All children of a family that is chosen have them, each in their own.
    """
    found, ties = [], []
    before = _adopted_before(record)
    for people in _families(record, as_of):
        whose = f"{people[0]['authority']} {people[0]['family_id'] or people[0]['child_id']}"
        drawn = names.drawn(whose, "family recorded", seed)
        for child in people:
            is_adopted = (child["authority"], child["child_id"]) in before
            if not is_adopted and drawn % ONE_IN:
                continue
            made = _Around(child, [row for row in people if row is not child], as_of, seed)
            (_adopted if is_adopted else SHAPES[drawn // ONE_IN % len(SHAPES)])(made)
            _own_child(made)
            found += made.members
            ties += made.bonds
    return found, ties


def _own_child(around: _Around) -> None:
    """The child of a young mother in care."""
    if around.child["first_child_born_on"] is not None:
        around.add("her son", SON, "boy", 0, born_on=around.child["first_child_born_on"])


def _families(record: Record, as_of: date) -> Iterable[list[Row]]:
    """Children of each family of which one is in care on the day; unaccompanied children have no family here."""
    episodes = record["episodes"]
    in_care = episodes.filter(
        (pl.col("started_on") <= as_of) & (pl.col("ended_on").is_null() | (pl.col("ended_on") > as_of))
    ).select("authority", "child_id")
    wanted = record["people"].filter(pl.col("family_id").is_not_null() & pl.col("born_on").is_not_null())
    of_care = wanted.join(in_care.unique(), on=["authority", "child_id"], how="semi")
    families = of_care.select("authority", "family_id").unique()
    rows = wanted.join(families, on=["authority", "family_id"], how="semi").sort("authority", "child_id")
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows.iter_rows(named=True):
        found[row["authority"], row["family_id"]].append(row)
    return found.values()


def _adopted_before(record: Record) -> frozenset[tuple[str, str]]:
    rows = record["previous_permanence"].filter(pl.col("option").is_in(ADOPTED_BEFORE))
    return frozenset(rows.select("authority", "child_id").iter_rows())
