"""Exhibits of each cause by itself: skills and how their gaps spread, direction, discipline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.causes.capability import HOLES, RATED, SINGLE
from gapkit.diagnosis.causes.execution_discipline import FOLLOWED, NOTHING_WRITTEN, REPEATED, SAID
from gapkit.diagnosis.causes.spread import what_if
from gapkit.diagnosis.causes.wording import carried, headline_of
from gapkit.diagnosis.evidence import NOT_ASSESSABLE
from gapkit.diagnosis.signs.signs import Sign, assessable, why_not_assessable
from gapkit.diagnosis.signs.thresholds import THRESHOLDS
from gapkit.diagnosis.signs.wording import clause_words, count_words, mark_words, sign_words, value_words
from gapkit.labels import (
    NOT_MEASURED,
    TOO_LITTLE,
    label_count,
    label_interval,
    label_list,
    label_number,
    label_period,
    label_share,
    sentence_case,
)
from gapkit.plots import rates
from gapkit.plots.churn import describe_churn, plot_churn
from gapkit.plots.spread import MOST_ROWS, describe_roles, plot_roles
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of, facts_of_table, source_of, unmeasured
from gapkit.report.exhibits.why import RULE, facts_of_signs, signs_of
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from gapkit.diagnosis import Diagnosis
    from gapkit.diagnosis.causes import Capability, Discipline

LISTED: Final = 8  # skills in the table beside the chart; diagnose.json holds all
WHAT_IF: Final = "A what-if, not an estimate: half of a role's work is taken to depend on what it gets from others."


def capability(d: Diagnosis) -> Exhibit | Callout:
    """Return how critical skills are covered, role by role, and how gaps travel to the roles that wait."""
    found = d.causes.capability
    signs = {sign.id: sign for sign in signs_of(found.finding)}
    holes, single = signs[HOLES.id], signs[SINGLE.id]
    if holes.status != "ok" or single.status != "ok":
        return unmeasured(f"How critical skills are covered is not measured. {holes.caveats[0]}")
    together = f"{sentence_case(sign_words(holes))}. {sentence_case(sign_words(single))}."
    if found.roles.empty:
        few = d.eng.config.min_group
        return Callout("note", f"{together} No role has {few} people with ratings, so none is shown by name.")
    table = _open_skills(found)
    roles = tuple(found.roles["role"].astype(str))
    reading = _spread_reading(found)
    return Exhibit(
        "capability", _capability_title(holes, single, found), draw(d.eng, _first_of_roles, found),
        alt=describe_roles(found.roles, found.skills), table=table, reading=reading,
        foot=f"Critical skills of the roles that programs of the window depend on, small roles among them · {together} "
             f"Bands: ratings one level off with probability 20 % · {source_of(d.eng, *RATED, 'dependencies')}",
        facts=(*facts_of_signs([found.finding]), label_number(holes.n), *_skill_counts(holes, single), "100",
               *(label_share(value) for value in found.roles["adequacy"]), *(facts_of_table(table) if table else ()),
               *(label_number(100 * harm) for harm in found.roles["damage"].dropna()),
               label_number(MOST_ROWS), label_number(len(found.roles))),
        quoted=(*roles, *found.spread.assumed, *(role for circle in found.spread.cycles for role in circle)),
    )  # fmt: skip


def _first_of_roles(found: Capability) -> Axes:
    return plot_roles(found.roles, found.skills)[0]


def _skill_counts(holes: Sign, single: Sign) -> tuple[str, str]:
    """Return how many critical skills nobody holds, and how many hang on one person."""
    nobody, one = (label_number(round((sign.value or 0.0) * sign.n)) for sign in (holes, single))
    return nobody, one


def _capability_title(holes: Sign, single: Sign, found: Capability) -> str:
    nobody, one = _skill_counts(holes, single)
    of = label_count(holes.n, "critical skill")
    hang = f"{one} {'hangs' if one == '1' else 'hang'} on one person"
    if nobody == one == "0":
        said = f"None of {of} is without a holder or hangs on one person"
    elif nobody == "0":
        said = hang.replace(one, f"{one} of {of}", 1)
    else:
        said = f"Nobody holds {nobody} of {of} at the level needed" + ("" if one == "0" else f", and {hang}")
    worst = found.roles.sort_values(["adequacy", "role"]).iloc[0]
    if worst["adequacy"] >= 1:
        return said
    return f"{said}; the weakest role shown, {worst['role']}, has {label_share(worst['adequacy'])} of what it needs"


def _open_skills(found: Capability) -> Table | None:
    """Return the critical skills of the roles shown that nobody holds, or that hang on one person."""
    rows = found.skills.loc[found.skills["state"] != "covered"]
    if rows.empty:
        return None
    columns = (Column("Critical skill", width=0.34), Column("Role", width=0.3), Column("State", width=0.22),
               Column("People rated", "right", 0.14))  # fmt: skip
    cells = [
        (str(row["skill"]), sentence_case(str(row["role"])), str(row["state"]), label_number(row["people"]))
        for row in rows.head(LISTED).to_dict(orient="records")
    ]
    rest = f"{label_count(len(rows) - LISTED, 'more skill')} not listed here." if len(rows) > LISTED else ""
    return Table(columns, tuple(cells), foot=rest)


def _spread_reading(found: Capability) -> str:
    network, gain = found.spread, what_if(found.spread)
    said = [f"{gain} {WHAT_IF}"] if gain else []
    said += [
        f"Waiting for each other in a circle, and counted as one role: {label_list(circle)}." for circle in network.cycles
    ]
    if network.assumed and gain:
        said.append(f"Taken as able, because not rated or too small to show: {label_list(network.assumed)}.")
    if len(found.roles) > MOST_ROWS:
        said.append(f"The chart shows {label_number(MOST_ROWS)} of {label_count(len(found.roles), 'role')}.")
    if not said:
        said.append("No role shown is known to be waited for, so how gaps travel cannot be told.")
    return " ".join(said)


def direction(d: Diagnosis) -> Exhibit | Callout:
    """Return how steady and how prompt leadership's direction is, and how differently the levels see it."""
    found = d.causes.direction
    signs = signs_of(found.finding)
    if not any(sign.status == "ok" for sign in signs):
        return unmeasured(found.finding.sentence)
    title = carried(found.finding)
    judged = assessable(signs[1:])
    if title == headline_of(found.finding) and judged:
        title = f"{title}: {count_words(judged, other=signs[0].is_beyond is not None)}"
    mark = THRESHOLDS["Direction 2"].limit
    figure = None if found.churn.empty else draw(d.eng, plot_churn, found.churn, mark)
    table = signs_table(signs)
    return Exhibit(
        "direction", title, figure, alt=describe_churn(found.churn) if figure else "", table=table,
        reading=f"{RULE} Cliff's delta is 0 where all see it alike, and 1 where every other person sees it worse than "
                "every leader.",
        foot="Change of priorities: 1 − those in force at both of two freezes / those in force at either · time to a "
             f"decision: Kaplan–Meier, open ones censored · {label_period(d.baseline.start, d.eng.as_of)} · "
             f"{source_of(d.eng, 'priorities', 'decisions', 'survey_answers')}",
        facts=(*facts_of_signs([found.finding]), *facts_of_table(table), "0", "1", str(len(judged)),
               str(sum(bool(sign.is_beyond) for sign in judged))),
    )  # fmt: skip


