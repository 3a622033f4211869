"""What the words of different systems mean: role names, kinds of check, statuses in words (``words.csv``)."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache

import polars as pl

from hearth.returns.cells import Reader
from hearth.returns.ssd.layout import HERE
from hearth.tables import codes


@cache
def _patterns(list_name: str) -> Sequence[tuple[re.Pattern[str], str]]:
    with (HERE / "words.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["list"] == list_name]
    return [(re.compile(row["pattern"], re.IGNORECASE), row["meaning"]) for row in rows]


def meaning(list_name: str, word: str) -> str | None:
    """What the word means in the list, by the first pattern of ``words.csv`` that it matches; None when none does."""
    plain = re.sub(r"^[a-zA-Z]{1,2}\)\s*", "", word.strip()).replace("_", " ")
    return next((means for pattern, means in _patterns(list_name) if pattern.search(plain)), None)


def aliases(list_name: str, values: pl.Series) -> dict[str, str]:
    """The cells (in capitals) that are words for a code of the list, with that code; codes themselves are left out."""
    if not _patterns(list_name):
        return {}
    known = codes.load(list_name)
    words = [word for word in values.drop_nulls().unique().to_list() if word.upper() not in known]
    found = {word.upper(): meaning(list_name, word) for word in words}
    return {word: code for word, code in found.items() if code is not None}


def read(reader: Reader, frame: pl.DataFrame, column: str, list_name: str) -> pl.Series:
    """The meaning of each cell; a word that means nothing in the list gives null and is told once, at its first row."""
    if column not in frame.columns:
        return pl.Series(column, [None], dtype=pl.String).new_from_index(0, frame.height)
    values = frame[column]
    meant = {word: meaning(list_name, word) for word in values.drop_nulls().unique().to_list()}
    found = values.replace_strict(meant, default=None, return_dtype=pl.String)
    unknown = values.is_not_null() & found.is_null() & values.is_first_distinct()
    kind = list_name.replace("_", " ")
    remedy = "Not used; add the word to the mapping of words, or use one that is in it"
    reader.tell(frame, column, unknown, f"Not a known word for {kind} (told once for each word)", remedy)
    return found
