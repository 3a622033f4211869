"""The declaration of the dataset: complete, and feeding only what there is."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from hearth.returns.ssd import extract, layout, reading, words
from hearth.tables import catalogue, codes

FIELDS = [field for table in layout.tables().values() for field in table.fields.values()]


def test_every_field_of_the_specification_is_declared(shared: Path) -> None:
    specified = pl.read_csv(shared / "formats" / "ssd" / "tables.csv")
    declared = {(field.table, field.name) for field in FIELDS}
    assert set(specified.select("table", "field").rows()) <= declared


def test_every_field_feeds_a_column_that_there_is() -> None:
    for field in FIELDS:
        if field.hearth_column:
            assert field.hearth_column in catalogue.empty(field.hearth_table).columns, field


def test_every_kind_is_read_and_every_list_exists() -> None:
    for field in FIELDS:
        kind, _, detail = field.kind.partition(":")
        assert not field.kind or kind in extract.READERS, field
        if kind == "code":
            assert codes.load(detail)


def test_every_table_that_the_dataset_feeds_is_made_and_said_to_be_carried() -> None:
    fed = {field.hearth_table for field in FIELDS if field.hearth_table}
    made = set(reading.BUILDERS) | set(reading.mapped.ONE_TO_ONE)
    assert fed <= made == set(reading.NEEDED)


@pytest.mark.parametrize(
    ("headings", "table"),
    [
        (["clav_cla_visit_id", "clav_person_id", "clav_cla_visit_date"], "ssd_cla_visits"),
        (["CLAV_CLA_VISIT_ID", " Clav_Person_Id "], "ssd_cla_visits"),
        (["clae_person_id", "clae_cla_episode_start_date", "something_of_ours"], "ssd_cla_episodes"),
        (["clea_person_id", "clea_care_leaver_activity"], "ssd_care_leavers"),
        (["pers_person_id"], None),
        (["CHILD", "DOB", "SEX"], None),
        ([], None),
    ],
)
def test_a_table_is_known_by_its_headings(headings: list[str], table: str | None) -> None:
    assert layout.table_of(headings) == table


@pytest.mark.parametrize(
    ("list_name", "word", "means"),
    [
        ("worker_role", "Social Worker", "social_worker"),
        ("worker_role", "Allocated Case Worker", "social_worker"),
        ("worker_role", "ALLOCATED SW", "social_worker"),
        ("worker_role", "Independent Reviewing Officer", "reviewing_officer"),
        ("worker_role", "IRO", "reviewing_officer"),
        ("worker_role", "Personal Advisor (Leaving Care)", "personal_adviser"),
        ("worker_role", "Leaving Care PA", "personal_adviser"),
        ("worker_role", "Leaving Care Social Worker", "social_worker"),
        ("worker_role", "Supervising Social Worker", "other"),
        ("worker_role", "Social Work Assistant", "other"),
        ("worker_role", "Family Support Worker", "other"),
        ("worker_role", "Independent Visitor", "other"),
        ("worker_role", "Keeper of the Seal", None),
        ("health_check", "Health Assessment", "assessment"),
        ("health_check", "Initial Health Assessment", "initial"),
        ("health_check", "IHA", "initial"),
        ("health_check", "Review Health Assessment (annual)", "review"),
        ("health_check", "DENTAL CHECK", "dental"),
        ("health_check", "Dentist", "dental"),
        ("health_check", "Optician", "other"),
        ("health_status", "Attended", "Completed"),
        ("health_status", "Declined by young person", "Refused"),
        ("health_status", "Did not attend", "Cancelled"),
        ("eligibility", "Former Relevant", "former_relevant"),
        ("eligibility", "b) Former relevant child", "former_relevant"),
        ("eligibility", "No Current Eligibility", "none"),
        ("order_kind", "Special Guardianship", "special_guardianship"),
        ("order_kind", "Child Arrangements / Residence", "child_arrangements"),
        ("suitability", "1", "yes"),
        ("suitability", "Unsuitable", "no"),
        ("address_type", "Home", "home"),
        ("address_type", "Placement", "other"),
    ],
)
def test_words_of_different_systems_are_understood(list_name: str, word: str, means: str | None) -> None:
    assert words.meaning(list_name, word) == means
