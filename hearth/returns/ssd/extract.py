"""An extract of the dataset: its files found by their headings, their cells typed, every odd row told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from hearth.returns import files
from hearth.returns.cells import Reader
from hearth.returns.ssd import layout, words
from hearth.returns.ssd.layout import Field, Table
from hearth.tables.problems import Effect, Problems

ASIDE: Effect = "row set aside"
UNKNOWN = ("NA", "N/A", "U", "UNKNOWN", "NOT KNOWN", "NK", "9")
"""Answers that are neither yes nor no, and no mistake either."""
ESCAPED = r"^'([=+@-])"
"""How text that looks like a formula is written, so that no spreadsheet runs it."""
KINDS: Mapping[str, pl.DataType] = {
    "date": pl.Date(),
    "moment": pl.Date(),
    "yes_no": pl.Boolean(),
    "whole": pl.Int64(),
    "number": pl.Float64(),
}
ROW = {"row": pl.Int64(), "file": pl.String(), "child_id": pl.String()}


@dataclass(frozen=True)
class FileRead:
    """One file read: its typed rows, its headings, and how many rows it had."""

    frame: pl.DataFrame
    headings: frozenset[str]
    rows: int


@dataclass
class Extract:
    """The tables of an extract by name: typed fields in their own names, with ``row``, ``file`` and ``child_id``.

    ``headings`` says which fields the files had; ``kept`` is worked out at the end, when no more rows are set aside.
    """

    problems: Problems
    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    headings: dict[str, frozenset[str]] = field(default_factory=dict)
    read: dict[tuple[str, str], int] = field(default_factory=dict)

    def __getitem__(self, table: str) -> pl.DataFrame:
        """The rows of a table; empty, with the right columns, when there is no such file."""
        found = self.frames.get(table)
        return _empty(layout.tables()[table]) if found is None else found

    def has(self, table: str, *fields: str) -> bool:
        """Whether there is a file of that table, with those fields."""
        return table in self.headings and set(fields) <= self.headings[table]

    def add(self, table: str, name: str, found: FileRead) -> None:
        """Add a file's rows; a table may stand in several files."""
        before = self.frames.get(table)
        self.frames[table] = found.frame if before is None else pl.concat([before, found.frame])
        self.headings[table] = found.headings | self.headings.get(table, frozenset())
        self.read[name, table] = found.rows

    def tell(
        self, table: str, rows: pl.DataFrame, column: str, problem: str, remedy: str, *, effect: Effect = "noted"
    ) -> None:
        """One problem for each of the rows, which are taken out of the table when the effect is to set them aside."""
        value = pl.col(column).cast(pl.String).alias("value")
        said = rows.select("row", "file", "child_id", pl.lit(column).alias("column"), value)
        for (name,), part in said.group_by("file", maintain_order=True):
            self.problems.rows(str(name), part, problem=problem, remedy=remedy, effect=effect)
        if effect == ASIDE and rows.height:
            self.frames[table] = self[table].join(rows, on=["file", "row"], how="anti", maintain_order="left")

    def count(self) -> None:
        """Count the rows read and kept of each file."""
        for (name, table), read in self.read.items():
            self.problems.count(name, read, self.frames[table].filter(pl.col("file") == name).height)


def open_extract(tables: Iterable[tuple[Path, str]], problems: Problems) -> Extract:
    """Read and check the files, each with the table of the dataset that it is; several at once.

    Rows without a child or a required day, rows that stand twice, and rows of children whom the person table does not
    have are set aside with a problem each.
    """
    extract = Extract(problems)
    named = list(tables)
    with ThreadPoolExecutor() as pool:
        for (path, table), found in zip(
            named, pool.map(lambda each: _read_file(each[0], each[1], problems), named), strict=True
        ):
            if found is not None:
                extract.add(table, path.name, found)
    _tell_lacking(extract)
    _find_children(extract)
    _set_orphans_aside(extract)
    return extract


def _read_file(path: Path, name: str, problems: Problems) -> FileRead | None:
    table = layout.tables()[name]
    found = files.read_text_table(path, problems)
    if found is None:
        problems.count(path.name, 0, 0)
        return None
    found = found.rename({heading: heading.lower() for heading in found.columns})
    headings = frozenset(found.columns) - {"row"}
    _note_headings(problems, path.name, headings, table)
    reader = Reader(path.name, problems, child=table.child or "child_id")
    return FileRead(_checked(reader, found, table), headings, found.height)


