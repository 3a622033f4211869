"""What is said of young people who left care against whether there is contact with them: rules 344, 345, 348."""

from __future__ import annotations

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.shapes import one_of

has_no_activity, has_no_home = one_of("ACTIV", "0"), one_of("ACCOM", "0")

RULES = [
    rule("344", flag("OC3", one_of("IN_TOUCH", "DIED RHOM") & ~(has_no_activity & has_no_home))),
    rule("345", flag("OC3", one_of("IN_TOUCH", "YES") & (has_no_activity | has_no_home))),
    rule("348", flag("OC3", one_of("OC3_last.IN_TOUCH", "DIED") & ~one_of("IN_TOUCH", "DIED"))),
]
