"""Findings counted: by rule, by child, by worker or team, and beside an earlier run (fixed, new, still)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from hearth.returns.ssda903.checking.intake import LAST

CHILD = "child_id"
SAME = ("code", "table", CHILD, "key", "turn")
"""What makes a finding the same in two runs; ``turn`` tells several of one row's key apart."""
COUNTS = (
    pl.col(CHILD).n_unique().alias("children"),
    pl.struct("table", "row").n_unique().alias("rows"),
)
NOBODY = "not known"


@dataclass(frozen=True, eq=False)
class Overview:
    """A check as it is reported: what was found, what was not run, and who is to mend it.

    ``findings`` has the column ``since`` (new, still, fixed) where an earlier run is compared; ``workers`` and
    ``teams`` give each child's, as far as they are known.
    """

    year: int
    authority: str | None
    findings: pl.DataFrame
    not_run: pl.DataFrame
    rules_run: int
    workers: Mapping[str, str]
    teams: Mapping[str, str]

    @property
    def title(self) -> str:
        """Which return it is."""
        return f"Return of the year to 31 March {self.year}"

    @property
    def is_compared(self) -> bool:
        """Whether an earlier run stands beside it."""
        return "since" in self.findings.columns

    @property
    def open(self) -> pl.DataFrame:
        """What is still to be mended."""
        return self.findings.filter(pl.col("since") != "fixed") if self.is_compared else self.findings

    def counts(self) -> tuple[int, int, int]:
        """How many findings, children and rows there are to mend."""
        found = self.open
        return found.height, found[CHILD].drop_nulls().n_unique(), found.select("table", "row").n_unique()

    def since(self) -> dict[str, int]:
        """How many findings are fixed, new and still there beside the earlier run."""
        times = dict(self.findings["since"].value_counts().iter_rows())
        return {word: times.get(word, 0) for word in ("fixed", "new", "still")}

    def grouped(self, by: str) -> pl.DataFrame:
        """The open findings by rule, child, worker or team, or ("none") one by one."""
        if by == "child":
            return by_child(self.open, self.workers)
        if by in ("worker", "team"):
            return by_worker(self.open, self.workers if by == "worker" else self.teams, name=by)
        if by == "none":
            shown = ("code", "table", "row", CHILD, "values", "look_at", "proposed")
            return self.findings.select(*shown, *(("since",) if self.is_compared else ()))
        return by_rule(self.open)


def by_rule(findings: pl.DataFrame) -> pl.DataFrame:
    """code, message, look_at, children, rows: in the order of the rules."""
    return findings.group_by("code", maintain_order=True).agg(
        pl.col("message", "look_at").first(), pl.col(CHILD).drop_nulls().n_unique().alias("children"), COUNTS[1]
    )


def by_child(findings: pl.DataFrame, workers: Mapping[str, str] | None = None) -> pl.DataFrame:
    """child_id, worker, rules (codes), findings, rows: the child with most findings first."""
    grouped = findings.group_by(CHILD, maintain_order=True).agg(
        pl.col("code").unique(maintain_order=True).str.join(", ").alias("rules"),
        pl.len().alias("findings"),
        COUNTS[1],
    )
    worker = pl.col(CHILD).replace_strict(dict(workers or {}), default=NOBODY, return_dtype=pl.String).alias("worker")
    return (
        grouped.with_columns(worker)
        .select(CHILD, "worker", "rules", "findings", "rows")
        .sort("findings", descending=True, maintain_order=True)
    )


def by_worker(findings: pl.DataFrame, workers: Mapping[str, str], *, name: str = "worker") -> pl.DataFrame:
    """worker (or team), children, findings, rows, rules: who has most to mend first."""
    whose = pl.col(CHILD).replace_strict(dict(workers), default=NOBODY, return_dtype=pl.String).alias(name)
    grouped = (
        findings.with_columns(whose)
        .group_by(name, maintain_order=True)
        .agg(
            COUNTS[0],
            pl.len().alias("findings"),
            COUNTS[1],
            pl.col("code").unique(maintain_order=True).str.join(", ").alias("rules"),
        )
    )
    return grouped.sort("findings", descending=True, maintain_order=True)


def workers_of(tables: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """Each child's social worker: the latest on this year's file of workers, else on last year's."""
    found: dict[str, str] = {}
    for name in ("SWEpisodes" + LAST, "SWEpisodes"):
        table = tables.get(name)
        if table is not None and {"CHILD", "SW_ID", "SW_DECOM"} <= set(table.columns):
            day = pl.col("SW_DECOM").str.to_date("%d/%m/%Y", strict=False)
            ordered = table.drop_nulls(["CHILD", "SW_ID"]).sort(day, nulls_last=False, maintain_order=True)
            found |= dict(ordered.select("CHILD", "SW_ID").iter_rows())
    return found


def teams_of(workers: Mapping[str, str], teams: Mapping[str, str]) -> dict[str, str]:
    """Each child's team, where the worker's is known."""
    return {child: teams.get(worker, NOBODY) for child, worker in workers.items()}


def compared(findings: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
    """This run's findings with ``since``: "new" or "still"; and those of the earlier run that are gone: "fixed"."""
    now, before = _turned(findings), _turned(earlier)
    known = before.select(SAME).with_columns(since=pl.lit("still"))
    marked = now.join(known, on=SAME, how="left", maintain_order="left", nulls_equal=True).with_columns(
        pl.col("since").fill_null("new")
    )
    gone = before.join(now.select(SAME), on=SAME, how="anti", nulls_equal=True).with_columns(since=pl.lit("fixed"))
    return pl.concat([marked, gone.select(marked.columns)]).drop("turn")


def _turned(findings: pl.DataFrame) -> pl.DataFrame:
    same = [name for name in SAME if name != "turn"]
    return findings.with_columns(pl.int_range(pl.len()).over(same).alias("turn"))
