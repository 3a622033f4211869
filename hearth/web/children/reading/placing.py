"""Where each of a family stands in the drawing: a generation a row, couples side by side, children below parents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate

from hearth.web.children.reading.family import CHILD, Family

APART = 150
"""Between two who stand side by side."""
PARENTS = -1
ROUNDS = 3
"""Times that rows are moved towards those above and below them; more changes nothing that can be seen."""
Block = tuple[int, ...]
"""People who stand side by side whatever happens: a couple and others with whom either had children, or siblings."""

Beside = tuple[bool, bool, int]
"""Whom somebody had children with or lives with: still together, no man, the key."""


def across(family: Family) -> dict[int, float]:
    """How far from the left each stands."""
    rows = _rows(family)
    places: dict[int, float] = {}
    for blocks in rows.values():
        places |= _placed([(0.0, block) for block in blocks])
    for _ in range(ROUNDS):
        for level in sorted(rows, key=lambda level: (level != PARENTS, abs(level))):
            wanted = [(_wanted(family, block, places), block) for block in rows[level]]
            places |= _placed(wanted if level == PARENTS else sorted(wanted, key=lambda one: _in_turn(family, one)))
    left = min(places.values()) - APART / 2
    return {key: place - left for key, place in places.items()}


def _in_turn(family: Family, wanted: tuple[float, Block]) -> tuple[bool, float, Block]:
    """From left to right as the parents or the children stand; those who hang in the air last."""
    middle, block = wanted
    hangs = not any(d.parent in block or d.child in block for d in family.descents) and CHILD not in block
    return hangs, middle, block


def _rows(family: Family) -> dict[int, list[Block]]:
    """The blocks of each generation, from left to right."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for person in family.people.values():
        found[person.generation].append(person.key)
    return {level: _blocks(family, found[level], level) for level in sorted(found)}


def _blocks(family: Family, keys: Sequence[int], level: int) -> list[Block]:
    if level < 0:
        blocks = [tuple(_chain(family, block)) for block in _joined(keys, _pairs(family, keys))]
        return sorted(blocks, key=lambda block: _side(family, block))
    groups: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    partners = _partners(family, keys)
    for key in sorted(keys, key=lambda key: _by_age(family, key)):
        if key not in partners:
            groups[_siblings_by(family, key)].append(key)
    blocks = [tuple(_with_partners(group, partners)) for group in groups.values()]
    return sorted(blocks, key=lambda block: CHILD not in block and not family.parents(block[0]))


def _by_age(family: Family, key: int) -> tuple[date, bool, int]:
    """The eldest first; whose birthday is not known after them, who is not yet born last."""
    person = family.people[key]
    return person.born_on or date.max, person.is_unborn, key


def _partners(family: Family, keys: Sequence[int]) -> dict[int, int]:
    """Those in a row of children who came into the family by somebody of it: beside whom each stands."""
    own = [key for key in keys if key == CHILD or _siblings_by(family, key) != (0, key)]
    found: dict[int, int] = {}
    for key in own:  # grows: a partner's other partners come after the partner
        for couple in family.couples:
            other = couple.other if couple.one == key else couple.one if couple.other == key else key
            if other in keys and other not in own:
                found[other] = key
                own.append(other)
    return found


def _siblings_by(family: Family, key: int) -> tuple[int, ...]:
    """The parents that make brothers and sisters stand together: by birth, else by adoption; else each alone."""
    parents = family.parents(key) or family.parents(key, is_adoptive=True)
    return tuple(sorted(parents)) or (0, key)


def _with_partners(group: Iterable[int], partners: Mapping[int, int]) -> Iterator[int]:
    for key in group:
        yield key
        yield from _with_partners([partner for partner, of in partners.items() if of == key], partners)


def _pairs(family: Family, keys: Iterable[int]) -> list[tuple[int, int]]:
    held = set(keys)
    return [(c.one, c.other) for c in family.couples if {c.one, c.other} <= held]


