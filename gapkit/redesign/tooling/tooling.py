"""Tooling: the two or three gaps worth closing, process fixes before tools, and the manual work nobody has an answer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.cost.labour import hourly_rate
from gapkit.plain import plain, plain_rows
from gapkit.redesign.decisions.rules import NOTE, Rule
from gapkit.redesign.tooling import wording as words
from gapkit.redesign.tooling.options import NOT_READY, draw_values, read_options, read_workarounds, with_figures
from gapkit.results import Result, not_assessable
from gapkit.stats.knapsack import knapsack, selection_frequency

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis
    from gapkit.engagement import Engagement
    from gapkit.redesign.decisions.decided import Decided
    from gapkit.stats.intervals import FloatArray

BUDGET: Final = "budget"
PROCESS: Final = "process before"
LEVEL: Final = 0.90
FIELDS: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "process_ready": Rule("flag", "whether the way of working the option needs is agreed"),
        "first_year_cost": Rule(
            "number", "under 'budget': what all options together may cost in their first year, once and to keep; null for "
            "no limit", lowest=0, may_be_empty=True,
        ),
        "note": NOTE,
    }
)  # fmt: skip


class ProcessFix(NamedTuple):
    """A way of working to be agreed before a tool can be chosen.

    Attributes
    ----------
    option_id : str
        The tool that waits for it.
    what : str
        The tool in words.
    steps : tuple of str
        The steps whose way of working is to be agreed.
    instead : tuple of str
        Changes of process on the list that remove the same work.
    standing : str
        ``proposed``, ``agreed`` or ``declined``.
    """

    option_id: str
    what: str
    steps: tuple[str, ...]
    instead: tuple[str, ...]
    standing: str


@dataclass(frozen=True)
class Tooling:
    """The shortlist against manual work, and what stands behind it.

    Attributes
    ----------
    shortlist : tuple of str
        Ids of the options on it, changes of process before tools, the most valuable first.
    options : DataFrame
        Every option, the shortlist first: option_id, what, workarounds (tuple of ids), is_tool, process_ready; saved_low,
        saved_mode, saved_high (hours a week); one_off_cost, annual_cost, weeks; hours with hours_p5 and hours_p95 (mean and
        5 and 95 % points); value with value_p5 and value_p95 (money a year, missing without hourly rates); frequency (share
        of draws in which it belongs to the best choice: the strength of the recommendation, missing where it cannot be
        compared or was agreed already); is_shortlisted, standing, is_capped, is_listed, why_not.
    process_first : tuple of ProcessFix
        Ways of working to be agreed before tools can be chosen; to be read before the shortlist.
    workarounds : DataFrame
        From `tooling.options.read_workarounds`, with is_on_shortlist.
    hours : Result
        ``hours_given_back``: hours a week of the shortlist, all people together; 90 % range.
    asks : tuple of str
        What to ask the client, for manual work without an option.
    is_priced : bool
        Whether hourly rates are known, so that hours and costs can be weighed.
    currency : str
        Currency of all amounts.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    shortlist: tuple[str, ...]
    options: pd.DataFrame = field(repr=False)
    process_first: tuple[ProcessFix, ...]
    workarounds: pd.DataFrame = field(repr=False)
    hours: Result
    asks: tuple[str, ...]
    is_priced: bool
    currency: str
    caveats: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What to agree first, what is on the shortlist, and the hours it gives back."""
        return words.sentence(self)

    @property
    def unaddressed(self) -> pd.DataFrame:
        """Workarounds no option would remove, most hours first."""
        return self.workarounds.loc[~self.workarounds["options"].astype(bool)].reset_index(drop=True)

    def proposals(self) -> dict[str, dict[str, Any]]:
        """Return what is proposed: ways of working to agree, the shortlist, and room for a budget.

        Any other option can be put on the shortlist under its id, with status agreed.
        """
        if self.options.empty:
            return {}
        ready = dict(zip(self.options["option_id"], self.options["process_ready"], strict=True))
        return {
            **{f"{PROCESS} {fix.option_id}": {"note": None} for fix in self.process_first},
            **{one: {"process_ready": bool(ready[one]), "note": None} for one in self.shortlist},
            BUDGET: {"first_year_cost": None, "note": None},
        }

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `tooling` of `redesign.json` holds it."""
        return {
            "sentence": self.sentence,
            "currency": self.currency,
            "shortlist": list(self.shortlist),
            "options": plain_rows(self.options),
            "process_first": [plain(fix) for fix in self.process_first],
            "workarounds": plain_rows(self.workarounds),
            "hours": self.hours.to_dict(),
            "asks": list(self.asks),
            "is_priced": self.is_priced,
            "caveats": list(self.caveats),
        }


