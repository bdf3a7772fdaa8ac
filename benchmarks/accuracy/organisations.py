"""A synthetic organisation as its diagnosis reads it, and what is true of it beyond one history."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Literal, cast

import numpy as np
import pandas as pd

from gapkit.baseline import Baseline
from gapkit.baseline.outcomes import judge_programs
from gapkit.calendar import quarter_start
from gapkit.config import EngagementConfig, Settings
from gapkit.diagnosis.killers.killers import diagnose_killers
from gapkit.engagement import Engagement
from gapkit.engagement.dates import date_ends
from gapkit.engagement.rewind import rewind
from gapkit.sample import Arguments, SyntheticOrganisation, make_organisation
from gapkit.sample.story import Story, tell, true_rates
from gapkit.stats.kaplan_meier import kaplan_meier, survival_quantile
from gapkit.survey import read_survey

RATES = ("execution_rate", "on_time_rate", "otif_rate")


def as_read(
    org: SyntheticOrganisation, settings: Settings | None = None, phase: Literal["diagnose", "measure"] = "diagnose"
) -> Engagement:
    """Return the engagement of an organisation as read at the end of its diagnosis, or later, without writing files."""
    config = EngagementConfig(**org.config, settings=settings or Settings())
    day = config.as_of_for(phase)
    known = date_ends(rewind({name: table for name, table in org.tables.items() if len(table)}, day))
    tables = {name: table for name, table in known.items() if len(table)}
    return Engagement("synthetic", Path("nowhere"), config, day, tables, (), (), (), pd.DataFrame(), True, "")


def judged_only(eng: Engagement) -> Baseline:
    """Return what killers read of a baseline, at a fraction of its cost."""
    config = eng.config
    judged, _ = judge_programs(eng.programs, eng.status_events, config, eng.as_of)
    quarters = tuple(config.baseline_quarters)
    return cast("Baseline", SimpleNamespace(judged=judged, quarters=quarters, start=quarter_start(quarters[0])))


def true_figures(arguments: Arguments, quarters: tuple[str, ...], histories: int) -> dict[str, float]:
    """Return what the rates and the median time-to-market of an organisation would be over endlessly many histories.

    Parameters
    ----------
    arguments : Arguments
        Of the organisation.
    quarters : tuple of str
        Quarters whose frozen plan the rates speak of.
    histories : int
        Histories told, other than the one observed.

    Notes
    -----
    Time-to-market is that of all programs committed since the first quarter told of, each followed to its end; a cancelled
    one is censored that day, as in the figure it is compared with.
    """
    told = [tell(arguments.but(replicate=arguments.replicate + 1 + k)) for k in range(histories)]
    rates = [true_rates(story).loc[list(quarters)] for story in told]
    n = sum(float(frame["n"].sum()) for frame in rates)
    figures = {name: sum(float((frame[name] * frame["n"]).sum()) for frame in rates) / n for name in RATES}
    times = pd.concat([_times_to_market(story) for story in told])
    curve = kaplan_meier(times["days"], times["is_delivered"])
    return figures | {"time_to_market_median_days": survival_quantile(curve).value}


def long_run_activity(arguments: Arguments, histories: int) -> dict[str, float]:
    """Return the score of each killer that can be scored, as a mean over other histories, all recorded without error."""
    asked = Settings(bootstrap_replicates=200)  # medians, whose own error the histories average out
    found: dict[str, list[float]] = {}
    for replicate in range(1, histories + 1):
        org = make_organisation(arguments.but(replicate=arguments.replicate + replicate, observation="none"))
        eng = as_read(org, asked)
        for finding in diagnose_killers(eng, judged_only(eng), read_survey(eng)).findings:
            if finding.activity is not None:
                found.setdefault(finding.id, []).append(finding.activity.value)
    return {name: float(np.mean(values)) for name, values in found.items()}


def _times_to_market(story: Story) -> pd.DataFrame:
    """Return days from commitment to market, or to cancellation, of the promised programs that ever ended."""
    plan, flow, clock = story.plan, story.flow, story.clock
    committed = clock.dates(plan["commit_h"].to_numpy(float))
    ended = clock.dates(np.minimum(flow.finished_h, flow.cancelled_h))
    since = pd.Timestamp(quarter_start(story.arguments.told_quarters[0]))
    days = (ended - committed).dt.days
    asked = committed.ge(since) & days.ge(0) & ~story.is_merged & ~plan["is_after"].to_numpy()
    return pd.DataFrame({"days": days.clip(lower=0.5), "is_delivered": np.isfinite(flow.finished_h)})[asked]
