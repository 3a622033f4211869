"""Published series from the two shapes of file: one row a year and area, and the interactive tool's long list."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from hearth.returns.dfe_statistics import numbers
from hearth.returns.dfe_statistics.declared import Statistic, Where, matches
from hearth.tables.published import ENGLAND, STATISTICS

LEVELS = {"national": "England", "regional": "region", "local authority": "authority"}
TOOLS_ENGLAND = 970
AREA = ["geography", "code", "name", "region", "year_ended_on", "published_year"]


def rows_of(kept: pl.DataFrame) -> pl.Expr:
    """Rows of England, a region or one of the authorities, under any code they have had."""
    is_area = pl.col("geographic_level").str.to_lowercase() != "local authority"
    return is_area | pl.col("new_la_code").is_in(kept["earlier_code"].to_list())


def tool_rows_of(kept: pl.DataFrame) -> pl.Expr:
    """The same in the interactive tool, which numbers its areas."""
    numbers_ = kept["old_code"].cast(pl.Float64, strict=False).drop_nulls().to_list()
    return (pl.col("la number") >= TOOLS_ENGLAND) | pl.col("la number").is_in(numbers_)


def wanted_rows(rows: pl.LazyFrame, wanted: list[Statistic], headings: frozenset[str]) -> pl.LazyFrame:
    """The rows of a file with one row per year, area and category that hold one of the series, with their area."""
    asked = pl.any_horizontal([matches(where) for where in _widest(wanted)])
    return rows.filter(asked).with_columns(_areas(headings))


def yearly(area: pl.DataFrame, wanted: list[Statistic], where: pl.DataFrame, file: str) -> list[pl.LazyFrame]:
    """The wanted series, each as ``published.STATISTICS``, from what ``wanted_rows`` gave."""
    placed = _today(area, where).filter(pl.col("year_ended_on").is_not_null() & pl.col("code").is_not_null()).lazy()
    return [_one(placed, each, file) for each in wanted]


def _widest(wanted: Iterable[Statistic]) -> Iterable[Where]:
    """One condition for each set of columns, wide enough for every series: few comparisons on a long file."""
    found: dict[tuple[str, ...], dict[str, set[str]]] = {}
    for where in [where for each in wanted for where in (each.where, each.of) if not isinstance(where, str)]:
        widest = found.setdefault(tuple(sorted(where)), {column: set() for column in where})
        for column, values in where.items():
            widest[column].update(values)
    return [{column: tuple(sorted(values)) for column, values in each.items()} for each in found.values()]


def _areas(headings: frozenset[str]) -> list[pl.Expr]:
    def col(name: str) -> pl.Expr:
        return pl.col(name).replace("", None) if name in headings else pl.lit(None, pl.String)

    return [
        pl.col("geographic_level").str.to_lowercase().replace_strict(LEVELS, default=None).alias("geography"),
        pl.coalesce(col("new_la_code"), col("region_code"), col("country_code")).alias("code"),
        pl.coalesce(col("la_name"), col("region_name"), col("country_name")).alias("name"),
        col("region_name").alias("region"),
        numbers.year_ended_on("time_period", "time_identifier").alias("year_ended_on"),
        pl.col("time_period").alias("published_year"),
    ]


def _today(area: pl.DataFrame, where: pl.DataFrame) -> pl.DataFrame:
    now = where.select(pl.col("earlier_code").alias("code"), pl.col("authority").alias("today"))
    return area.join(now, on="code", how="left").with_columns(pl.coalesce("today", "code").alias("code")).drop("today")


def _one(area: pl.LazyFrame, wanted: Statistic, file: str) -> pl.LazyFrame:
    found = area.filter(wanted.rows())
    whole = _with_denominator(_summed(found, wanted) if not wanted.value else _printed(found, wanted), area, wanted)
    value = pl.col("value") if wanted.value else 100 * pl.col("numerator") / pl.col("denominator")
    return _shape(whole.with_columns(value.alias("value")), wanted, file)


def _printed(found: pl.LazyFrame, wanted: Statistic) -> pl.LazyFrame:
    value = numbers.days(wanted.value) if wanted.unit == "days" else numbers.number(wanted.value)
    counted = numbers.number(wanted.count) if wanted.count else pl.lit(None, pl.Float64)
    own = isinstance(wanted.of, str) and wanted.of
    denominator = numbers.number(str(wanted.of)) if own else pl.lit(None, pl.Float64)
    sign = (
        pl.when(value.is_null()).then(numbers.mark(wanted.value))
        if wanted.unit == "days"
        else numbers.mark(wanted.value)
    )
    return found.select(
        *AREA, value.alias("value"), counted.alias("numerator"), denominator.alias("denominator"), sign.alias("mark")
    )


def _summed(found: pl.LazyFrame, wanted: Statistic) -> pl.LazyFrame:
    """Counts added up; one that is not printed leaves the sum not known, with its mark."""
    counted, sign = numbers.number(wanted.count), numbers.mark(wanted.count)
    total = pl.when(counted.is_null().any()).then(None).otherwise(counted.sum())
    return found.group_by(AREA, maintain_order=True).agg(
        total.alias("numerator"), pl.lit(None, pl.Float64).alias("denominator"), sign.drop_nulls().first().alias("mark")
    )


def _with_denominator(found: pl.LazyFrame, area: pl.LazyFrame, wanted: Statistic) -> pl.LazyFrame:
    if isinstance(wanted.of, str):
        return found
    same = {k: v for k, v in wanted.where.items() if k not in wanted.of}
    shared = {k: v for k, v in same.items() if k in {"cla_group", "move_measure"}}
    counted = numbers.number(wanted.count)
    total = pl.when(counted.is_null().any()).then(None).otherwise(counted.sum())
    rows = area.filter(matches({**shared, **wanted.of})).group_by("code", "year_ended_on").agg(total.alias("of"))
    joined = found.join(rows, on=["code", "year_ended_on"], how="left")
    return joined.with_columns(pl.coalesce("denominator", "of").alias("denominator")).drop("of")


def _shape(found: pl.LazyFrame, wanted: Statistic, file: str) -> pl.LazyFrame:
    named = found.with_columns(pl.lit(wanted.statistic).alias("statistic"), pl.lit(file).alias("file"))
    return named.select(pl.col(name).cast(kind) for name, kind in STATISTICS.items())


def tool_rows(rows: pl.LazyFrame, wanted: list[Statistic]) -> pl.LazyFrame:
    """The rows of the interactive tool that hold one of the series: areas by old code, values as text."""
    ids = {short: each.statistic for each in wanted for short in each.where["short desc"]}
    columns = ("short desc", "years", "la and regions", "values")
    return (
        rows.filter(pl.col("short desc").is_in(list(ids)))
        .select(*columns, pl.col("la number").cast(pl.Int64).alias("number"))
        .with_columns(
            pl.col("short desc").replace_strict(ids).alias("statistic"),
            pl.lit("reporting year").alias("kind of year"),
            numbers.number("values").alias("value"),
            numbers.mark("values").alias("mark"),
        )
    )


def interactive_tool(found: pl.DataFrame, where: pl.DataFrame, file: str) -> pl.LazyFrame:
    """The series as ``published.STATISTICS``, from what ``tool_rows`` gave."""
    dated = found.with_columns(numbers.year_ended_on("years", "kind of year").alias("year_ended_on"))
    return _tool_areas(dated.filter(pl.col("year_ended_on").is_not_null()), where, file).lazy()


def _tool_areas(found: pl.DataFrame, where: pl.DataFrame, file: str) -> pl.DataFrame:
    number = pl.col("number")
    is_england = number == TOOLS_ENGLAND
    geography = pl.when(is_england).then(pl.lit("England")).when(number > TOOLS_ENGLAND).then(pl.lit("region"))
    key = pl.col("la and regions").str.to_lowercase().alias("key")
    regions = where.select(pl.col("region").str.to_lowercase().alias("key"), "region_code").drop_nulls().unique("key")
    placed = found.join(_by_number(where), on="number", how="left").with_columns(key)
    known = placed.join(regions, on="key", how="left").with_columns(
        geography.otherwise(pl.lit("authority")).alias("geography"),
        pl.coalesce(pl.when(is_england).then(pl.lit(ENGLAND)), "authority", "region_code").alias("code"),
        pl.coalesce("today", "la and regions").alias("name"),
        pl.lit(file).alias("file"),
        pl.col("years").alias("published_year"),
    )
    lacking = [pl.lit(None, pl.Float64).alias(name) for name in ("numerator", "denominator")]
    return known.filter(pl.col("code").is_not_null()).with_columns(lacking).select(list(STATISTICS))


def _by_number(where: pl.DataFrame) -> pl.DataFrame:
    """Authorities by the three-figure code as a number."""
    number = pl.col("old_code").cast(pl.Int64, strict=False).alias("number")
    return where.unique("old_code").select(number, "authority", "region", pl.col("name").alias("today"))