def shortlist_tools(eng: Engagement, diagnosis: Diagnosis, decided: Decided) -> Tooling:
    """Choose the few gaps whose closing gives back most, process fixes named before tools.

    Parameters
    ----------
    eng : Engagement
        Supplies workarounds, tool_options, rates and people.
    diagnosis : Diagnosis
        Not read: the shortlist rests on the client's own lists.
    decided : Decided
        Its section ``tooling``: options agreed (they are on the shortlist) or declined (they are not), ``process_ready`` by
        option, and ``first_year_cost`` under ``budget``.

    Returns
    -------
    Tooling

    Notes
    -----
    A knapsack: of the options that can be compared those of the highest total value, at most `tooling_gaps`, at most one
    against each workaround, within the budget if there is one. Value is ``hours saved × rate × 52 − annual cost − one-off
    cost / 2``, by the means of the three-point estimates; how often each option belongs to the best choice of a draw is the
    strength of its recommendation. A tool whose way of working is not agreed is no candidate: agreeing it comes first.
    """
    settings = eng.config.settings
    workarounds = read_workarounds(eng)
    rate = hourly_rate(eng.rates, eng.people)
    options = with_figures(read_options(eng, workarounds, decided), rate)
    budget = decided.entry("tooling", BUDGET).get("first_year_cost")
    candidates = _Candidates.of(options, settings.tooling_gaps, inf if budget is None else float(budget))
    draws = draw_values(candidates.rows, rate, settings.tooling_draws, np.random.default_rng(eng.config.seed))
    means = candidates.rows["value" if rate else "hours"].to_numpy(float)
    chosen = [candidates.rows["option_id"].iloc[place] for place in candidates.best(means)]
    frequency = candidates.frequency(draws)
    strength = {} if frequency is None else dict(zip(candidates.rows["option_id"], frequency, strict=True))
    taken = options["standing"].eq("agreed") | options["option_id"].isin(chosen)
    options = options.assign(frequency=options["option_id"].map(strength).astype(float), is_shortlisted=taken)
    options = options.sort_values(
        ["is_shortlisted", "is_tool", "value" if rate else "hours", "option_id"],
        ascending=[False, True, False, True], ignore_index=True,
    )  # fmt: skip
    listed = options.loc[options["is_shortlisted"]]
    removed = {one for some in listed["workarounds"] for one in some}
    workarounds = workarounds.assign(is_on_shortlist=workarounds["workaround_id"].isin(removed))
    return Tooling(
        shortlist=tuple(listed["option_id"]),
        options=options,
        process_first=_process_first(options, workarounds, decided),
        workarounds=workarounds,
        hours=_hours(listed, options),
        asks=words.asks(workarounds, settings.tooling_gaps),
        is_priced=rate is not None,
        currency=eng.config.currency,
        caveats=words.caveats(eng, options, rate is not None, budget, is_counted=frequency is not None),
    )


class _Candidates(NamedTuple):
    """Options to choose from, beside those agreed already, and what limits the choice."""

    rows: pd.DataFrame
    at_most: int
    limit: float
    apart: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, options: pd.DataFrame, at_most: int, budget: float) -> _Candidates:
        """Return what is left to choose once those agreed have taken their place, their money and their workarounds."""
        agreed = options.loc[options["standing"].eq("agreed")]
        gone = {one for some in agreed["workarounds"] for one in some}
        is_free = pd.Series([not gone & set(some) for some in options["workarounds"]], index=options.index, dtype=bool)
        rows = options.loc[options["why_not"].eq("") & options["standing"].ne("agreed") & is_free].reset_index(drop=True)
        places: dict[str, list[int]] = {}
        for place, some in enumerate(rows["workarounds"]):
            for one in some:
                places.setdefault(one, []).append(place)
        apart = tuple(dict.fromkeys(tuple(some) for some in places.values() if len(some) > 1))
        spent = float(_first_year(agreed).sum())
        return cls(rows, max(0, at_most - len(agreed)), max(0.0, budget - spent), apart)

    def best(self, values: FloatArray) -> tuple[int, ...]:
        """Return the positions of the best choice."""
        return knapsack(values, _first_year(self.rows), self.limit, at_most=self.at_most, apart=self.apart)

    def frequency(self, draws: FloatArray) -> FloatArray | None:
        """Return how often each belongs to the best choice of a draw; None where there are too many choices to try."""
        return selection_frequency(draws, _first_year(self.rows), self.limit, at_most=self.at_most, apart=self.apart)


def _first_year(options: pd.DataFrame) -> pd.Series:
    cost: pd.Series = options["one_off_cost"].fillna(0.0) + options["annual_cost"].fillna(0.0)
    return cost


def _process_first(options: pd.DataFrame, workarounds: pd.DataFrame, decided: Decided) -> tuple[ProcessFix, ...]:
    """Return what must be agreed before the tools that are held back, the tools that save most hours first."""
    step = dict(zip(workarounds["workaround_id"], workarounds["step"], strict=True))
    processes = options.loc[~options["is_tool"]]
    # A tool that would not be worth its cost needs no preparing.
    held = options.loc[options["why_not"].eq(NOT_READY) & ~options["value"].le(0)].sort_values(
        ["hours", "option_id"], ascending=[False, True]
    )
    return tuple(
        ProcessFix(
            option_id=row["option_id"],
            what=row["what"],
            steps=tuple(dict.fromkeys(step[one] for one in row["workarounds"] if one in step)),
            instead=tuple(
                other
                for other, some in zip(processes["option_id"], processes["workarounds"], strict=True)
                if set(some) & set(row["workarounds"])
            ),
            standing=decided.standing("tooling", f"{PROCESS} {row['option_id']}"),
        )
        for row in held.to_dict(orient="records")
    )


def _hours(listed: pd.DataFrame, options: pd.DataFrame) -> Result:
    """Return the hours the shortlist gives back; limits of single options are added up."""
    name = "hours_given_back"
    known = listed.dropna(subset=["hours"])
    if options.empty:
        return not_assessable(name, words.NO_OPTIONS, unit="per_week")
    if known.empty:
        return not_assessable(name, words.NOTHING_LISTED, unit="per_week")
    value, low, high = (float(known[column].sum()) for column in ("hours", "hours_p5", "hours_p95"))
    return Result(name, value, low, high, level=LEVEL, n=len(known), unit="per_week", grade="B",
                  method="sums of means and of 5 and 95 % points (PERT): as if all erred alike")  # fmt: skip
