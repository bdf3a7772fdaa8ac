"""Capability: whether people can do what the plan calls for, and what hangs on one of them.

Roles and skills, never persons. A role of fewer people than the smallest group allowed is not shown by itself: its skills
count together with those of other small roles, or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.load import in_progress_spans
from gapkit.diagnosis.causes.ratings import (
    BEST_SOURCES,
    Coverage,
    best_ratings,
    cover,
    range_of,
    self_against_manager,
    vary,
)
from gapkit.diagnosis.causes.rule import Words, judge, reservations, sentence_of
from gapkit.diagnosis.causes.spread import Spread, spread
from gapkit.diagnosis.indicators.draws import stream
from gapkit.diagnosis.indicators.measured import About, Sample, ratio
from gapkit.diagnosis.signs.signs import Sign, finding_of, missing, perceived, resampled, sign_of
from gapkit.labels import label_count, label_list, label_share
from gapkit.results import Result
from gapkit.schema import split_list

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding
    from gapkit.diagnosis.indicators import Basis
    from gapkit.stats.intervals import FloatArray, Interval

ID: Final = "capability"
WORDS: Final = Words("Capability", "lacking", "may be lacking", "not shown to be lacking")
RATED: Final = ("skills_required", "skills_actual", "people")
SAID: Final = About(
    "Capability 1", "survey score on skills",
    "mean score of the statements CAP1 to CAP3", ("survey_answers",), unit="points", units="answers",
    clause="people score the skills at hand at {} of 100",
)  # fmt: skip
HOLES: Final = About(
    "Capability 2", "critical skills held by nobody at the level needed",
    "critical skills of a role for which nobody in the role is at the level needed / critical skills of the roles programs "
    "of the window depend on; the interval is what ratings one level off would make of it",
    RATED, units="critical skills",
    clause="{} of critical skills are held by nobody at the level needed",
)  # fmt: skip
SINGLE: Final = About(
    "Capability 3", "critical skills that hang on one person",
    "critical skills for which one person of the role at most is at the level needed / as above",
    RATED, units="critical skills",
    clause="{} of critical skills hang on one person",
)  # fmt: skip
ADEQUACY: Final = About(
    "Capability 4", "weakest critical skill of a role, against what it needs",
    "mean over roles of the lowest mean of min(actual, required) / required over the people of the role, critical skills "
    "alone; interval as above",
    RATED, units="critical skills",
    clause="roles have {} of what they need of their weakest critical skill, on average",
)  # fmt: skip
SELF: Final = About(
    "Capability 5", "levels by which people rate themselves above their managers' rating",
    "mean of own minus manager's rating, where both are there", ("skills_actual",), unit="count", units="people",
    clause="people rate themselves {} levels above their managers' rating",
)  # fmt: skip
NO_RATINGS: Final = (
    "What roles need and people can do (skills_required with critical, skills_actual, people) would switch this on."
)
LISTED: Final = 3  # holes named in the sentence


@dataclass(frozen=True, eq=False)
class Capability:
    """What is known of capability.

    Attributes
    ----------
    finding : Finding
        The judgement.
    roles : DataFrame
        Roles that may be shown: role, people (rated), adequacy (0 to 1) with low and high (ratings one level off),
        effective and damage (as in `spread.Spread`; missing for roles outside the network).
    skills : DataFrame
        Their critical skills, the worst covered first: role, skill, required, people, ratio, covered, state ("held by
        nobody", "hangs on one person", "covered").
    spread : Spread
        How gaps spread over dependencies between these roles.
    """

    finding: Finding
    roles: pd.DataFrame
    skills: pd.DataFrame
    spread: Spread


def assess(basis: Basis) -> Capability:
    """Assess capability.

    Parameters
    ----------
    basis : Basis
        Supplies skills_required, skills_actual, people, dependencies, programs and the survey.
    """
    said = perceived(basis, ID)
    rated, crowd, kept_out = _countable(basis)
    if rated.empty:
        nothing = pd.Series(dtype="float64")
        signs = [sign_of(SAID, said), *(missing(about, NO_RATINGS) for about in (HOLES, SINGLE, ADEQUACY)), _self(basis)]
        return Capability(_finding(basis, said, signs, (), kept_out), _roles_table(nothing, crowd, {}, None),
                          _skills_table(None, ()), spread(nothing, basis.eng.dependencies))  # fmt: skip
    coverage = cover(rated, _headcount(basis, rated))
    rng = stream(basis.eng.config.seed, "ratings one level off")
    other = vary(rated, coverage, basis.eng.config.settings.bootstrap_replicates, rng)
    n, skills = len(coverage.skills), coverage.skills
    signs = [
        sign_of(SAID, said),
        _rated(HOLES, range_of(skills["is_hole"].mean(), other.holes), n),
        _rated(SINGLE, range_of(skills["hangs_on_one"].mean(), other.single), n),
        _rated(ADEQUACY, range_of(coverage.adequacy.mean(), other.adequacy.mean(axis=1)), n),
        _self(basis),
    ]
    shown = [role for role in coverage.adequacy.index if crowd.get(role, 0) >= basis.eng.config.min_group]
    network = spread(coverage.adequacy[shown], basis.eng.dependencies)
    limits = {
        role: range_of(coverage.adequacy[role], other.adequacy[:, coverage.adequacy.index.get_loc(role)]) for role in shown
    }
    table = _skills_table(coverage, shown)
    caveats = (*kept_out, *_on_ratings(rated, coverage), *_on_network(network))
    finding = _finding(basis, said, signs, _facts(table), caveats)
    return Capability(finding, _roles_table(coverage.adequacy[shown], crowd, limits, network), table, network)


def _countable(basis: Basis) -> tuple[pd.DataFrame, dict[str, int], tuple[str, ...]]:
    """Return the ratings that may count, the rated people of each role, and what was left out.

    Small roles count only if there are enough people in all of them together.
    """
    eng, smallest = basis.eng, basis.eng.config.min_group
    rated = best_ratings(eng.skills_actual, eng.skills_required)
    if eng.has("people"):
        rated = rated.loc[rated["role"].isin(depended_on(basis))]
    critical = rated.loc[rated["is_critical"]]
    crowd = {str(role): int(people) for role, people in critical.groupby("role")["person_id"].nunique().items()}
    small = [role for role, people in crowd.items() if people < smallest]
    hidden = critical.loc[critical["role"].isin(small), "person_id"].nunique()
    if not small:
        return critical, crowd, ()
    few = label_count(len(small), "role")
    if hidden < smallest:
        words = f"{few} with fewer than {smallest} people rated left out: a figure about them would be about single people."
        return critical.loc[~critical["role"].isin(small)], crowd, (words,)
    return critical, crowd, (f"{few} with fewer than {smallest} people rated counted together, and not shown by name.",)


def depended_on(basis: Basis) -> set[str]:
    """Return the roles some program of the window depends on: those of the teams and functions that worked on one."""
    spans = in_progress_spans(basis.judged, basis.as_of.date())
    running = spans.index[(spans["end_on"] > basis.start) & (spans["start_on"] <= basis.as_of)]
    teams = basis.judged.loc[running, "team"]
    functions = {name for names in split_list(basis.programs.loc[running, "functions"]) for name in names}
    people = basis.eng.people
    return set(people.loc[people["team"].isin(teams) | people["function"].isin(functions), "role"])


def _headcount(basis: Basis, rated: pd.DataFrame) -> dict[str, int]:
    """Return the people of each role; those rated where there is no list of people."""
    listed = basis.eng.people.groupby("role").size()
    return {role: int(listed.get(role, 0)) for role in rated["role"].unique()}


def _rated(about: About, limits: Interval, n: int) -> Sign:
    method = "ratings one level off with probability .2"
    return sign_of(about, Result(about.id, *limits, n=n, unit=about.unit, method=method, grade="B"))


def _self(basis: Basis) -> Sign:
    pairs = self_against_manager(basis.eng.skills_actual)
    if pairs.empty:
        return missing(SELF, "Ratings of the same people by themselves and by their managers would switch this on.")
    table: FloatArray = pairs[["gap", "skills"]].to_numpy(float)
    return resampled(SELF, Sample("rated person", pairs.index.to_numpy(dtype=object), table, ratio), basis)


def _skills_table(coverage: Coverage | None, shown: list[str] | tuple[str, ...]) -> pd.DataFrame:
    columns = ["role", "skill", "required", "people", "ratio", "covered", "state"]
    if coverage is None:
        return pd.DataFrame(columns=columns)
    rows = coverage.skills.loc[coverage.skills["role"].isin(shown)]
    state = pd.Series("covered", index=rows.index).mask(rows["hangs_on_one"], "hangs on one person")
    rows = rows.assign(state=state.mask(rows["is_hole"], "held by nobody"))
    order = ["is_hole", "hangs_on_one", "ratio", "role", "skill"]
    return rows.sort_values(order, ascending=[False, False, True, True, True], ignore_index=True)[columns]


def _roles_table(
    adequacy: pd.Series, crowd: dict[str, int], limits: dict[str, Interval], network: Spread | None
) -> pd.DataFrame:
    """Return roles by how much harm their gaps do, then by how large these are."""
    table = pd.DataFrame({"role": adequacy.index.astype("str"), "adequacy": adequacy.to_numpy(float)})
    table = table.assign(
        people=[crowd[role] for role in table["role"]],
        low=[limits[role].low for role in table["role"]],
        high=[limits[role].high for role in table["role"]],
    )
    reached = network.roles[["role", "effective", "damage"]] if network is not None else None
    table = table.assign(effective=float("nan"), damage=float("nan")) if reached is None else table.merge(reached, "left")
    columns = ["role", "people", "adequacy", "low", "high", "effective", "damage"]
    return table.sort_values(["damage", "adequacy", "role"], ascending=[False, True, True], ignore_index=True)[columns]


def _on_ratings(rated: pd.DataFrame, coverage: Coverage) -> list[str]:
    """Return what the ratings rest on, and who has none."""
    own, n = int(rated["source"].eq(BEST_SOURCES[-1]).sum()), len(rated)
    unrated = int(coverage.skills.groupby("role")["unrated"].max().sum())
    said = [f"{label_share(own / n, n)} of the {label_count(n, 'rating')} used are people's own."] if own else []
    if unrated:
        said.append(f"{label_count(unrated, 'person', 'people')} without a rating may hold any skill of their role.")
    return said


def _on_network(network: Spread) -> list[str]:
    said = [f"These roles wait for each other in a circle, and count as one: {label_list(c)}." for c in network.cycles]
    if network.assumed:
        said.append(f"Taken as adequate, because not rated or too small to show: {label_list(network.assumed)}.")
    return said


def _facts(skills: pd.DataFrame) -> tuple[str, ...]:
    """Return what a reader should be told besides the signs: which skills nobody holds, and which hang on one."""
    said = []
    for state in ("held by nobody", "hangs on one person"):
        named = [f"{row.skill} ({row.role})" for row in skills.loc[skills["state"] == state].itertuples()]
        if named:
            more = f" and {label_count(len(named) - LISTED, 'more', 'more')}" if len(named) > LISTED else ""
            said.append(f"{state.capitalize()}: {', '.join(named[:LISTED])}{more}.")
    return tuple(said)


def _finding(basis: Basis, said: Result, signs: list[Sign], facts: tuple[str, ...], caveats: tuple[str, ...]) -> Finding:
    verdict = judge(signs[0], signs[1:], WORDS)
    sentence = sentence_of(WORDS, verdict, signs, facts)
    return finding_of("cause", ID, verdict, sentence, said, signs, basis, *reservations(verdict, signs, WORDS), *caveats)
