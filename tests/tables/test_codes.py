"""Code lists: authorities have one name, wherever their code is read."""

from __future__ import annotations

import polars as pl
import pytest

from hearth.returns import geography
from hearth.synthetic import places
from hearth.tables import codes


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("E10000020", "Norfolk (E10000020)"),
        ("E08000016", "Barnsley (E08000016)"),
        ("E08000038", "Barnsley (E08000038)"),
        ("SCO", "Scotland (SCO)"),
        ("E99999999", "E99999999"),
        ("unknown", "unknown"),
    ],
)
def test_an_authority_is_read_by_its_name_with_the_code(code: str, said: str) -> None:
    assert codes.named("authority", code) == said


def test_every_authority_that_a_postcode_may_lie_in_has_a_name() -> None:
    lie_in = set(geography._directory()["authority"].unique().drop_nulls())
    districts = pl.read_csv(geography.DISTRICTS)
    assert lie_in | set(districts["authority"]) | set(geography.ELSEWHERE.values()) <= set(codes.load("authority"))


def test_every_authority_that_may_be_made_up_has_a_name() -> None:
    listed = pl.read_csv(places.__file__.replace("places.py", "authorities.csv"))
    assert set(listed["authority"]) <= set(codes.load("authority"))
