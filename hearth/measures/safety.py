"""Measures of safety: a social worker who knows the child, visits, missing from home, and trouble with the law."""

from __future__ import annotations

import polars as pl

from hearth.measures import populations_contact as contact
from hearth.measures import populations_health as health
from hearth.measures import populations_leaving_care as leaving_care
from hearth.measures import populations_missing as missing
from hearth.measures import populations_workers as workers
from hearth.measures.measure import Measure
from hearth.measures.populations_year import answered_by, year_is_known
from hearth.measures.timeliness import due_in_period
from hearth.timescales.leaving_support import VISITS

INTERVIEW_DUTY = "return-interview"
INTERVIEWS = ("missing_episodes.interview_held_on", "missing_episodes.is_interview_accepted")
"""Either tells whether an interview took place; the day is the better one."""

ALLOCATED_SOCIAL_WORKER = Measure(
    id="allocated-social-worker",
    title="Children with an allocated, qualified social worker",
    area="safety",
    kind="percentage",
    population=workers.with_social_workers,
    counts=pl.col("has_social_worker"),
    numerator="children looked after on the day who have a registered social worker allocated on it",
    denominator="children looked after on the day",
    meaning="How many of our children have a qualified social worker of their own today.",
    better="higher",
    target=100,
    unit="percent",
    source="Handbook, timescales.md, duty allocated-social-worker; SSDA903 social worker episodes; local strategies",
    follows="local",
    reading="Reviewing officers, advisers and workers without a registration number do not fill the gap.",
    needs=("episodes", "allocations"),
    given=workers.registration_given,
)

SEEN_IN_TIMESCALE = Measure(
    id="seen-in-timescale",
    title="Children visited in time",
    area="safety",
    kind="percentage",
    population=contact.latest_visit_due,
    counts=pl.col("is_in_time"),
    numerator="those whose latest visit due was made, and the child seen, on or before its due day",
    denominator="children looked after on the day who had a visit due by it",
    meaning="How many of our children were last visited when the law says they should have been.",
    better="higher",
    target=100,
    unit="percent",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, reg. 28; readings.md, Visits",
    follows="local",
    reading=(
        "All visit duties together; a visit at which the child was not seen is no visit. A visit due on the very day "
        "and not made yet is due, not overdue: the one before it decides. Visits of an earlier period of care are out."
    ),
    needs=("episodes", "visits"),
    duties=contact.VISITS,
    shows=("due_on", "done_on", "status"),
)

SEEN_ALONE = Measure(
    id="seen-alone",
    title="Visits at which the child was seen alone",
    area="safety",
    kind="percentage",
    population=contact.visits_seen,
    counts=pl.col("is_seen_alone"),
    numerator="those at which the child was seen alone",
    denominator="visits in the period at which the child was seen",
    meaning="How often our children could speak to their social worker without anybody else in the room.",
    better="higher",
    target=100,
    unit="percent",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, reg. 29; readings.md, Visits",
    follows="local",
    reading="Visits, not children; where nothing is said, the visit stays in the denominator and is counted apart.",
    needs=("episodes", "visits", "visits.is_seen", "visits.is_seen_alone"),
    over="period",
)

WORKER_CHANGES = Measure(
    id="worker-changes",
    title="Changes of social worker for each child",
    area="safety",
    kind="rate",
    population=workers.with_social_workers,
    counts=pl.col("worker_changes"),
    numerator="changes of the allocated social worker of those children in the 12 months to the day",
    denominator="children looked after on the day",
    meaning="How often, on average, a child had to get used to a new social worker in the last year.",
    better="lower",
    unit="changes for each child",
    source="Local strategies; SSDA903 social worker episodes; readings.md, Workers",
    follows="local",
    reading=(
        "A first allocation is no change; a worker, another and the first again are two changes. Always the 12 months "
        "to the day, whatever period is asked for."
    ),
    needs=("episodes", "allocations"),
    given=year_is_known,
    shows=("worker_changes", "social_workers"),
)

THREE_OR_MORE_SOCIAL_WORKERS = Measure(
    id="three-or-more-social-workers",
    title="Children with three or more social workers in the year",
    area="safety",
    kind="percentage",
    population=workers.with_social_workers,
    counts=pl.col("social_workers") >= 3,
    numerator="those with three or more different social workers in the 12 months to the day",
    denominator="children looked after on the day",
    meaning="How many of our children had to tell their story to three or more social workers in the last year.",
    better="lower",
    unit="percent",
    source="Handbook, indicators.md, section 2.6; national statistics, stability of social workers",
    follows="national",
    reading="A worker, another and the first again are two people; workers from before care count.",
    needs=("episodes", "allocations"),
    given=year_is_known,
    shows=("social_workers", "worker_changes"),
)

