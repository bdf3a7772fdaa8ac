"""What no client could know: the planted severities, what truly became of every program, and what each killer cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from gapkit.sample.arguments import Arguments
from gapkit.sample.killers import EFFECTS, FUNCTION_EFFECT
from gapkit.sample.observation import Observation
from gapkit.sample.record import Record
from gapkit.sample.story import Story, tell, true_rates
from gapkit.sample.survey import draw_halo
from gapkit.vocabulary import KILLERS

# The usual target of the engagement: the share on time and to specification that counts as sound work.
SOUND_OTIF: Final = 0.70
RATES: Final = ["execution_rate", "on_time_rate", "otif_rate"]


@dataclass(frozen=True, slots=True)
class Truth:
    """The planted answers.

    Attributes
    ----------
    arguments : dict
        The arguments that differ from their defaults.
    world : str
        What is special about the world, in one sentence.
    severities : dict of str to float
        True severity, 0..1, of each killer, fracture, cause and pitfall.
    injected : tuple of str
        Killers of severity .55 and more.
    effects : dict of str to float
        Effect of each exposure, in log-odds of finishing on time; bottlenecks act through queues and have none of their
        own.
    parameters : dict of str to float
        Every share and level the organisation ran on.
    observation : dict
        Errors of recording.
    halo : float
        General mood, in points added to how bad each survey item seems.
    cell : str
        ``execution``, ``strategy``, ``both`` or ``neither``: the true answer to strategy or execution. Criteria exist or
        not by the world asked for; work is sound if OTIF before the after quarter is at least `SOUND_OTIF` in truth.
    improvement : float
        Planted rise of the execution rate of the programs under the redesign, as a share.
    rates : DataFrame
        By quarter: execution_rate, on_time_rate, otif_rate of its frozen plan and n, every outcome known.
    after_without_redesign : float
        Execution rate the after quarter would have had without the redesign, every draw the same.
    programs : DataFrame
        One row per program of the table programs (parts left out): program_id, quarter, origin, is_committed (in its
        quarter's frozen plan), the five killers (exposed or not), owner_kind, is_new_model, baseline_end as promised, the
        true finished_on and cancelled_on even if later than the tables reach, and the four outcomes.
    """

    arguments: dict[str, Any]
    world: str
    severities: dict[str, float]
    injected: tuple[str, ...]
    effects: dict[str, float]
    parameters: dict[str, float]
    observation: dict[str, float | bool]
    halo: float
    cell: Literal["execution", "strategy", "both", "neither"]
    improvement: float
    rates: pd.DataFrame
    after_without_redesign: float
    programs: pd.DataFrame

    def to_dict(self) -> dict[str, Any]:
        """Return the truth as plain data, rounded, without the program rows."""
        committed = self.programs.loc[self.programs["is_committed"]]
        rates = self.rates.round(4).reset_index().to_dict(orient="records")
        return {
            "arguments": self.arguments,
            "world": self.world,
            "injected": list(self.injected),
            "severities": _rounded(self.severities),
            "effects_log_odds": self.effects,
            "improvement": self.improvement,
            "rates": rates,
            "after_without_redesign": round(self.after_without_redesign, 4),
            "cell": self.cell,
            "exposed_share": _rounded({name: float(committed[name].mean()) for name in KILLERS}),
            "halo": round(self.halo, 4),
            "observation": {name: value if isinstance(value, bool) else round(value, 4)
                            for name, value in self.observation.items()},
            "parameters": _rounded(self.parameters),
        }  # fmt: skip


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in values.items()}


def note_truth(story: Story, record: Record, how: Observation) -> Truth:
    """Return the truth of a story."""
    arguments = story.arguments
    rates = true_rates(story)
    without = true_rates(tell(arguments.but(improvement=0.0))) if arguments.improvement else rates
    planted = story.severities.planted
    return Truth(
        arguments=arguments.plain(),
        world=arguments.setting.note,
        severities=planted,
        injected=tuple(name for name in KILLERS if planted[name] >= 0.55),
        effects={**EFFECTS, "further_function": FUNCTION_EFFECT},
        parameters=story.parameters,
        observation={name: getattr(how, name) for name in how.__dataclass_fields__},
        halo=draw_halo(story),
        cell=_cell(has_criteria=arguments.setting.has_criteria, is_sound=_otif_before(rates) >= SOUND_OTIF),
        improvement=arguments.improvement,
        rates=rates,
        after_without_redesign=float(without["execution_rate"].iloc[-1]),
        programs=_programs(story, record),
    )


def _cell(*, has_criteria: bool, is_sound: bool) -> Literal["execution", "strategy", "both", "neither"]:
    if has_criteria:
        return "neither" if is_sound else "execution"
    return "strategy" if is_sound else "both"


def _otif_before(rates: pd.DataFrame) -> float:
    before = rates.iloc[:-1]
    return float(np.average(before["otif_rate"], weights=before["n"]))


def _programs(story: Story, record: Record) -> pd.DataFrame:
    plan, clock = story.plan, story.clock
    promised = plan["end_h"].where(plan["commit_h"].notna()).to_numpy(dtype=float)
    whole = pd.DataFrame({
        "program_id": record.ids,
        "quarter": plan["quarter"],
        "origin": plan["origin"],
        "is_committed": story.is_cohort,
        **{name: story.exposed[name] for name in KILLERS},
        "owner_kind": story.exposed["owner_kind"],
        "is_new_model": story.is_new_model,
        "baseline_end": clock.dates(promised),
        "finished_on": clock.dates(story.flow.finished_h),
        "cancelled_on": clock.dates(story.flow.cancelled_h),
        "is_delivered_by_quarter_end": story.is_delivered_by_quarter_end,
        "is_on_time": story.is_on_time,
        "is_to_spec": story.is_to_spec,
        "is_otif": story.is_otif,
    })  # fmt: skip
    return whole.iloc[record.rows].reset_index(drop=True)


def attributable_failures(
    arguments: Arguments, *, off: Literal["exposure", "severity"] = "exposure", quarters: Sequence[str] = ()
) -> pd.DataFrame:
    """Return what share of the failures each killer truly caused.

    Parameters
    ----------
    arguments : Arguments
        Of an organisation: ``org.arguments``.
    off : {"exposure", "severity"}
        ``exposure``: no program is exposed (flag 0 for all), which is what an attribution model estimates.
        ``severity``: the killer is not there at all, which also empties queues and calms other killers.
    quarters : sequence of str
        Quarters whose committed programs count; all before the after quarter when empty.

    Returns
    -------
    DataFrame
        Indexed by killer: share (Shapley value as a share of the failures as they were; the shares sum to the joint share),
        single (share avoided if only this killer were off). Its attrs hold ``joint`` (share avoided with all off),
        ``failures`` and ``n``.

    Notes
    -----
    A failure is a committed program that was not on time and to specification. The organisation is told again for each of
    the 32 subsets of killers switched off, every random draw the same; the Shapley value of a killer is its average
    contribution over all orders in which they could be switched off. Programs share approvers, so fewer sign-offs also
    spare those who were not exposed; that relief counts for the killer that was switched off.

    References
    ----------
    Eide & Gefeller 1995, Sequential and average attributable fractions.
    """
    usual = arguments.but(improvement=0.0)
    story = tell(usual)
    wanted = list(quarters) or list(arguments.told_quarters[:-1])
    counted = story.is_cohort & story.plan["quarter"].isin(wanted).to_numpy()
    failures = int((~story.is_otif[counted]).sum())
    failed: dict[tuple[str, ...], int] = {(): failures}
    for size in range(1, len(KILLERS) + 1):
        for group in combinations(KILLERS, size):
            other = tell(usual, cleared=group) if off == "exposure" else tell(usual, off=dict.fromkeys(group, 0.0))
            failed[group] = int((~other.is_otif[counted]).sum())
    avoided = {group: (failures - left) / max(failures, 1) for group, left in failed.items()}
    shares = pd.DataFrame(
        {"share": [_shapley(avoided, name) for name in KILLERS], "single": [avoided[(name,)] for name in KILLERS]},
        index=pd.Index(KILLERS, name="killer"),
    )
    shares.attrs = {"joint": avoided[KILLERS], "failures": failures, "n": int(counted.sum())}
    return shares


def _shapley(avoided: dict[tuple[str, ...], float], name: str) -> float:
    """Return the mean contribution of one killer over all orders."""
    others = [killer for killer in KILLERS if killer != name]
    n = len(KILLERS)
    total = 0.0
    for size in range(n):
        weight = factorial(size) * factorial(n - size - 1) / factorial(n)
        for group in combinations(others, size):
            with_it = tuple(killer for killer in KILLERS if killer in (*group, name))
            total += weight * (avoided[with_it] - avoided[group])
    return total


def expected_rates(arguments: Arguments, replicates: int = 40) -> pd.DataFrame:
    """Return the rates the organisation would show over endlessly many histories: what an interval should cover.

    Parameters
    ----------
    arguments : Arguments
        Of an organisation: ``org.arguments``.
    replicates : int
        Histories told. The standard error of a rate is about .5 / √(n · replicates), n being the programs of a quarter.

    Returns
    -------
    DataFrame
        By quarter: execution_rate, on_time_rate, otif_rate, and n, the mean number of committed programs.
    """
    # An engagement that began after the worst quarter is a way of looking, not another process.
    usual = arguments.but(world="default") if arguments.setting.starts_after_worst else arguments
    told = [true_rates(tell(usual.but(replicate=arguments.replicate + 1 + k))) for k in range(replicates)]
    counts = np.stack([rates["n"].to_numpy(float) for rates in told])
    pooled = {name: np.sum([rates[name] * rates["n"] for rates in told], axis=0) / counts.sum(axis=0) for name in RATES}
    return pd.DataFrame({**pooled, "n": counts.mean(axis=0)}, index=told[0].index)
