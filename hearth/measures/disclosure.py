"""Disclosure control: withholds small numbers, and whatever would let a reader work them out, from public figures.

What is decided here, and why:

- Counts of 1 to 5 are small. The Department's own files print no count of 1 to 5 for an authority; councils that show
  "5" set ``largest_small`` to 4.
- Zero is shown: it points to no child. It may still be withheld to protect another cell.
- Of a percentage, those who meet it, those who do not, and the denominator are each looked at; of an average the
  number of children; of a rate the events or children counted.
- A withheld row loses numerator, denominator, value and the number not known. A number not known that is small on its
  own is withheld alone.
- A breakdown is protected as if its total were always known, crossed breakdowns as if both sets of totals were, and
  related measures (``related.csv``) as if all were published side by side.
- Running totals (the year to date) are protected month by month: two shown points never differ by a small number.
- Months of a rolling year, and stocks on successive days, show a net change only (those who came in less those who
  dropped out), which is no count of children; such months are not withheld for their difference.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import polars as pl

from hearth.measures import suppression
from hearth.measures.suppression import Counts

LARGEST_SMALL = 5
"""Counts from 1 to this are withheld (indicators.md, section 0: "older tables: 5 or under")."""

NUMBERS = ("numerator", "denominator", "value", "not_known")
FIXED = ("measure", "as_of", "period_start", *NUMBERS, "unavailable", "suppressed", "authority_name", "refused")
"""Columns that are no breakdown."""

Key = tuple[object, ...]
NOBODY = ("", "")
"""What is left of a total beside the figures published: nobody prints it, but it can be worked out."""


@dataclass
class _Row:
    """One figure: where it stands, the counts it gives away, whether it is withheld."""

    measure: str
    day: Key
    place: tuple[str | None, ...]
    numbers: dict[str, int]
    counts: Counts
    is_out: bool = False
    is_out_beside: bool = False
    band: str = ""

    def withhold_beside(self) -> None:
        """Withhold it because of other figures than those of its own table."""
        self.is_out_beside |= not self.is_out
        self.is_out = True


Member = tuple[str, str]
"""A measure and, for one row of a distribution, its band ("" otherwise)."""


@dataclass(frozen=True)
class _Related:
    """Figures of which one is the sum of others: member and quantity of the total and of the parts."""

    total: tuple[Member, str]
    is_rest_published: bool
    parts: list[tuple[Member, str]] = field(default_factory=list)


def protect(
    figures: pl.DataFrame,
    by: Collection[str] = (),
    *,
    largest_small: int = LARGEST_SMALL,
    kinds: Mapping[str, str] | None = None,
    running: Collection[str] | None = None,
) -> pl.DataFrame:
    """The figures made fit for the public: a column ``suppressed``, and nulls in the numbers of the rows withheld.

    ``figures`` is what ``engine.measure`` gives for the breakdown ``by``, for every measure and day that will be
    published together. ``kinds`` names the kind of each measure and ``running`` the measures that add up events over
    the period; both are taken from the catalogue when not given.
    """
    kinds, running = _kinds() if kinds is None else kinds, _running() if running is None else running
    places = [name for name in figures.columns if name in by or name not in FIXED]
    places.sort(key=lambda name: name not in by)
    figures = _completed(figures, places)
    rows = _rows(figures, places, len(by), kinds)
    _withhold(rows, len(by), largest_small, running)
    out = pl.Series("suppressed", [row is not None and row.is_out for row in rows], dtype=pl.Boolean)
    return _not_known(_blanked(figures.with_columns(out)), places, largest_small)


def _completed(figures: pl.DataFrame, places: list[str]) -> pl.DataFrame:
    """The figures with a row of noughts for each empty cell of a crossed breakdown.

    A row left out says "nobody", and with the totals that one cell can give the others away; a row can be withheld.
    """
    if len(places) < 2:
        return figures
    parts = figures.partition_by("measure", maintain_order=True)
    return pl.concat([_with_empty_cells(part, places) for part in parts]) if parts else figures


def _with_empty_cells(part: pl.DataFrame, places: list[str]) -> pl.DataFrame:
    used = [name for name in places if part[name].null_count() < part.height]
    keys = ["measure", "as_of", "period_start"]
    counted = part.filter(pl.col("numerator").is_not_null() & pl.all_horizontal(pl.col(used).is_not_null()))
    if len(used) < 2 or counted.is_empty():
        return part
    grid = counted.select(keys).unique(maintain_order=True)
    for name in used:
        grid = grid.join(counted.select(name).unique(maintain_order=True), how="cross")
    empty = grid.join(part, on=[*keys, *used], how="anti", maintain_order="left")
    has_denominator = counted["denominator"].null_count() < counted.height
    noughts = {"numerator": 0, "not_known": 0} | ({"denominator": 0} if has_denominator else {})
    if part["value"].equals(part["numerator"]):
        noughts["value"] = 0
    rows = empty.with_columns(pl.lit(nought, part.schema[name]).alias(name) for name, nought in noughts.items())
    lacking = [pl.lit(None, part.schema[name]).alias(name) for name in part.columns if name not in rows.columns]
    return pl.concat([part, rows.with_columns(lacking).select(part.columns)])


def _kinds() -> Mapping[str, str]:
    from hearth.measures.catalogue import MEASURES

    return {id_: measure.kind for id_, measure in MEASURES.items()}


def _running() -> Collection[str]:
    from hearth.measures.catalogue import MEASURES

    return {id_ for id_, measure in MEASURES.items() if measure.over == "period"}


def _rows(figures: pl.DataFrame, places: list[str], depth: int, kinds: Mapping[str, str]) -> list[_Row | None]:
    """One per figure, in order; None where there is no number to protect."""
    wanted = figures.select("measure", "as_of", "period_start", "numerator", "denominator", *places)
    return [_row(row, depth, kinds) for row in wanted.iter_rows()]


def _row(row: Sequence[object], depth: int, kinds: Mapping[str, str]) -> _Row | None:
    measure, as_of, start, numerator, denominator, *place = row
    top, bottom = _whole(numerator), _whole(denominator)
    if top is None and bottom is None:
        return None
    kind = kinds.get(str(measure)) or ("count" if bottom is None else "percentage")
    numbers = {"numerator": top or 0, "denominator": bottom or 0, "complement": (bottom or 0) - (top or 0)}
    where = tuple(None if part is None else str(part) for part in place)
    band = next((part for part in where[depth:] if part is not None), "")
    counts = (top or 0,) if band and top is not None else _counts(kind, top, bottom)
    return _Row(str(measure), (as_of, start), where, numbers, counts, band=str(band))


def _whole(number: object) -> int | None:
    return None if number is None else round(float(str(number)))


def _counts(kind: str, top: int | None, bottom: int | None) -> Counts:
    if bottom is None:
        return (top or 0,)
    if kind == "average" or top is None:
        return (bottom,)
    if kind == "percentage" and top <= bottom:
        return (top, bottom - top)
    return (top,)


def _withhold(rows: list[_Row | None], depth: int, largest_small: int, running: Collection[str]) -> None:
    """Mark the rows to withhold: first the small ones, then round by round what would give them away."""
    held = [row for row in rows if row is not None]
    for row in held:
        is_few = suppression.is_small(row.numbers["denominator"], largest_small)
        row.is_out = is_few or suppression.is_primary(row.counts, largest_small)
    tables = _grouped(held, lambda r: (r.measure, r.day))
    sides = _grouped(held, lambda r: (r.day, r.place[:depth]))
    runs = _grouped((r for r in held if r.measure in running), lambda r: (r.measure, r.day[1], r.place))
    out = -1
    while out < sum(row.is_out for row in held):
        out = sum(row.is_out for row in held)
        _round(tables, _protect_table, largest_small)
        _round(sides, _protect_related, largest_small)
        _round(runs, _protect_run, largest_small)


def _round(groups: list[list[_Row]], protect_group: Callable[[list[_Row], int], None], largest_small: int) -> None:
    for group in groups:
        protect_group(group, largest_small)


def _grouped(rows: Iterable[_Row], key: Callable[[_Row], object]) -> list[list[_Row]]:
    groups: dict[object, list[_Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.values())


def _protect_table(rows: list[_Row], largest_small: int) -> None:
    """One measure on one day: its rows are the parts of a total that is known."""
    parts = [row for row in rows if any(part is not None for part in row.place)]
    if not any(row.is_out for row in parts):
        return
    used = [i for i in range(len(parts[0].place)) if any(row.place[i] is not None for row in parts)]
    cells = {tuple(str(row.place[i]) for i in used): row for row in parts}
    for key in _to_withhold(cells, len(used), largest_small):
        cells[key].is_out = True


def _to_withhold(cells: Mapping[tuple[str, ...], _Row], sides: int, largest_small: int) -> Iterable[tuple[str, ...]]:
    out = [key for key, row in cells.items() if row.is_out]
    if sides == 1:
        return suppression.breakdown({key: row.counts for key, row in cells.items()}, out, largest_small)
    is_simple = sides == 2 and all(len(row.counts) == 1 for row in cells.values())
    if not is_simple or any(row.is_out_beside for row in cells.values()):
        return cells
    pairs = {(key[0], key[1]): row.counts[0] for key, row in cells.items()}
    few = [pair for pair, count in pairs.items() if suppression.is_small(count, largest_small)]
    return suppression.crossed(pairs, few, largest_small)


@cache
def _related() -> list[_Related]:
    with (Path(__file__).parent / "related.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named: dict[str, _Related] = {}
    for row in rows:
        member = ((row["measure"], row["band"]), row["quantity"])
        if row["role"] == "total":
            named[row["line"]] = _Related(member, row["rest"] == "published")
        else:
            named[row["line"]].parts.append(member)
    return list(named.values())


def _protect_related(rows: list[_Row], largest_small: int) -> None:
    """Figures of one day and category that add up to one another."""
    found = {(row.measure, row.band): row for row in rows}
    for related in _related():
        if all(member in found for member, _ in [related.total, *related.parts]):
            _protect_sum(found, related, largest_small)


def _protect_sum(found: Mapping[Member, _Row], related: _Related, largest_small: int) -> None:
    """Withholds parts in the order of ``related.csv`` until none can be worked out; at last the total."""
    member, quantity = related.total
    total = found[member]
    parts = {part: found[part].numbers[name] for part, name in related.parts}
    hidden = {part: count for part, count in parts.items() if found[part].is_out}
    if total.is_out:
        found[next(iter(hidden or parts))].withhold_beside()
        return
    rest = total.numbers[quantity] - sum(parts.values())
    if suppression.is_small(rest, largest_small) or (hidden and not related.is_rest_published):
        hidden[NOBODY] = max(rest, 0)
    for part, count in parts.items():
        if hidden and (len(hidden) < 2 or sum(hidden.values()) <= largest_small):
            found[part].withhold_beside()
            hidden[part] = count
    if hidden and (len(hidden) < 2 or sum(hidden.values()) <= largest_small):
        total.withhold_beside()


def _protect_run(rows: list[_Row], largest_small: int) -> None:
    """Running totals from one first day: of two shown points that differ by a small number the earlier goes."""
    shown = sorted((row for row in rows if not row.is_out), key=lambda row: str(row.day[0]), reverse=True)
    if not shown:
        return
    last = shown[0]
    for row in shown[1:]:
        steps = [abs(a - b) for a, b in zip(last.counts, row.counts, strict=True)]
        if any(suppression.is_small(step, largest_small) for step in steps):
            row.withhold_beside()
        else:
            last = row


def _blanked(figures: pl.DataFrame) -> pl.DataFrame:
    numbers = [name for name in NUMBERS if name in figures.columns]
    return figures.with_columns(pl.when(pl.col("suppressed").not_()).then(pl.col(name)).alias(name) for name in numbers)


def _not_known(figures: pl.DataFrame, places: list[str], largest_small: int) -> pl.DataFrame:
    """Small numbers not known are withheld; in a breakdown, together with those of the other categories."""
    if "not_known" not in figures.columns:
        return figures
    small = pl.col("not_known").is_between(1, largest_small)
    is_part = pl.any_horizontal([pl.lit(False), *(pl.col(name).is_not_null() for name in places)])
    among = small.any().over("measure", "as_of", "period_start") & is_part
    return figures.with_columns(pl.when((small | among).not_()).then(pl.col("not_known")).alias("not_known"))