def _note_headings(problems: Problems, name: str, headings: frozenset[str], table: Table) -> None:
    extra = sorted(headings - set(table.fields))
    if extra:
        said = f"Headings that {table.name} does not have: {', '.join(extra)}"
        problems.file(name, said, "Nothing: they were not read", "noted")
    lacking = [f.name for f in table.read if f.is_required and f.name not in headings]
    if lacking:
        said = f"The heading {', '.join(lacking)} is missing, without which no row can be used"
        problems.file(name, said, "Export the file again with it", "row set aside")


def _checked(reader: Reader, raw: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The rows typed, without those that lack what they need or stand twice."""
    once = _without_copies(reader, raw, table)
    typed = _typed(reader, once, table)
    whole = _forward(reader, reader.require(typed, *(f.name for f in table.read if f.is_required)), table)
    child = pl.col(table.child) if table.child else pl.lit(None, dtype=pl.String)
    return whole.with_columns(pl.lit(reader.name).alias("file"), child.alias("child_id"))


def _forward(reader: Reader, typed: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Ends before their starts taken off: the row is read as without an end."""
    if table.name not in SPANS:
        return typed
    start, end = SPANS[table.name]
    is_early = (typed[end] < typed[start]).fill_null(value=False)
    reader.tell(typed, end, is_early, "It ends before it begins", "Correct the start or the end; read without an end")
    return typed.with_columns(typed[end].set(is_early, None))


def _without_copies(reader: Reader, raw: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Without rows whose identifier, or every cell, an earlier row has."""
    key = [table.key] if table.key in raw.columns else []
    copied = ~raw.select(pl.struct(pl.exclude("row")).is_first_distinct()).to_series()
    if key:
        copied = copied | (~raw[key[0]].is_first_distinct() & raw[key[0]].is_not_null())
    column = key[0] if key else raw.columns[0]
    said = f"A second row with the same {column}" if key else "The row stands twice"
    reader.tell(raw, column, copied, said, "Keep one of them; the first was read", "row set aside")
    return raw.filter(~copied)


def _typed(reader: Reader, raw: pl.DataFrame, table: Table) -> pl.DataFrame:
    columns = [_column(reader, raw, field) for field in table.read]
    times = [_time(raw, field) for field in table.read if field.kind == "moment"]
    return pl.DataFrame([*columns, *times, raw["row"]])


def _column(reader: Reader, raw: pl.DataFrame, field: Field) -> pl.Series:
    kind, _, detail = field.kind.partition(":")
    return READERS[kind](reader, raw, field.name, detail)


def _identifier(reader: Reader, raw: pl.DataFrame, name: str, _: str) -> pl.Series:
    return reader.identifier(raw, name)


def _text(reader: Reader, raw: pl.DataFrame, name: str, _: str) -> pl.Series:
    return reader.text(raw, name).str.replace(ESCAPED, "$1")


def _day(reader: Reader, raw: pl.DataFrame, name: str, _: str) -> pl.Series:
    return reader.date(raw, name)


def _answer(reader: Reader, raw: pl.DataFrame, name: str, _: str) -> pl.Series:
    return reader.yes_no(raw, name, unknown=UNKNOWN)


def _whole(reader: Reader, raw: pl.DataFrame, name: str, span: str) -> pl.Series:
    low, _, high = span.partition("-")
    return reader.integer(raw, name, int(low), int(high))


def _number(reader: Reader, raw: pl.DataFrame, name: str, _: str) -> pl.Series:
    return reader.number(raw, name)


def _code(reader: Reader, raw: pl.DataFrame, name: str, codes: str) -> pl.Series:
    meant = words.aliases(codes, raw[name]) if name in raw.columns else {}
    return reader.code(raw, name, codes, aliases=meant)


READERS: Mapping[str, Callable[[Reader, pl.DataFrame, str, str], pl.Series]] = {
    "child": _identifier,
    "id": _identifier,
    "text": _text,
    "date": _day,
    "moment": _day,
    "yes_no": _answer,
    "whole": _whole,
    "number": _number,
    "code": _code,
    "words": words.read,
}
"""How a field of each kind is read."""


def _time(raw: pl.DataFrame, field: Field) -> pl.Series:
    """The time of day with the day, where the cell has one; midnight is how a day without a time is exported."""
    name = f"{field.name}_at"
    if field.name not in raw.columns:
        return pl.Series(name, [None], dtype=pl.Datetime("us")).new_from_index(0, raw.height)
    silent = Reader("", Problems())
    found = silent.datetime(raw, field.name)
    has_time = (found.dt.hour() != 0) | (found.dt.minute() != 0)
    return found.set(~has_time.fill_null(value=False), None).alias(name)


def _empty(table: Table) -> pl.DataFrame:
    kinds = {f.name: KINDS.get(f.kind.partition(":")[0], pl.String()) for f in table.read}
    times = {f"{f.name}_at": pl.Datetime("us") for f in table.read if f.kind == "moment"}
    return pl.DataFrame(schema={**kinds, **times, **ROW})


SPANS: Mapping[str, tuple[str, str]] = {
    "ssd_address": ("addr_address_start_date", "addr_address_end_date"),
    "ssd_immigration_status": ("immi_immigration_status_start_date", "immi_immigration_status_end_date"),
    "ssd_legal_status": ("lega_legal_status_start_date", "lega_legal_status_end_date"),
    "ssd_cin_episodes": ("cine_referral_date", "cine_close_date"),
    "ssd_cla_episodes": ("clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),
    "ssd_cla_placement": ("clap_cla_placement_start_date", "clap_cla_placement_end_date"),
    "ssd_cla_care_plan": ("lacp_cla_care_plan_start_date", "lacp_cla_care_plan_end_date"),
    "ssd_missing": ("miss_missing_episode_start_date", "miss_missing_episode_end_date"),
    "ssd_ehcp_named_plan": ("ehcn_named_plan_start_date", "ehcn_named_plan_ceased_date"),
    "ssd_involvements": ("invo_involvement_start_date", "invo_involvement_end_date"),
    "ssd_cin_plans": ("cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
    "ssd_cp_plans": ("cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    "ssd_early_help_episodes": ("earl_episode_start_date", "earl_episode_end_date"),
}
"""Tables whose rows have a first and a last day."""
LINKS: Mapping[str, tuple[str, str, str]] = {
    "ssd_cla_placement": ("clap_cla_id", "ssd_cla_episodes", "clae_cla_id"),
    "ssd_cla_reviews": ("clar_cla_id", "ssd_cla_episodes", "clae_cla_id"),
    "ssd_cla_visits": ("clav_cla_id", "ssd_cla_episodes", "clae_cla_id"),
    "ssd_ehcp_requests": ("ehcr_send_table_id", "ssd_send", "send_table_id"),
    "ssd_ehcp_assessment": ("ehca_ehcp_request_id", "ssd_ehcp_requests", "ehcr_ehcp_request_id"),
    "ssd_ehcp_named_plan": ("ehcn_ehcp_asmt_id", "ssd_ehcp_assessment", "ehca_ehcp_assessment_id"),
    "ssd_ehcp_active_plans": ("ehcp_ehcp_request_id", "ssd_ehcp_requests", "ehcr_ehcp_request_id"),
    "ssd_sen_need": ("senn_active_ehcp_id", "ssd_ehcp_active_plans", "ehcp_active_ehcp_id"),
}
"""Tables whose rows find their child through another table: own field, the other table, its field. In order."""


EXPECTED: Mapping[str, str] = {
    "ssd_person": "dates of birth, sex and ethnicity",
    "ssd_cla_episodes": "children in care",
    "ssd_cla_placement": "placements",
    "ssd_legal_status": "legal statuses, and which stays are short breaks,",
}
"""Tables without which the rest says little, and what is not known then."""


def _tell_lacking(extract: Extract) -> None:
    for table, what in EXPECTED.items():
        if table not in extract.headings:
            remedy = f"Add it: {what} are not known"
            extract.problems.file(table, "There is no readable file of this table", remedy)


def _find_children(extract: Extract) -> None:
    for table, (own, other, theirs) in LINKS.items():
        if table in extract.frames:
            linked = extract[other].select(pl.col(theirs).alias(own), pl.col("child_id").alias("linked"))
            linked = linked.drop_nulls().unique(own, keep="first", maintain_order=True)
            found = extract[table].join(linked, on=own, how="left", maintain_order="left")
            extract.frames[table] = found.with_columns(pl.coalesce("child_id", "linked").alias("child_id")).drop(
                "linked"
            )
            lost = extract[table].filter(pl.col("child_id").is_null())
            said = f"The row leads to no child: no {theirs} like it in {other}"
            if table != "ssd_cla_placement":
                extract.tell(table, lost, own, said, "Give the identifier of the child, or mend the link", effect=ASIDE)


def _set_orphans_aside(extract: Extract) -> None:
    """A row of somebody whom the person table does not have says nothing; without that table all are believed."""
    if not extract.has("ssd_person"):
        return
    people = extract["ssd_person"].select("child_id")
    for table in [name for name in extract.frames if name != "ssd_person"]:
        rows = extract[table].filter(pl.col("child_id").is_not_null())
        orphans = rows.join(people, on="child_id", how="anti", maintain_order="left")
        said = "The child is not in ssd_person"
        extract.tell(table, orphans, "child_id", said, "Add the child there, or mend the identifier", effect=ASIDE)
