"""Every threshold the figures rest on, in one object.

These are working defaults of the method, not facts about a client. An engagement may change one under `settings:` in its
engagement.yml; the report then lists the change. Thresholds agreed with the client for each engagement (grace days, stall
days, worthwhile change) are fields of the engagement itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Final

SIZE_GATE: Final = "minimum n at which the figure may be shown"
SIMULATED: Final = "coverage of the interval in simulations falls off below it"


def _setting(default: Any, meaning: str, *, unit: str, origin: str, low: float) -> Any:
    """Return a field that knows its meaning, unit, origin and the lowest value that makes sense."""
    return field(default=default, metadata={"meaning": meaning, "unit": unit, "origin": origin, "low": low})


@dataclass(frozen=True, slots=True)
class Settings:
    """The thresholds. Meaning, unit and origin of each stand beside it and in `describe_settings`."""

    min_n_counts: int = _setting(
        5, "Below this many programs not even 'x of n' is said, only 'too few'.", unit="programs", origin=SIZE_GATE, low=1
    )
    min_n_rate: int = _setting(
        10, "Programs needed for a rate in percent with its interval.", unit="programs", origin=SIZE_GATE, low=1
    )
    min_n_median: int = _setting(20, "Programs needed for a median time.", unit="programs", origin=SIMULATED, low=2)
    min_deliveries_median: int = _setting(
        10, "Deliveries needed for a median time.", unit="deliveries", origin=SIMULATED, low=1
    )
    min_n_p85: int = _setting(
        40, "Programs needed for an 85th percentile of time.", unit="programs", origin=SIMULATED, low=2
    )
    min_deliveries_p85: int = _setting(
        30, "Deliveries needed for an 85th percentile of time.", unit="deliveries", origin=SIMULATED, low=1
    )
    min_at_risk: int = _setting(
        5,
        "Programs that must be at risk where a curve begins, and where its 85th percentile is read.",
        unit="programs",
        origin="with one or two at risk a single event drives the curve to zero",
        low=1,
    )
    min_n_flow: int = _setting(
        10, "Programs with stage visits needed for flow efficiency.", unit="programs", origin=SIZE_GATE, low=1
    )
    min_n_compared: int = _setting(
        10, "Programs needed in each of two groups that are compared.", unit="programs", origin=SIZE_GATE, low=2
    )
    min_n_attribution: int = _setting(
        60, "Programs needed to share lost execution out among the killers.",
        unit="programs", origin="in simulations the range of one share is 20 to 37 points wide at this number", low=20,
    )  # fmt: skip
    min_outcomes_attribution: int = _setting(
        20, "Failures, and successes, needed for the same.", unit="programs", origin=SIZE_GATE, low=5
    )
    min_exposed_share: float = _setting(
        0.10, "Share of programs that must be exposed to a killer, and share that must not be, for it to enter the same.",
        unit="share", origin="beyond it one group is too small to compare", low=0,
    )  # fmt: skip
    min_n_share_order: int = _setting(
        240, "Programs needed to say which killer has the largest share.",
        unit="programs", origin="in simulations the largest share comes out largest in 70 % at this number", low=60,
    )  # fmt: skip
    model_replicates: int = _setting(
        1000, "Resamples behind the intervals of a model.",
        unit="replicates", origin="each refits the model; limits settle to about a point at this number", low=200,
    )  # fmt: skip
    far_levels: int = _setting(
        2, "Organisational levels between decider and doer from which on a program counts as decided far away.",
        unit="levels", origin="the first distance at which the two do not meet as a matter of course", low=1,
    )  # fmt: skip
    landmark_days: int = _setting(
        30, "Days after its start at which it is read whether a program was reviewed regularly.",
        unit="days", origin="early enough that most programs are still open, late enough for two reviews", low=7,
    )  # fmt: skip
    review_rhythm_days: int = _setting(
        14, "Longest gap between two reviews of a program that still counts as regular.",
        unit="days", origin="a fortnightly meeting", low=1,
    )  # fmt: skip
    surprise_days: int = _setting(
        14, "Days before and after an unplanned start in which interruptions of the team's committed work are counted.",
        unit="days", origin="long enough to be noted down, short enough to be told from the next surprise", low=1,
    )  # fmt: skip
    critical_gap: float = _setting(
        2.0, "Levels by which a role's skill must fall short, on a skill it cannot do without, to count as a weak link.",
        unit="levels of skill", origin="one level is within the error of ratings", low=0.5,
    )  # fmt: skip
    max_unknown_share: float = _setting(
        0.05, "Above this share of unknown outcomes a rate's interval runs from its worst to its best case.",
        unit="share", origin="up to 5 % unknown moves a rate by less than its interval", low=0,
    )  # fmt: skip
    large_unknown_share: float = _setting(
        0.20, "Above this share of missing facts a figure counts as not reliable.",
        unit="share", origin="beyond a fifth the unknown decides the figure", low=0,
    )  # fmt: skip
    bulk_closings: int = _setting(
        5, "Programs closed within one minute from which on they count as closed in bulk.",
        unit="programs", origin="nobody finishes five programs in a minute", low=2,
    )  # fmt: skip
    balance_low: float = _setting(
        0.8, "A flow is steady when arrivals, departures and work in progress balance within these two ratios.",
        unit="ratio", origin="outside it averages over the window describe no quarter", low=0,
    )  # fmt: skip
    balance_high: float = _setting(
        1.25, "The upper of the two ratios.", unit="ratio", origin="1 / 0.8", low=1,
    )  # fmt: skip
    seconds_per_item: float = _setting(
        2.0, "Answers given faster than this per item, on average, are flagged.",
        unit="seconds", origin="nobody reads a statement in less (Huang et al. 2012)", low=0,
    )  # fmt: skip
    longest_run: int = _setting(
        12, "So many equal answers in a row, over statements of both directions, are flagged.",
        unit="answers", origin="agreeing with a statement and its opposite is not reading", low=6,
    )  # fmt: skip
    even_answers: int = _setting(
        10, "So many answers of both directions without any difference between them are flagged.",
        unit="answers", origin="agreeing with a statement and its opposite is not reading", low=6,
    )  # fmt: skip
    contradictions: int = _setting(
        3, "So many constructs on which a respondent contradicts themselves are flagged.",
        unit="constructs", origin="one or two are misreadings, three are none", low=2,
    )  # fmt: skip
    flags_to_exclude: int = _setting(
        2, "Flags from which on a respondent's answers are left out.",
        unit="flags", origin="one flag alone is often an honest respondent (Meade and Craig 2012)", low=1,
    )  # fmt: skip
    min_answered_share: float = _setting(
        0.5, "A respondent who answered a smaller share of a construct's statements has no score on it.",
        unit="share", origin="below half the score is mostly what was not said", low=0.01,
    )  # fmt: skip
    min_n_distribution: int = _setting(
        10, "Answers needed to show how they are spread, or any text in the respondents' words.",
        unit="answers", origin="below it a lone answer is easily recognised", low=10,
    )  # fmt: skip
    min_n_waves: int = _setting(
        20, "A figure with fewer answers is shown in two waves only if their number is equal or differs by min_group.",
        unit="answers", origin="below it the difference of two waves tells something about one newcomer", low=20,
    )  # fmt: skip
    min_n_reliability: int = _setting(
        30, "Respondents needed to say how well the statements of a construct hang together.",
        unit="respondents", origin=SIZE_GATE, low=5,
    )  # fmt: skip
    min_n_omega: int = _setting(
        50, "Respondents needed for the one-factor model behind omega.", unit="respondents", origin=SIZE_GATE, low=20,
    )  # fmt: skip
    min_agreement: float = _setting(
        0.51, "Below this within-group agreement a group's mean is not shown as the group's view.",
        unit="r_wg", origin="where agreement counts as moderate (LeBreton and Senter 2008)", low=0,
    )  # fmt: skip
    low_response_share: float = _setting(
        0.5, "Below this response rate a survey's figures are of grade B at most.",
        unit="share", origin="then those who did not answer are the majority", low=0,
    )  # fmt: skip
    low_band_response_share: float = _setting(
        0.3, "Likewise below this response rate of any level.",
        unit="share", origin="a level heard by less than a third speaks for few", low=0,
    )  # fmt: skip
    max_weight: float = _setting(
        3.0, "No answer counts for more than so many.",
        unit="ratio", origin="usual trimming of survey weights; beyond it a few answers decide", low=1,
    )  # fmt: skip
    bootstrap_replicates: int = _setting(
        2000,
        "Resamples behind each bootstrap interval.",
        unit="replicates",
        origin="percentile limits settle to about half a point at this number",
        low=200,
    )
    default_sla_bdays: float = _setting(
        5.0, "Where no time was agreed, a wait for somebody else counts as too long beyond this many business days.",
        unit="business days", origin="a working week", low=0,
    )  # fmt: skip
    hours_per_week: float = _setting(
        38.0, "Hours a full-time person works in a week.", unit="hours", origin="usual contract of an office", low=1
    )
    max_imputed_share: float = _setting(
        0.40, "Above this share of programs whose spend had to be estimated, cost is an order of magnitude only.",
        unit="share", origin="beyond it the estimate says more about the others than about them", low=0,
    )  # fmt: skip
    stalled_horizon_days: int = _setting(
        90, "A stalled program's spend counts as lost to the extent that delivery within this time is unlikely.",
        unit="calendar days", origin="one quarter", low=1,
    )  # fmt: skip
    idle_share_low: float = _setting(
        0.0, "Share of the hours held up by others that people cannot use elsewhere: lowest estimate.",
        unit="share", origin="judgement; people mostly turn to other work", low=0,
    )  # fmt: skip
    idle_share: float = _setting(0.10, "The same: most likely.", unit="share", origin="judgement", low=0)
    idle_share_high: float = _setting(0.25, "The same: highest estimate.", unit="share", origin="judgement", low=0)
    durable_loss_low: float = _setting(
        0.0, "Share of its weekly margin that a program of durable value loses per week of delay: lowest estimate.",
        unit="share", origin="most of the value is only postponed (cost of delay, Reinertsen 2009)", low=0,
    )  # fmt: skip
    durable_loss: float = _setting(0.1, "The same: most likely.", unit="share", origin="judgement", low=0)
    durable_loss_high: float = _setting(0.3, "The same: highest estimate.", unit="share", origin="judgement", low=0)
    perishable_loss_low: float = _setting(
        0.3, "The same for value that fades: lowest estimate.", unit="share", origin="judgement", low=0
    )
    perishable_loss: float = _setting(
        0.6, "The same for value that fades: most likely.", unit="share", origin="judgement", low=0
    )
    perishable_loss_high: float = _setting(
        1.0, "The same for value that fades: highest estimate.", unit="share", origin="judgement", low=0
    )
    cost_draws: int = _setting(
        10_000, "Draws behind the ranges of cost.", unit="draws", origin="5 % and 95 % points settle to about 1 %", low=1000
    )
    criteria_floor: float = _setting(
        57.0, "Index of agreed criteria (0 to 100) from which on criteria count as there.",
        unit="points", origin="separates best in simulated organisations", low=0,
    )  # fmt: skip
    criteria_noise: float = _setting(
        6.0, "Standard deviation of what is uncertain about the index besides its sample.",
        unit="points", origin="judgement; its parts are put together with equal weights", low=0,
    )  # fmt: skip
    sound_margin: float = _setting(
        0.02, "How far below its target OTIF may lie for work still to count as sound.",
        unit="share", origin="judgement", low=0,
    )  # fmt: skip
    sound_noise: float = _setting(
        0.04, "Standard deviation of what is uncertain about OTIF besides its sample.",
        unit="share", origin="judgement; the target itself is a convention", low=0,
    )  # fmt: skip
    sound_work_score: float = _setting(
        50.0, "Score of the answers on the quality of work (100 is worst) up to which work counts as sound.",
        unit="points", origin="the middle of the scale", low=0,
    )  # fmt: skip
    verdict_probability: float = _setting(
        0.80, "Probability from which on a reading of strategy or execution is a verdict.",
        unit="share", origin="wrong in at most 2 % of simulated organisations", low=0.5,
    )  # fmt: skip
    leaning_probability: float = _setting(
        0.60, "Probability from which on it is a leaning; below it the evidence is insufficient.",
        unit="share", origin="judgement", low=0.5,
    )  # fmt: skip
    min_indicator_units: int = _setting(
        10, "Units an indicator must rest on to count in a score.", unit="units", origin=SIZE_GATE, low=1
    )
    min_indicators: int = _setting(
        2, "Indicators needed to score behaviour.", unit="indicators", origin="one sign may be a habit of recording", low=1
    )
    behaviour_weight_low: float = _setting(
        0.45, "Lowest weight of behaviour in a score that joins it with perception.",
        unit="share", origin="judgement: .60 in the middle, what happened counts more than what is said", low=0,
    )  # fmt: skip
    behaviour_weight_high: float = _setting(
        0.75, "The highest; the uncertainty of a score draws from between.",
        unit="share", origin="simulated organisations: rank intervals then hold what they promise", low=0,
    )  # fmt: skip
    anchor_factor_low: float = _setting(
        0.7, "Lowest factor by which the uncertainty of a score moves an anchor.",
        unit="ratio", origin="simulated organisations: rank intervals then hold what they promise", low=0.1,
    )  # fmt: skip
    anchor_factor_high: float = _setting(1.3, "The highest.", unit="ratio", origin="likewise", low=1)
    weight_concentration: float = _setting(
        4.0, "Parameter of the Dirichlet distribution from which weights of indicators and items are drawn.",
        unit="ratio", origin="a weight among four then lies between a tenth and a half, mostly", low=0.5,
    )  # fmt: skip
    clear_activity: float = _setting(
        55.0, "Score from which on a killer or fracture may be called clearly active.",
        unit="points", origin="simulated organisations: false alarms stay below 3 %", low=0,
    )  # fmt: skip
    probable_activity: float = _setting(
        50.0, "Score from which on it may be called probably active or possible.",
        unit="points", origin="simulated organisations: false alarms stay below 10 %", low=0,
    )  # fmt: skip
    active_behaviour: float = _setting(
        50.0, "Score its behaviour must have as well.", unit="points", origin="opinions alone activate nothing", low=0
    )
    active_perception: float = _setting(
        45.0, "Score its perception must have to be called clearly active.",
        unit="points", origin="what nobody notices is not clear", low=0,
    )  # fmt: skip
    active_probability: float = _setting(
        0.80, "Probability of the score that the words clearly and probably need.",
        unit="share", origin="judgement, checked on simulated organisations", low=0.5,
    )  # fmt: skip
    support_probability: float = _setting(
        0.50, "Probability with which behaviour and perception must support it.",
        unit="share", origin="more likely than not", low=0,
    )  # fmt: skip
    possible_probability: float = _setting(
        0.20, "Probability of the score that the word possible needs.", unit="share", origin="judgement", low=0
    )
    most_active_probability: float = _setting(
        0.90, "Probability of rank 1 from which on one is called the most active.",
        unit="share", origin="then right in at least 9 of 10 simulated organisations", low=0.5,
    )  # fmt: skip
    top_two_probability: float = _setting(
        0.80, "Probability of rank 1 or 2 from which on one is called among the two most active.",
        unit="share", origin="judgement", low=0.5,
    )  # fmt: skip
    discontent_spread: float = _setting(
        15.0, "Where perception of all killers lies within so many points, it does not tell them apart.",
        unit="points", origin="about the sampling error of twenty answers", low=0,
    )  # fmt: skip
    discontent_mean: float = _setting(
        60.0, "And where its mean is at least this, discontent is general.", unit="points", origin="judgement", low=0
    )
    narrow_score: float = _setting(
        25.0, "A score whose interval is wider than this is of grade B at most.",
        unit="points", origin="a quarter of the scale", low=0,
    )  # fmt: skip
    disagreement: float = _setting(
        25.0, "Difference of behaviour and perception from which on it is a finding of its own, if it cannot be chance.",
        unit="points", origin="a quarter of the scale", low=0,
    )  # fmt: skip
    no_agreement: float = _setting(
        0.3, "Kendall's W below which people have no common order of priorities.",
        unit="ratio", origin="weak agreement begins there (Schmidt 1997)", low=0,
    )  # fmt: skip
    strong_agreement: float = _setting(
        0.6, "Kendall's W above which their order may be put forward for approval without a discussion.",
        unit="ratio", origin="between moderate (.5) and strong (.7) in the same source", low=0,
    )  # fmt: skip
    even_split_share: float = _setting(
        0.4, "Where the smaller side holds at least this share, people are split over which of two priorities comes first.",
        unit="share", origin="judgement", low=0.01,
    )  # fmt: skip
    tooling_gaps: int = _setting(
        3, "Gaps the tooling shortlist holds at most.",
        unit="options", origin="more are not carried through in a quarter", low=1,
    )  # fmt: skip
    actions_at_once: int = _setting(
        2, "Actions of the plan one owner carries at a time, at most.",
        unit="actions", origin="judgement: they come on top of an owner's usual work", low=1,
    )  # fmt: skip
    tooling_draws: int = _setting(
        1000, "Draws behind the strength of a recommendation on the shortlist.",
        unit="draws", origin="a share of draws settles to about 3 points", low=200,
    )  # fmt: skip
    min_lead_lag_points: int = _setting(
        16, "Periods needed to relate a leading measure to the lagging one it feeds.",
        unit="periods", origin="below it a rank correlation is hardly ever told from none", low=8,
    )  # fmt: skip
    sla_places_smb: int = _setting(
        2, "Stages, and hand-offs, a small organisation agrees times for: the busiest.",
        unit="places", origin="more are not watched by a handful of people", low=1,
    )  # fmt: skip
    sla_places_mid: int = _setting(
        5, "The same for a mid-sized organisation: those that lose most days.",
        unit="places", origin="as many as fit on one page of the weekly review", low=1,
    )  # fmt: skip
    sla_waits_per_quarter: int = _setting(
        5, "Waits a quarter from which on an enterprise agrees a time for a stage or hand-off.",
        unit="waits", origin="below it a time can hardly be watched", low=1,
    )  # fmt: skip
    unread_weeks: int = _setting(
        8, "A measure without a reading for longer than this counts as not measured.",
        unit="weeks", origin="two months: a monthly measure may miss one reading", low=1,
    )  # fmt: skip
    forecast_history_days: int = _setting(
        730, "A forecast compares with programs whose promised day lies at most so far back.",
        unit="calendar days", origin="two years; what happened before was another organisation", low=180,
    )  # fmt: skip
    forecast_reach_days: int = _setting(
        14, "Where too few past programs had as many days left, the nearest number within so many days is taken.",
        unit="calendar days", origin="judgement: two weeks change little in a quarter", low=0,
    )  # fmt: skip
    forecast_weeks: int = _setting(
        26, "Whole weeks of delivery that a forecast of the pace draws from, at most.",
        unit="weeks", origin="half a year: long enough for slow weeks, short enough to be the present pace", low=8,
    )  # fmt: skip
    min_forecast_weeks: int = _setting(
        8,
        "Whole weeks needed for the same.",
        unit="weeks",
        origin="as many as tell whether weeks differ beyond chance",
        low=4,
    )
    min_backtests: int = _setting(
        4, "Earlier month ends needed to say whether a forecast would have held.",
        unit="month ends", origin="with fewer, no number of misses is beyond chance and still leaves a hit", low=3,
    )  # fmt: skip
    xmr_provisional_points: int = _setting(
        12, "Points of a standing chart needed for limits that still count as provisional.",
        unit="points", origin="in simulations a run of seven against them is chance in 4 of 100 charts", low=8,
    )  # fmt: skip
    xmr_firm_points: int = _setting(
        20,
        "Points needed for limits that count as firm.",
        unit="points",
        origin="usual for such charts (Wheeler 2000)",
        low=8,
    )
    min_due_per_point: int = _setting(
        5, "Commitments due in a week, fortnight or month for its share to be a point of the standing chart.",
        unit="commitments", origin="the share of a handful jumps by itself", low=1,
    )  # fmt: skip
    full_points_share: float = _setting(
        0.75, "Share of the commitments that must fall due in such weeks, or the chart goes by fortnights, then by months.",
        unit="share", origin="judgement: the chart should speak of most of the work", low=0.1,
    )  # fmt: skip
    min_deliveries_per_point: float = _setting(
        2.0, "Deliveries in a week, on average, for a chart by weeks; else by fortnights, then by months.",
        unit="deliveries", origin="in simulations lower counts leave the limits too often by chance", low=0.1,
    )  # fmt: skip
    wait_horizon_bdays: int = _setting(
        20, "Waits before and after a change are compared up to this many business days.",
        unit="business days", origin="four working weeks, fixed in advance; longer waits count as this long", low=5,
    )  # fmt: skip


def describe_settings() -> tuple[tuple[str, Any, str, str, str], ...]:
    """Return name, default, meaning, unit and origin of every setting, for docs and the engagement template.

    Examples
    --------
    >>> describe_settings()[1][:3]
    ('min_n_rate', 10, 'Programs needed for a rate in percent with its interval.')
    """
    return tuple(
        (item.name, item.default, item.metadata["meaning"], item.metadata["unit"], item.metadata["origin"])
        for item in fields(Settings)
    )
