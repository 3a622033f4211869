"""What care leavers are granted: the allowance for a first home, the bursary for a course, council tax relief."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.acts import need, once, repeated
from hearth.timescales.duty import NEXT_ASKED, STEP, Clock, Duty
from hearth.timescales.history import History
from hearth.timescales.leaving_support import CARE_LEAVER
from hearth.timescales.occasions import arrangements, needs_arrangement

ALLOWANCE = members("entitlement", "setting_up_home")


def _by_arrangement(name: str, arrangement: str, kind: str) -> Clock:
    needs = (needs_arrangement(arrangement),)
    return once(name, arrangements(arrangement), kind, needs=needs, before="act-before", until=CARE_LEAVER)


def _allowances(history: History) -> pl.DataFrame:
    """First own tenancies with the day by which the whole allowance of that day was granted, in one part or several.

    Of a grant whose amount is not told it is not certain.
    """
    granted = history.table("entitlements").filter(pl.col("kind").is_in(ALLOWANCE)).sort("child", "granted_on")
    summed = granted.with_columns(
        pl.col("amount").cum_sum().over("child").alias("sum"),
        (pl.col("amount").is_null().cum_sum() == 0).over("child").alias("is_told"),
    )
    homes = arrangements("own_tenancy")(history)
    least = homes.with_columns(history.value("setting-up-home.amount", "opened_on").alias("least"))
    enough = (pl.col("sum") >= pl.col("least")) | ~pl.col("is_told")
    reached = least.join(summed.select("child", "granted_on", "sum", "is_told"), on="child").filter(enough)
    first = (
        reached.sort("granted_on")
        .group_by("child", "opened_on", maintain_order=True)
        .agg(pl.col("granted_on").first().alias("done_on"), pl.col("is_told").first().alias("is_done_certain"))
    )
    found = homes.join(first, on=["child", "opened_on"], how="left")
    return found.with_columns(pl.col("is_done_certain").fill_null(value=True))


HOME_ALLOWANCE = Duty(
    "setting-up-home",
    Clock(
        "setting up home",
        needs=(needs_arrangement("own_tenancy"), need("entitlements.setting_up_home")),
        spans=_allowances,
        until=CARE_LEAVER,
    ),
    rules="R3 R16",
)
BURSARY = Duty(
    "higher-education-bursary",
    _by_arrangement("bursaries", "higher_education", "entitlements.education_bursary"),
    rules="R1 R2",
)
COUNCIL_TAX = Duty(
    "council-tax-relief",
    repeated(
        "council tax",
        arrangements("own_tenancy"),
        "entitlements.council_tax_relief",
        needs=(needs_arrangement("own_tenancy"),),
        until=CARE_LEAVER,
        overtaken=NEXT_ASKED,
    ),
    rules="R5 R7",
    within=(("council-tax-relief", STEP == 0), ("council-tax-relief.later", STEP > 0)),
)

DUTIES = (HOME_ALLOWANCE, BURSARY, COUNCIL_TAX)