def _joined(keys: Iterable[int], pairs: Iterable[tuple[int, int]]) -> list[set[int]]:
    """The keys in sets: those joined by pairs together."""
    sets = {key: {key} for key in keys}
    for one, other in pairs:
        both = sets[one] | sets[other]
        for key in both:
            sets[key] = both
    return list({id(found): found for found in sets.values()}.values())


def _chain(family: Family, keys: set[int]) -> list[int]:
    """A couple, or those joined by couples, so that each stands beside whom they belong to as far as can be.

    Men and former partners come first, as is usual: father, mother, the mother's partner.
    """
    beside: defaultdict[int, list[Beside]] = defaultdict(list)
    for couple in family.couples:
        if {couple.one, couple.other} <= keys:
            for one, other in ((couple.one, couple.other), (couple.other, couple.one)):
                beside[one].append((not couple.is_apart, family.people[other].sex != "M", other))
    ends = sorted(
        keys, key=lambda key: (len(beside[key]) > 1, *(beside[key][:1] and _first(family, key, beside[key])), key)
    )
    chain: list[int] = []
    _walk(ends[0], beside, chain)
    return chain


def _first(family: Family, key: int, beside: Sequence[Beside]) -> tuple[bool, bool]:
    return min(is_on for is_on, _, _ in beside), family.people[key].sex != "M"


def _walk(key: int, beside: Mapping[int, Sequence[Beside]], chain: list[int]) -> None:
    chain.append(key)
    for *_, other in sorted(beside.get(key, ())):
        if other not in chain:
            _walk(other, beside, chain)


def _side(family: Family, block: Block) -> tuple[int, int]:
    """Birth parents first, then whoever else has children, then adopters, then those who hang in the air."""
    adopts = any(d.is_adoptive and d.parent in block for d in family.descents)
    is_parent = any(not d.is_adoptive and d.parent in block and d.child == CHILD for d in family.descents)
    hangs = not any(d.parent in block or d.child in block for d in family.descents)
    return (3 if hangs else 2 if adopts else 0 if is_parent else 1), min(block)


def _wanted(family: Family, block: Block, places: Mapping[int, float]) -> float:
    """Where the middle of a block would stand best: below its parents, or above its children."""
    held = set(block)
    is_older = family.people[block[0]].generation < 0
    near = [d.child if is_older else d.parent for d in family.descents if (d.parent if is_older else d.child) in held]
    if not is_older:
        near = [d.parent for d in family.descents if d.child in held and not d.is_adoptive] or near
    offset = _offset(block, [d.parent for d in family.descents if d.parent in held]) if is_older else 0.0
    known = [places[key] for key in dict.fromkeys(near) if key in places]
    middle = sum(places[key] for key in block) / len(block)
    return sum(known) / len(known) - offset if known else middle


def _offset(block: Block, parents: Iterable[int]) -> float:
    """How far from the middle of the block its parents stand, so that they, not the block, are above the children."""
    at = [block.index(key) for key in dict.fromkeys(parents)]
    return (sum(at) / len(at) - (len(block) - 1) / 2) * APART if at else 0.0


def _placed(wanted: Sequence[tuple[float, Block]]) -> dict[int, float]:
    """Each block as near to where it is wanted as the others let it, in the order given."""
    widths = [len(block) * APART for _, block in wanted]
    starts = [0.0, *accumulate(widths)][:-1]
    middles = [start + width / 2 for start, width in zip(starts, widths, strict=True)]
    shifts = _in_order([want - middle for (want, _), middle in zip(wanted, middles, strict=True)])
    found: dict[int, float] = {}
    for (_, block), start, shift in zip(wanted, starts, shifts, strict=True):
        found |= {key: start + shift + (at + 0.5) * APART for at, key in enumerate(block)}
    return found


def _in_order(values: Sequence[float]) -> list[float]:
    """The nearest values that never fall: neighbours that would cross share their mean."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pools.append((value, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, many), (other, more) = pools[-2:]
            pools[-2:] = [((one * many + other * more) / (many + more), many + more)]
    return [value for value, many in pools for _ in range(many)]
