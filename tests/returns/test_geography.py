"""Distances are straight lines between postcodes in tenths of a mile; what a postcode does not tell is not known."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from hearth.returns import geography

NORFOLK, PETERBOROUGH, LAMBETH = "E10000020", "E06000031", "E09000022"


@pytest.mark.parametrize(
    ("postcode", "authority"),
    [
        ("NR2 4ND", NORFOLK),
        ("nr24nd", NORFOLK),
        (" NR2  4ND", NORFOLK),
        ("PE1 5EP", PETERBOROUGH),
        ("SW9 7QE", LAMBETH),
        ("CF10 1EP", "WAL"),
        ("EH1 1YZ", "SCO"),
        ("BT1 5GS", "NIR"),
        ("JE2 3QA", "NUK"),
        ("ZZ1 1ZZ", None),
        ("Q9", None),
        (None, None),
    ],
)
def test_a_postcode_lies_in_an_upper_tier_authority_or_outside_england(postcode: str | None, authority: str | None):
    found = geography.locate(pl.Series([postcode], dtype=pl.String))
    assert found["authority"].to_list() == [authority]


@pytest.mark.parametrize(("given", "known"), [("E08000039", "E08000019"), (NORFOLK, NORFOLK), ("nowhere", "nowhere")])
def test_a_recoded_authority_goes_by_the_code_of_the_publications(given: str, known: str):
    assert geography.known_as(given) == known


def test_some_postcodes_of_an_authority_are_taken_at_even_steps():
    found = geography.postcodes_of([NORFOLK, PETERBOROUGH, "nowhere"], 50)
    assert found["authority"].to_list() == [PETERBOROUGH] * 50 + [NORFOLK] * 50
    assert found["postcode"].is_unique().all()
    assert found["postcode"].str.contains(r"^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$").all()
    places = found.select("easting", "northing", "authority")
    assert_frame_equal(geography.locate(found["postcode"]), places)
    assert_frame_equal(geography.postcodes_of([PETERBOROUGH, NORFOLK], 50), found)


def test_an_authority_with_fewer_postcodes_gives_all_it_has():
    every = geography.postcodes_of([NORFOLK], 10**6)
    assert every.height < 10**5
    assert geography.postcodes_of([NORFOLK], every.height).equals(every)


def test_miles_are_metres_by_1609_3_to_a_tenth():
    home = pl.DataFrame({"easting": [0.0, 0.0, 0.0, None], "northing": [0.0] * 4, "authority": [NORFOLK] * 4})
    there = pl.DataFrame(
        {
            "easting": [32186.0, 32266.0, 32267.0, 1.0],
            "northing": [0.0, 0.0, 0.0, 1.0],
            "authority": [NORFOLK, NORFOLK, NORFOLK, NORFOLK],
        }
    )
    assert geography.distance_miles(home, there).to_list() == [20.0, 20.0, 20.1, None]


def episodes(*places: tuple[str, str | None, str | None]) -> pl.DataFrame:
    return pl.DataFrame(
        [(NORFOLK, *place) for place in places],
        schema=["authority", "child_id", "home_postcode", "placement_postcode"],
        orient="row",
    )


def test_episodes_are_placed_and_unaccompanied_children_have_no_home():
    found = geography.with_places(
        episodes(
            ("home", "NR2 4ND", "NR2 4ND"),
            ("near", "NR25 6JZ", "NR2 4ND"),
            ("far", "NR2 4ND", "PE1 5EP"),
            ("wales", "NR2 4ND", "CF10 1EP"),
            ("belfast", "NR2 4ND", "BT1 5GS"),
            ("no home", None, "PE1 5EP"),
            ("no placement", "NR2 4ND", None),
            ("unaccompanied", "NR2 4ND", "PE1 5EP"),
        ),
        episodes(("unaccompanied", None, None)),
    )
    assert found.select("child_id", "distance_miles", "placement_authority", "is_in_area").rows() == [
        ("home", 0.0, NORFOLK, True),
        ("near", 19.0, NORFOLK, True),
        ("far", found["distance_miles"][2], PETERBOROUGH, False),
        ("wales", found["distance_miles"][3], "WAL", False),
        ("belfast", None, "NIR", False),
        ("no home", None, PETERBOROUGH, False),
        ("no placement", None, None, None),
        ("unaccompanied", None, PETERBOROUGH, False),
    ]
    assert found["distance_miles"][2] > 60
    assert found["distance_miles"][3] > 200


def test_what_the_source_knew_stays_where_postcodes_tell_nothing():
    known = episodes(("a", None, None)).with_columns(distance_miles=7.5, placement_authority=pl.lit(LAMBETH))
    found = geography.with_places(known)
    assert found.select("distance_miles", "placement_authority", "is_in_area").rows() == [(7.5, LAMBETH, False)]


def test_in_or_out_of_area_is_not_known_without_an_authority():
    found = geography.with_places(
        episodes(("a", "NR2 4ND", "NR2 4ND")).with_columns(authority=pl.lit(geography.UNKNOWN))
    )
    assert found["is_in_area"].to_list() == [None]


def test_most_homes_tell_the_authority():
    assert geography.most_common_authority(pl.Series(["NR2 4ND", "NR25 6JZ", "SW9 7QE", "CF10 1EP", None])) == NORFOLK
    assert geography.most_common_authority(pl.Series(["Q9"])) is None


def test_the_frame_given_is_not_changed():
    given = episodes(("a", "NR2 4ND", "PE1 5EP"))
    before = given.clone()
    geography.with_places(given)
    assert_frame_equal(given, before)
