"""Builders of small extracts of the dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from hearth.returns import ssd
from hearth.tables.record import Record

Rows = Sequence[Mapping[str, str | None]]

PERSON = {"pers_person_id": "1", "pers_dob": "2012-05-06", "pers_sex": "F", "pers_ethnicity": "WBRI"}
EPISODE = {
    "clae_cla_episode_id": "e1",
    "clae_person_id": "1",
    "clae_cla_episode_start_date": "2024-01-10",
    "clae_cla_episode_start_reason": "S",
    "clae_cla_primary_need_code": "N1",
    "clae_cla_id": "p1",
    "clae_cla_placement_id": "l1",
    "clae_entered_care_date": "2024-01-10",
}
PLACEMENT = {
    "clap_cla_placement_id": "l1",
    "clap_person_id": "1",
    "clap_cla_placement_start_date": "2024-01-10",
    "clap_cla_placement_type": "U6",
    "clap_cla_placement_provider": "PR1",
}
STATUS = {
    "lega_legal_status_id": "s1",
    "lega_person_id": "1",
    "lega_legal_status": "C2",
    "lega_legal_status_start_date": "2024-01-10",
}


def an_extract(folder: Path, **tables: Rows) -> Path:
    """Writes each table (without its "ssd_") as a CSV; persons, episodes, placements and statuses are there anyway."""
    usual: dict[str, Rows] = {
        "person": [PERSON],
        "cla_episodes": [EPISODE],
        "cla_placement": [PLACEMENT],
        "legal_status": [STATUS],
    }
    for name, rows in {**usual, **tables}.items():
        if rows:
            headings = list(dict.fromkeys(heading for row in rows for heading in row))
            frame = pl.DataFrame(list(rows), schema=dict.fromkeys(headings, pl.String))
            frame.write_csv(folder / f"ssd_{name}.csv")
    return folder


def read_extract(folder: Path, **tables: Rows) -> Record:
    """The record of ``an_extract``, of a named authority."""
    return ssd.read(an_extract(folder, **tables), authority="E10000020")


def an_episode(
    number: int, started_on: str, ended_on: str | None = None, **others: str | None
) -> Mapping[str, str | None]:
    """An episode row; the field names in ``others`` without their prefix."""
    changed = {f"clae_{name}": value for name, value in others.items()}
    own = {"clae_cla_episode_id": f"e{number}", "clae_cla_episode_start_date": started_on}
    return {
        **EPISODE,
        **own,
        "clae_cla_episode_ceased_date": ended_on,
        "clae_cla_episode_ceased_reason": None,
        **changed,
    }


def a_status(number: int, code: str, started_on: str | None, ended_on: str | None = None) -> Mapping[str, str | None]:
    """A legal status row."""
    days = {"lega_legal_status_start_date": started_on, "lega_legal_status_end_date": ended_on}
    return {**STATUS, "lega_legal_status_id": f"s{number}", "lega_legal_status": code, **days}
