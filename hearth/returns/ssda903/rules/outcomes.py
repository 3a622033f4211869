"""Outcomes of children looked after throughout the year (OC2), and who has none: 157 to 198, 215, 542 to 547."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.shapes import (
    ADOPTION_ITEMS,
    FIRST_DAY,
    IS_FIRST,
    LAST_DAY,
    LEAVING_ITEMS,
    OUTCOME_ITEMS,
    any_blank,
    any_given,
    birthday,
    blank,
    child_with,
    given,
    on,
    one_of,
)

ALWAYS = ("IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE")
"""Items asked of every child looked after throughout the year."""
SOMETIMES = ("CONVICTED", "HEALTH_CHECK", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")
"""Items asked of some of them, by age or by an earlier answer."""
is_continuous = pl.col("is_continuous")
has_no_answer = blank("SDQ_SCORE") & blank("SDQ_REASON")
has_answer = given("SDQ_SCORE") | given("SDQ_REASON")

RULES = [
    rule(
        "157",
        flag(
            "OC2",
            is_continuous
            & (birthday(4) <= FIRST_DAY)
            & (birthday(16) >= LAST_DAY)
            & blank("SDQ_SCORE")
            & one_of("SDQ_REASON", "SDQ1"),
        ),
    ),
    rule("158", flag("OC2", one_of("INTERVENTION_RECEIVED", "1") & given("INTERVENTION_OFFERED"))),
    rule(
        "159",
        flag(
            "OC2",
            one_of("SUBSTANCE_MISUSE", "1") & one_of("INTERVENTION_RECEIVED", "0") & blank("INTERVENTION_OFFERED"),
        ),
    ),
    rule("182", flag("OC2", any_blank(*ALWAYS) & any_given(*SOMETIMES))),
    rule("185", flag("OC2", given("SDQ_SCORE") & ~is_continuous)),
    rule("186", flag("OC2", is_continuous & (birthday(4) <= FIRST_DAY) & (birthday(17) > LAST_DAY) & has_no_answer)),
    rule(
        "187",
        flag("AD1", is_continuous & any_given(*ADOPTION_ITEMS), optional=True),
        flag("OC3", is_continuous & any_given(*LEAVING_ITEMS), optional=True),
    ),
    rule("188", flag("OC2", (birthday(4) > LAST_DAY) & has_answer)),
    rule("189", flag("OC2", (birthday(17) < FIRST_DAY) & has_answer)),
    rule("190", flag("OC2", ~is_continuous & any_given(*OUTCOME_ITEMS))),
    rule(
        "191",
        flag("OC2", is_continuous & any_blank(*ALWAYS)),
        flag("Episodes", is_continuous & ~on("OC2") & IS_FIRST),
    ),
    rule("192", flag("OC2", one_of("SUBSTANCE_MISUSE", "1") & blank("INTERVENTION_RECEIVED"))),
    rule(
        "193",
        flag(
            "OC2",
            (blank("SUBSTANCE_MISUSE") | one_of("SUBSTANCE_MISUSE", "0"))
            & any_given("INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"),
        ),
    ),
    rule("197a", flag("OC2", given("SDQ_SCORE") & given("SDQ_REASON"))),
    rule(
        "197B",
        flag(
            "OC2",
            is_continuous
            & (birthday(4).is_between(FIRST_DAY, LAST_DAY) | birthday(17).is_between(FIRST_DAY, LAST_DAY))
            & has_no_answer,
        ),
    ),
    rule("198", flag("OC2", given("SDQ_REASON") & ~is_continuous)),
    rule(
        "215",
        flag("OC2", any_given(*OUTCOME_ITEMS) & child_with("OC3", any_given(*LEAVING_ITEMS))),
        flag("OC3", any_given(*LEAVING_ITEMS) & child_with("OC2", any_given(*OUTCOME_ITEMS))),
    ),
    rule("542", flag("OC2", given("CONVICTED") & (birthday(10) > LAST_DAY))),
    rule("543", flag("OC2", blank("CONVICTED") & is_continuous & (birthday(10) < LAST_DAY))),
    rule("544", flag("OC2", given("CONVICTED") & any_blank(*ALWAYS))),
    rule("545", flag("OC2", blank("HEALTH_CHECK") & is_continuous & (birthday(5) > LAST_DAY))),
    rule("546", flag("OC2", given("HEALTH_CHECK") & is_continuous & (birthday(5) <= LAST_DAY))),
    rule("547", flag("OC2", given("HEALTH_CHECK") & any_blank(*ALWAYS))),
]