def signs_table(signs: Sequence[Sign]) -> Table:
    """Return signs as a table: figure, value, interval, n, its mark, and on which side of it the figure lies."""
    columns = (Column("Sign", width=0.31), Column("Value", "right", 0.13), Column("95 % interval", "right", 0.16),
               Column("n", "right", 0.06), Column("A sign is", "right", 0.17), Column("Here", width=0.17))  # fmt: skip
    rows = [
        (sentence_case(sign.name), _value(sign), _limits(sign), label_number(sign.n), mark_words(sign) or "–", _side(sign))
        for sign in signs
    ]
    return Table(columns, tuple(rows))


def _value(sign: Sign) -> str:
    if sign.status != "ok":
        return NOT_MEASURED if sign.status == "not_assessable" else TOO_LITTLE
    return value_words(sign)


def _limits(sign: Sign) -> str:
    if sign.low is None and sign.high is None:
        return ""
    return label_interval(sign.low, sign.high, sign.unit, sign.n)


def _side(sign: Sign) -> str:
    if sign.is_beyond is None:
        return "–" if sign.status != "ok" else "not judged"
    if not sign.is_beyond:
        return "not beyond"
    return "beyond" if sign.is_clear else "may be chance"


def discipline(d: Diagnosis) -> Exhibit | Callout:
    """Return whether the written way of working is kept, type by type, and who asks for exceptions."""
    found = d.causes.discipline
    signs = {sign.id: sign for sign in signs_of(found.finding)}
    followed = signs[FOLLOWED.id]
    if found.finding.verdict == NOTHING_WRITTEN:
        return unmeasured(f"{headline_of(found.finding)}: no written process was handed over. {followed.caveats[0]}")
    if found.finding.verdict == NOT_ASSESSABLE or not found.by_type:
        return unmeasured(f"Whether the written way of working is kept is not measured. {why_not_assessable([followed])}")
    shown = {sentence_case(name_of(kind)): result for kind, result in found.by_type.items()}
    mark = THRESHOLDS[FOLLOWED.id].limit
    label = f"a sign: less than {label_share(mark)} of all"
    has_rate = any(result.is_ok for result in shown.values())
    figure = draw(d.eng, rates.plot_rates, shown, reference=mark, reference_label=label) if has_rate else None
    table = _exceptions(found)
    told = [signs[name] for name in (SAID.id, FOLLOWED.id, REPEATED.id) if signs[name].status == "ok"]
    reading = " ".join([*(f"{sentence_case(sign_words(sign))}." for sign in told), RULE])
    return Exhibit(
        "discipline", _discipline_title(found, followed), figure, table=table, reading=reading,
        alt=rates.describe_rates(shown, "Process followed, by type"),
        foot="Delivered programs that took every mandatory step in order / delivered programs of a type with a written "
             f"process · n beside each type · {label_period(d.baseline.start, d.eng.as_of)} · "
             f"{source_of(d.eng, 'stage_visits', 'process_steps', 'status_events', 'people')}",
        facts=(*facts_of_signs([found.finding]), *facts_of(*shown.values()), *(facts_of_table(table) if table else ()),
               "95 %"),
        quoted=tuple(shown),
    )  # fmt: skip


def _discipline_title(found: Discipline, followed: Sign) -> str:
    title = carried(found.finding)
    if title != headline_of(found.finding) or followed.status != "ok":
        return title
    return f"{title}{', though' if followed.is_beyond else ':'} {clause_words(followed)}"


def _exceptions(found: Discipline) -> Table | None:
    """Return who asks for exceptions, by organisational level; None where levels may not be shown."""
    if found.by_level.empty:
        return None
    columns = (Column("Asked for by", width=0.4), Column("People", "right", 0.2), Column("Exceptions", "right", 0.2),
               Column("A program", "right", 0.2))  # fmt: skip
    rows = [
        (sentence_case(str(row["level"])), label_number(row["people"]) if row["people"] else "–",
         label_number(row["exceptions"]), label_number(row["per_program"], 2))
        for row in found.by_level.to_dict(orient="records")
    ]  # fmt: skip
    return Table(columns, tuple(rows), foot="Exceptions: changes of scope, priority or specification after the brief was "
                                            "approved, else after work began; level 0 is the top")  # fmt: skip