MISSING_EPISODES = Measure(
    id="missing-episodes",
    title="Missing episodes",
    area="safety",
    kind="count",
    population=missing.begun,
    counts=~pl.col("is_away"),
    numerator="episodes that began in the period in which a child in care or care leaver was missing",
    meaning="How many times one of our children was missing. More can also mean that reporting has become better.",
    better="lower",
    unit="episodes",
    source="Handbook, indicators.md, section 5; SSDA903 missing episodes",
    follows="local",
    reading=(
        "Missing (M) only: away without authorisation (A) is counted apart. The episode began in care, or after "
        "leaving care at 16 or over. Since 2017 some authorities record everything as missing."
    ),
    needs=("episodes", "missing_episodes"),
    over="period",
    shows=("started_on", "ended_on", "kind"),
)

AWAY_EPISODES = Measure(
    id="away-episodes",
    title="Episodes away without authorisation",
    area="safety",
    kind="count",
    population=missing.begun,
    counts=pl.col("is_away"),
    numerator="episodes that began in the period in which a child was away from the placement, whereabouts known",
    meaning="How many times one of our children was away without leave while we knew where.",
    better="lower",
    unit="episodes",
    source="Handbook, indicators.md, section 5; SSDA903 missing episodes",
    follows="local",
    needs=("episodes", "missing_episodes"),
    over="period",
    shows=("started_on", "ended_on", "kind"),
)

MISSING_CHILDREN = Measure(
    id="missing-children",
    title="Different children who went missing",
    area="safety",
    kind="count",
    population=missing.children,
    numerator="children in care and care leavers with a missing episode that began in the period, each once",
    meaning="How many different children the missing episodes are about.",
    better="lower",
    unit="children",
    source="Local strategies; Handbook, indicators.md, section 5",
    follows="local",
    reading="Where the kind of an episode is not known it is taken as missing here.",
    needs=("episodes", "missing_episodes"),
    over="period",
)

MISSING_IN_THE_YEAR = Measure(
    id="missing-share",
    title="Children looked after in the period who were missing",
    area="safety",
    kind="percentage",
    population=missing.looked_after_in_the_period,
    counts=pl.col("was_missing"),
    numerator="those missing at any time in the period, by episodes carried over into it too",
    denominator="children looked after at any time in the period",
    meaning="Of all children we looked after in the period, how many were missing at least once.",
    better="lower",
    unit="percent",
    source="Handbook, indicators.md, section 5; national statistics on children looked after",
    follows="national",
    needs=("episodes", "missing_episodes"),
    over="period",
)

RETURN_INTERVIEWS = Measure(
    id="return-interviews",
    title="Return interviews held",
    area="safety",
    kind="count",
    population=missing.ended,
    counts=pl.col("is_held"),
    numerator="missing episodes that ended in the period after which an interview was held",
    meaning="How many times somebody independent sat down with a child who had come back.",
    better="higher",
    unit="interviews",
    source="Statutory guidance on children who run away or go missing from home or care (2014); local strategies",
    follows="local",
    reading="Where the source has no date of the interview, an interview accepted is taken as held.",
    needs=("episodes", "missing_episodes", INTERVIEWS),
    over="period",
    shows=("started_on", "ended_on", "interview", "interview_held_on"),
)

RETURN_INTERVIEWS_OFFERED = Measure(
    id="return-interviews-offered",
    title="Return interviews offered",
    area="safety",
    kind="percentage",
    population=missing.ended,
    counts=pl.col("is_offered"),
    numerator="those after which an interview was offered",
    denominator="missing episodes that ended in the period",
    meaning="How often a child who came back was offered somebody independent to talk to.",
    better="higher",
    unit="percent",
    source="Statutory guidance on children who run away or go missing from home or care (2014); local strategies",
    follows="local",
    needs=("episodes", "missing_episodes", INTERVIEWS),
    over="period",
    shows=("started_on", "ended_on", "interview"),
)

RETURN_INTERVIEWS_REFUSED = Measure(
    id="return-interviews-refused",
    title="Return interviews refused",
    area="safety",
    kind="count",
    population=missing.ended,
    counts=pl.col("is_refused"),
    numerator="missing episodes that ended in the period after which an interview was offered and refused",
    meaning="How many times a child who came back did not want the interview.",
    better="neutral",
    unit="interviews",
    source="Local strategies",
    follows="local",
    needs=("episodes", "missing_episodes", INTERVIEWS),
    over="period",
    shows=("started_on", "ended_on"),
)

