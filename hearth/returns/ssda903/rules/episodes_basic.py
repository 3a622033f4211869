"""Episodes as a chain, where they lie, and items that all children need: rules 105, 142, 148, 153, 164 to 199."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import (
    ADOPTED,
    CHILD,
    LEAVING_ITEMS,
    SHORT_BREAKS,
    any_given,
    blank,
    child_with,
    given,
    not_a_code,
    on,
    one_of,
    only_some_given,
)
from hearth.returns.ssda903.checking.unavailable import UnavailableError

FARTHEST = 999.9
"""Miles: the farthest distance that the return can carry."""
is_short_break = one_of("LS", SHORT_BREAKS)
is_in_care = child_with("Episodes", pl.col("in_year") & ~is_short_break)
has_left = child_with("OC3", any_given(*LEAVING_ITEMS))


def indicator_unknown(data: Prepared) -> pl.DataFrame:
    """105: the XML form has an indicator of unaccompanied children, which must be 0 or 1."""
    if data.metadata.file_format != "xml":
        raise UnavailableError("it applies to returns in XML only: in CSV the file of such children is the indicator")
    return data.rows("Header", "UASC").filter(not_a_code("UASC", "0 1", or_blank=True))


def is_a_mother_wrongly(header: str) -> pl.Expr:
    """165: asked of girls looked after, of nobody else; ``header`` is what leads to the Header's columns."""
    mother, sex = f"{header}MOTHER", f"{header}SEX"
    is_odd = not_a_code(mother, "0 1") | (given(mother) & one_of(sex, "M 1"))
    is_missing = blank(mother) & is_in_care
    is_too_much = given(mother) & has_left & ~is_in_care
    return is_odd | (one_of(sex, "F 2") & (is_missing | is_too_much))


def adopted_before(data: Prepared) -> pl.DataFrame:
    """199: an episode after one that ended in adoption, this year or, where it is known, last."""
    wanted = (CHILD, "DECOM", "REC")
    years = [data.rows("Episodes", *wanted)]
    if data.has("Episodes_last", *wanted):
        years.insert(0, data.rows("Episodes_last", *wanted))
    both = pl.concat(years, how="diagonal").drop_nulls([CHILD, "DECOM"])
    ordered = both.sort(CHILD, "DECOM", maintain_order=True)
    adopted = one_of("REC", ADOPTED).cast(pl.Int32)
    return ordered.filter(((adopted.cum_sum() - adopted).over(CHILD)) > 0)


RULES = [
    rule("105", indicator_unknown),
    rule("142", flag("Episodes", pl.col("next.exists") & (pl.col("DEC").is_null() | blank("REC")))),
    rule("148", flag("Episodes", given("DEC") != given("REC"))),
    rule("153", flag("OC3", only_some_given(*LEAVING_ITEMS))),
    rule(
        "164",
        flag(
            "Episodes",
            ~is_short_break & ~pl.col("ever_uasc") & ((pl.col("PL_DISTANCE") < 0) | (pl.col("PL_DISTANCE") > FARTHEST)),
        ),
    ),
    rule(
        "165",
        flag("Header", is_a_mother_wrongly("")),
        flag("OC3", on("Header") & is_a_mother_wrongly("Header.")),
    ),
    rule("169", flag("Episodes", ~is_short_break & blank("PL_LA"))),
    rule("179", flag("Episodes", ~is_short_break & ~pl.col("PL_LOCATION_known"))),
    rule("199", adopted_before),
]
