"""The public entry: one call makes an organisation, tables and truth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from gapkit import schema
from gapkit.calendar import quarter_end, quarter_start
from gapkit.sample import handoffs, history, meetings, money, skills, steering, survey, tooling
from gapkit.sample.arguments import Arguments
from gapkit.sample.deliverables import add_deliverables
from gapkit.sample.levers import Levers
from gapkit.sample.observation import Observation, blur_programs, draw_observation, withheld
from gapkit.sample.owners import assign_owners
from gapkit.sample.record import Record, open_record, programs_table, visits_table
from gapkit.sample.story import Story, tell
from gapkit.sample.truth import Truth, note_truth


@dataclass(frozen=True, slots=True)
class SyntheticOrganisation:
    """An organisation that never was.

    Attributes
    ----------
    tables : dict of str to DataFrame
        Every canonical table, typed as `schema.conform` leaves it.
    truth : Truth
        What is so, whatever the tables show.
    config : dict
        The entries of its engagement.yml.
    arguments : Arguments
        What it was made from; the same arguments make it again.
    """

    tables: dict[str, pd.DataFrame]
    truth: Truth
    config: dict[str, Any]
    arguments: Arguments


def synthetic_organisation(
    seed: int = 1,
    scale: str = "mid",
    killers: Mapping[str, str | float] | None = None,
    world: str = "default",
    improvement: float = 0.0,
    *,
    conditions: Mapping[str, str | float] | None = None,
    held_back: float = 0.0,
    levers: Levers | None = None,
    observation: str = "full",
    replicate: int = 0,
    first_quarter: str = "2025Q2",
    quarters: int = 6,
    started_on: dt.date | None = None,
    as_of: dt.date | None = None,
    client: str = "Synthetic organisation",
    tz: str = "America/New_York",
    currency: str = "USD",
) -> SyntheticOrganisation:
    """Return a synthetic organisation: all canonical tables, and the truth behind them.

    Parameters
    ----------
    seed : int
        Fixes the organisation and, with `replicate`, everything that happens in it.
    scale : {"smb", "mid", "enterprise"}
        About 15, 40 or 120 commitments a quarter.
    killers : mapping of str to str or float, optional
        Killer to ``none``, ``moderate``, ``strong`` or a severity from 0 to 1. Those not named are ``none``: 0 to .25.
    world : str
        A name of `WORLDS`; the traps in it change nothing about how well work is done.
    improvement : float
        Rise of the execution rate under the redesign, that is of the promises of the last quarter, as a share (0.2 is 20
        points).
    held_back : float
        Share of teams that are not under the redesign yet: a comparison group.
    conditions : mapping of str to str or float, optional
        The same as `killers` for fractures, causes and pitfalls that are not killers: cadence, incentives, handoffs,
        capability, leadership_direction, execution_discipline, ivory_tower, tool_first, campaign_of_the_quarter.
    levers : Levers, optional
        Levers of a redesign, pulled for all programs: what would have happened with them.
    observation : {"full", "mild", "none"}
        Errors of recording: as found in the field, few, or none.
    replicate : int
        Another history of the same organisation.
    first_quarter, quarters : str, int
        The quarters told of; the last is the one after.
    started_on, as_of : date, optional
        Day 1 of the engagement, and the day the tables are read at. By default the first Monday of the last quarter before,
        and 15 days after the last quarter.
    client, tz, currency : str
        As in engagement.yml.

    Returns
    -------
    SyntheticOrganisation

    Raises
    ------
    InputError
        With every argument that cannot be met.

    Notes
    -----
    Programs move through stages and wait for approvers, who are few; killers set how many programs are exposed and how busy
    approvers are, never how a single program turns out. Every component draws from its own stream, so two calls that differ
    in one killer agree in all other draws. docs/method.md, "Synthetic organisation", gives the parameters.

    Examples
    --------
    >>> org = synthetic_organisation(seed=3, scale="smb", killers={"unclear_ownership": "strong"})
    >>> org.truth.injected, org.truth.cell
    (('unclear_ownership',), 'execution')
    >>> [name for name in schema.TABLES if name not in org.tables]  # it remembers every plan, and nobody was interviewed
    ['signed_plan', 'observations']
    """
    arguments = Arguments(
        seed, replicate, scale, dict(killers or {}), dict(conditions or {}), world, improvement, held_back,
        levers or Levers(), observation, first_quarter, quarters, started_on, as_of, client, tz, currency,
    )  # fmt: skip
    return make_organisation(arguments)


def make_organisation(arguments: Arguments) -> SyntheticOrganisation:
    """Return the organisation of these arguments."""
    return write_down(tell(arguments))


def write_down(story: Story) -> SyntheticOrganisation:
    """Return the organisation of a story as read on the day of its arguments; what comes later is not in it."""
    arguments = story.arguments
    record = open_record(story)
    how = draw_observation(arguments, story.streams)
    tables = _tables(story, record, how) | {name: schema.empty(name, arguments.tz) for name in withheld(how)}
    typed = {name: schema.conform(name, tables[name], arguments.tz) for name in schema.TABLES if name in tables}
    return SyntheticOrganisation(typed, note_truth(story, record, how), _config(arguments), arguments)


def northwind() -> SyntheticOrganisation:
    """Return the organisation behind engagements/northwind: mid-sized, two strong killers, a redesign that worked."""
    return synthetic_organisation(
        seed=47,
        killers={"structural_bottlenecks": "strong", "unclear_ownership": "strong"},
        conditions={"campaign_of_the_quarter": "none"},
        improvement=0.2,
        observation="mild",
        client="Northwind Outfitters",
    )


def _tables(story: Story, record: Record, how: Observation) -> dict[str, pd.DataFrame]:
    """Return every table as the organisation would hand it over."""
    owners = assign_owners(story, record)
    moved = history.replan(story, record)
    visits = history.logged_visits(story, record, how.lag_hours)
    priorities = steering.priorities_table(story)
    programs = pd.concat([
        programs_table(story, record),
        steering.link_programs(story, record, priorities),
        money.money_columns(story, record),
    ], axis=1)  # fmt: skip
    rows = record.rows
    programs["current_start"] = story.clock.dates(moved.start_h[rows])
    programs["current_end"] = story.clock.dates(moved.end_h[rows])
    for column, values in (
        ("owners_at_start", owners.at_start),
        ("owner_type_at_start", owners.kind),
        ("owners_now", owners.now),
    ):
        programs[column] = pd.Series(values[rows], dtype="str")
    programs = blur_programs(story, record, programs, how)
    kpis, workarounds = steering.kpis_table(story, record), tooling.workarounds_table(story)
    surveys = survey.survey_tables(story)
    respondents, required = surveys["survey_respondents"], skills.skills_required_table(story)
    parts = add_deliverables(story, record, programs)
    changes = [*history.changes_of(story, record, moved, owners, visits), *parts.changes]
    return {
        "programs": pd.concat([programs, parts.rows], ignore_index=True).sort_values(
            "program_id", kind="stable", ignore_index=True
        ),
        "status_events": history.events_table(story, record, changes),
        "stage_visits": visits_table(story, record, visits),
        "handoffs": handoffs.handoffs_table(story, record, visits),
        "dependencies": skills.dependencies_table(story, record),
        "record_checks": tooling.record_checks_table(story, record, programs, owners, how.second_source_error_share),
        "reviews": meetings.reviews_table(story, record),
        "decisions": meetings.decisions_table(story, record),
        "priorities": priorities,
        "goals": steering.goals_table(),
        "kpis": kpis,
        "kpi_values": steering.kpi_values_table(story, record, kpis),
        "process_steps": tooling.process_steps_table(story),
        "people": story.frame.people,
        "skills_required": required,
        "skills_actual": skills.skills_actual_table(story, required),
        **surveys,
        "strategy_answers": survey.strategy_answers_table(story, respondents),
        "codebook": survey.codebook_table(),
        "priority_rankings": survey.priority_rankings_table(story, respondents, priorities),
        "tools": tooling.tools_table(story),
        "workarounds": workarounds,
        "tool_options": tooling.tool_options_table(story, workarounds),
        "incentives": money.incentives_table(story),
        "outcome_conflicts": money.outcome_conflicts_table(),
        "costs": money.costs_table(story, record, programs),
        "rates": money.rates_table(story),
    }


def _config(arguments: Arguments) -> dict[str, Any]:
    return {
        "client": arguments.client,
        "as_of": arguments.read_on,
        "tz": arguments.tz,
        "currency": arguments.currency,
        "started_on": arguments.day_one,
        "weekmask": arguments.weekmask,
        "holidays": arguments.holidays,
        "measure_start": quarter_start(arguments.after_quarter),
        "measure_end": quarter_end(arguments.after_quarter),
        "primary": "execution_rate",
        "seed": arguments.seed,
    }