RETURN_INTERVIEWS_IN_TIME = Measure(
    id="return-interviews-in-time",
    title="Return interviews held in time",
    area="safety",
    kind="percentage",
    population=due_in_period(INTERVIEW_DUTY),
    counts=pl.col("is_in_time"),
    numerator="those held within 72 hours of the child's return",
    denominator="return interviews that fell due in the period",
    meaning="How often a child who came back was heard within three days.",
    better="higher",
    unit="percent",
    source="Statutory guidance on children who run away or go missing from home or care (2014)",
    follows="local",
    reading=(
        "Not held, whatever the reason, is not in time; where only the day of the return is known, the limit is the "
        "end of the third day after."
    ),
    needs=("episodes", "missing_episodes", "missing_episodes.interview_held_on"),
    duties=(INTERVIEW_DUTY,),
    over="period",
    shows=("triggered_on", "due_on", "done_on", "status"),
)

MISSING_AND_INTERVIEWS_LINK = Measure(
    id="missing-and-interviews-link",
    title="Missing episodes and interviews in time: do they go together?",
    area="safety",
    kind="average",
    population=missing.pairs,
    counts=pl.col("episodes"),
    statistic=missing.correlation(),
    numerator="missing episodes whose interview fell due in the period",
    denominator="children with such an episode",
    meaning=(
        "Whether children who are heard soon after they return go missing less often: near -1 yes, near 0 no link, "
        "near 1 the other way round."
    ),
    better="neutral",
    unit="correlation",
    source="Local strategies",
    follows="local",
    reading=(
        "The pairs are, for each child, the number of episodes and the share of their interviews held in time; the "
        "value is Pearson's coefficient over the children, null when there are fewer than two or all are alike. A "
        "link is no cause."
    ),
    needs=("episodes", "missing_episodes", "missing_episodes.interview_held_on"),
    duties=(INTERVIEW_DUTY,),
    over="period",
    shows=("episodes", "in_time_share"),
)

OFFENDING = Measure(
    id="offending",
    title="Children convicted or cautioned",
    area="safety",
    kind="percentage",
    population=health.convictions,
    counts=pl.col("is_convicted"),
    numerator="those convicted or given a youth caution in the 12 months to the day",
    denominator="children aged 10 to 17 looked after without a break for the 12 months to the day",
    meaning="How many of our children were found to have broken the law in the last year.",
    better="lower",
    unit="percent",
    source="Handbook, indicators.md, section 4; SSDA903 OC2 CONVICTED",
    follows="national",
    reading="Always the 12 months to the day; a return gives it for whole years only.",
    needs=("episodes", ("convictions", "annual_outcomes")),
    given=answered_by("convictions"),
)

CARE_LEAVER_SEEN_IN_TIMESCALE = Measure(
    id="care-leaver-seen-in-timescale",
    title="Care leavers seen by their personal adviser within timescale",
    area="safety",
    kind="percentage",
    population=leaving_care.visits_owed,
    among=(pl.col("age") >= 18).fill_null(value=True),
    counts=pl.col("is_up_to_date"),
    numerator="those whose next visit is not overdue: last visited within two months, or the council's own interval",
    denominator="care leavers aged 18 or over to whom visits in accommodation provided to them are owed on the day",
    meaning="How many of our care leavers are seen at home as often as they should be.",
    better="higher",
    target=100,
    unit="percent",
    source="Care Leavers (England) Regulations 2010, reg. 8(2)",
    follows="local",
    reading=(
        "The duties pa-visit-7-days and pa-visit-2-months, of those aged 18 or over: the law asks for visits where the "
        "authority provides the accommodation. A telephone call is no visit; whether they were alone is not recorded."
    ),
    needs=VISITS.needs,
    duties=leaving_care.ADVISER_VISITS,
    shows=("age", "duty", "due_on", "status"),
)

MEASURES: tuple[Measure, ...] = (
    ALLOCATED_SOCIAL_WORKER,
    SEEN_IN_TIMESCALE,
    SEEN_ALONE,
    WORKER_CHANGES,
    THREE_OR_MORE_SOCIAL_WORKERS,
    MISSING_EPISODES,
    AWAY_EPISODES,
    MISSING_CHILDREN,
    MISSING_IN_THE_YEAR,
    RETURN_INTERVIEWS,
    RETURN_INTERVIEWS_OFFERED,
    RETURN_INTERVIEWS_REFUSED,
    RETURN_INTERVIEWS_IN_TIME,
    MISSING_AND_INTERVIEWS_LINK,
    OFFENDING,
    CARE_LEAVER_SEEN_IN_TIMESCALE,
)
