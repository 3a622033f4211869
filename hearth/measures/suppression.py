"""Which cells of a table must be withheld so that none can be worked out from its totals and the cells shown.

The attacker is taken to know every total of the table that is not itself withheld, and every cell shown. A cell is
safe when its possible values spread over more than ``largest_small``: knowing that it is "0 to 5" would say more. The
rules are constructive, so the guarantee is an argument and not a search; tests attack the result with linear
programming.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Counts = tuple[int, ...]
"""The counts of children that one cell gives away: for a percentage those who meet it and those who do not."""


def is_small(count: int, largest_small: int) -> bool:
    """Could the count point to a child? Zero points to nobody, and is shown."""
    return 1 <= count <= largest_small


def is_primary(counts: Counts, largest_small: int) -> bool:
    """Is any count of the cell small, or their sum (a denominator)?"""
    return any(is_small(count, largest_small) for count in (*counts, sum(counts)))


def breakdown(cells: Mapping[Key, Counts], withheld: Iterable[Key], largest_small: int) -> set[Key]:
    """The cells of a breakdown to withhold, those given included, so that it also keeps what its denominators hide.

    Other measures print the same denominators as counts: the categories withheld there are withheld here.
    """
    sizes = {key: (sum(counts),) for key, counts in cells.items()}
    few = line(sizes, [key for key, size in sizes.items() if is_primary(size, largest_small)], largest_small)
    return line(cells, few.union(withheld), largest_small)


def line(cells: Mapping[Key, Counts], withheld: Iterable[Key], largest_small: int) -> set[Key]:
    """The cells of a breakdown with a known total to withhold, those given included.

    Cells are added, the smallest first, until the withheld ones together hold enough of every count that each of them
    may be anything from 0 to more than ``largest_small``; when that cannot be reached, all are withheld.
    """
    out = {key for key in withheld if key in cells}
    rest = sorted((key for key in cells if key not in out), key=lambda key: (sum(cells[key]), str(key)))
    while out and rest and not _is_line_safe(cells, out, largest_small):
        lacking = _lacking(cells, out, largest_small)
        chosen = next((key for key in rest if cells[key][lacking] > 0), rest[0])
        rest.remove(chosen)
        out.add(chosen)
    return out


def _lacking(cells: Mapping[Key, Counts], out: set[Key], largest_small: int) -> int:
    """The first count of which the withheld cells hold too little, and the shown ones have some."""
    sizes = range(len(next(iter(cells.values()))))
    return next(
        (i for i in sizes if sum(cells[k][i] for k in out) <= largest_small and any(cells[k][i] for k in cells)), 0
    )


def _is_line_safe(cells: Mapping[Key, Counts], out: set[Key], largest_small: int) -> bool:
    """Holds each count more than a small number, and do the other withheld cells leave each cell that much room?

    A count that is zero throughout (everybody meets it, or nobody) tells nothing beyond the total.
    """
    hidden = [sum(each) for each in zip(*(cells[key] for key in out), strict=True)]
    everything = [sum(each) for each in zip(*cells.values(), strict=True)]
    told = [held for held, total in zip(hidden, everything, strict=True) if total]
    room = (sum(hidden) - sum(cells[key]) for key in out)
    return len(out) > 1 and min(told, default=0) > largest_small and (len(told) == 1 or min(room) > largest_small)


def crossed(
    cells: Mapping[tuple[str, str], int], withheld: Iterable[tuple[str, str]], largest_small: int
) -> set[tuple[str, str]]:
    """The cells of a crossed table of counts to withhold, those given included: a full block of rows and columns.

    In a full block the possible values of a cell run from max(0, r + c - B) to min(r, c), with r and c the block's row
    and column sums and B its total (Frechet's bounds), so the sums alone say whether it is safe. Rows and columns whose
    total is itself withheld are withheld whole and taken together. When no block is safe, the whole table is withheld.
    """
    out = {key for key in withheld if key in cells}
    if not out:
        return out
    rows, columns = _Side(cells, 0, out, largest_small), _Side(cells, 1, out, largest_small)
    if rows.hidden and columns.hidden:
        return set(cells)
    if rows.hidden or columns.hidden:
        (columns if rows.hidden else rows).take_all()
    while True:
        found = _block(cells, rows, columns, largest_small)
        if found is not None:
            return found | out
        if not (rows.grow() if rows.can_grow_before(columns) else columns.grow()):
            return set(cells)


class _Side:
    """One side of a crossed table: the categories in the block, those with a withheld total taken as one."""

    def __init__(self, cells: Mapping[tuple[str, str], int], side: int, out: set[tuple[str, str]], small: int) -> None:
        self.side = side
        self.totals: dict[str, int] = {}
        for key, count in cells.items():
            self.totals[key[side]] = self.totals.get(key[side], 0) + count
        margin = {name: (total,) for name, total in self.totals.items()}
        self.hidden = line(margin, [n for n, c in margin.items() if is_primary(c, small)], small)
        self.block = {key[side] for key in out} | self.hidden

    def take_all(self) -> None:
        """Put every category in the block."""
        self.block = set(self.totals)

    def smallest(self) -> tuple[int, str] | None:
        """The smallest category not yet in the block."""
        return min(((total, name) for name, total in self.totals.items() if name not in self.block), default=None)

    def can_grow_before(self, other: _Side) -> bool:
        """Is the next category of this side smaller than that of the other?"""
        mine, theirs = self.smallest(), other.smallest()
        return mine is not None and (theirs is None or mine <= theirs)

    def grow(self) -> bool:
        """Put the smallest category outside into the block; False when there is none."""
        found = self.smallest()
        if found is not None:
            self.block.add(found[1])
        return found is not None

    def group(self, name: str) -> str:
        """The name under which a category is summed: one for all whose total is withheld."""
        return "" if name in self.hidden else name


def _block(
    cells: Mapping[tuple[str, str], int], rows: _Side, columns: _Side, largest_small: int
) -> set[tuple[str, str]] | None:
    inside = {key: count for key, count in cells.items() if key[0] in rows.block and key[1] in columns.block}
    by_row = _sums(inside, lambda key: rows.group(key[0]))
    by_column = _sums(inside, lambda key: columns.group(key[1]))
    if not (_are_wide(by_row, largest_small) and _are_wide(by_column, largest_small)):
        return None
    return {key for key in inside if by_row[rows.group(key[0])] and by_column[columns.group(key[1])]}


def _sums(cells: Mapping[tuple[str, str], int], name: Callable[[tuple[str, str]], str]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for key, count in cells.items():
        sums[name(key)] = sums.get(name(key), 0) + count
    return sums


def _are_wide(sums: Mapping[str, int], largest_small: int) -> bool:
    """Does every line of the block, and what is left beside it, hold more than a small count?

    A line that stands for several with withheld totals may be the only one: nothing tells those apart.
    """
    held: Sequence[int] = [total for total in sums.values() if total]
    alone = len(held) == 1 and sums.get("", 0) > 0
    whole = sum(held)
    return bool(held) and all(h > largest_small and (alone or whole - h > largest_small) for h in held)
