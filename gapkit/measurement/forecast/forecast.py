"""The forecast of an engagement: how many open commitments will be on time, when each lands, and whether to believe it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from gapkit.baseline.execution import NO_DELIVERIES
from gapkit.errors import InputError, Problem
from gapkit.labels import label_count
from gapkit.measurement.forecast import wording
from gapkit.measurement.forecast.backtest import Backtest, backtest_forecast
from gapkit.measurement.forecast.landing import Landing, find_landings, landing_of
from gapkit.measurement.forecast.months import COLUMNS
from gapkit.measurement.forecast.on_time import ON_TIME, count_on_time
from gapkit.measurement.forecast.outlook import Outlook, judge, look_ahead
from gapkit.measurement.forecast.throughput import HORIZONS, Throughput, foretell_throughput, name_of_horizon
from gapkit.measurement.forecast.totals import Total, draw_counts, grouped, summed
from gapkit.plain import plain, plain_rows, results_to_dict
from gapkit.results import Result, not_assessable

if TYPE_CHECKING:
    from gapkit.engagement import Engagement

NOT_MEASURED: Final = f"not measured. {NO_DELIVERIES}"
PLACES: Final = ("name", "team", "due_on", "days_left", "state", "p_on_time", "p_cancelled")
DATES: Final = ("p50_on", "p85_on", "seen_until_on", "has_p85")


@dataclass(frozen=True, eq=False)
class Forecast:
    """What is to be expected of the open commitments.

    Attributes
    ----------
    as_of : date
        The day it was made on.
    sentence : str
        How many will be on time, with the interval; says first where the backtest speaks against it.
    programs : DataFrame
        Every open commitment, by due date: program_id, name, team, due_on, days_left (negative once it has passed), state
        (``started``, ``not started``, empty where starts are not recorded), p_on_time (0 for those that are overdue,
        missing where there is too little data), p_cancelled (by the last day on time), p50_on, p85_on (dates by which half
        and 85 % of such programs landed, if not cancelled; missing where not reached, or too little data), seen_until_on
        (how far such programs were watched: a date not reached is later), has_p85 (whether there is data enough for
        p85_on), n_pool (past commitments behind p_on_time), n_landings (past programs behind the dates), remark.
    on_time : Result
        ``commitments_on_time``: unit count, n = open commitments it speaks of, 80 % interval.
    windows : dict of Result
        The same for those due by the end of the running quarter, and within 90 days.
    by_month : DataFrame
        Columns month_on (first day of the month due; missing for overdue ones), n, on_time, low, high, cancelled, late
        (expected counts), unknown (programs without a probability).
    throughput : Throughput or None
        The pace carried on; None where deliveries are not recorded.
    both_views : str
        Whether the pace and the ages of the programs say the same about the coming 13 weeks.
    backtest : Backtest
        How the same forecast would have done at earlier month ends.
    landings : DataFrame
        Every open program, promised or not: what `landing` reads.
    caveats : tuple of str
        What a reader must know.
    """

    as_of: dt.date
    sentence: str
    programs: pd.DataFrame = field(repr=False)
    on_time: Result
    windows: dict[str, Result]
    by_month: pd.DataFrame = field(repr=False)
    throughput: Throughput | None
    both_views: str
    backtest: Backtest
    landings: pd.DataFrame = field(repr=False)
    caveats: tuple[str, ...]

    @property
    def is_reliable(self) -> bool:
        """Whether nothing speaks against it: false where the backtest did not hold, of late or on the whole."""
        return self.backtest.verdict != "did not hold"

    @property
    def test_sentence(self) -> str:
        """What the backtest says, to be read before the forecast; empty where there is nothing to forecast."""
        is_made = self.on_time.status != "not_assessable" and len(self.programs) > 0
        return wording.backtest_words(self.backtest) if is_made else ""

    @property
    def test_title(self) -> str:
        """How `test_sentence` begins: whether the test held, and what shows it; empty without a verdict."""
        return "" if self.backtest.verdict == "too little to test" else wording.backtest_title(self.backtest)

    @property
    def results(self) -> dict[str, Result]:
        """Every figure by name."""
        pace = self.throughput.results if self.throughput is not None else {}
        return {ON_TIME: self.on_time, **self.windows, **pace}

    def landing(self, program_id: str) -> Landing:
        """Return when one open program lands.

        Raises
        ------
        InputError
            When there is no such open program.
        """
        if program_id not in self.landings.index:
            what, remedy = "no open program has this id", "Choose one that is neither delivered, cancelled nor merged."
            raise InputError([Problem(what, table="programs", column="program_id", value=program_id, remedy=remedy)])
        return landing_of(pd.Series(self.landings.loc[program_id]), self.as_of)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data as `measure.json` holds it."""
        return {
            "as_of": plain(self.as_of),
            "sentence": self.sentence,
            "is_reliable": self.is_reliable,
            "results": results_to_dict(self.results),
            "by_month": plain_rows(self.by_month),
            "past_weeks": list(self.throughput.weeks) if self.throughput is not None else [],
            "both_views": self.both_views,
            "backtest": self.backtest.to_dict() | {"sentence": self.test_sentence},
            "programs": plain_rows(self.programs),
            "caveats": list(self.caveats),
        }


def forecast(eng: Engagement, judged: pd.DataFrame | None = None) -> Forecast:
    """Forecast the open commitments of an engagement.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.
    judged : DataFrame, optional
        From `outcomes.judge_programs` on `eng.as_of`, where it is at hand.

    Returns
    -------
    Forecast
        Thin or odd data give reasons in words, never an exception.

    Notes
    -----
    Each open commitment is compared with the client's own earlier ones on the day they had as many days left and were open,
    started or not as it is; a total adds the luck that programs of one quarter share. The pace of delivery carried on is a
    second view of the same question. See `pools`, `totals`, `landing`, `throughput` and `backtest` for the formulas.
    """
    judged = judge(eng) if judged is None else judged
    outlook = look_ahead(judged, eng.config, eng.as_of)
    landings = find_landings(judged, outlook.fates, eng.config, eng.as_of)
    if not eng.records_delivery:
        return _unmeasured(eng, outlook, landings)
    backtest = backtest_forecast(eng, judged)
    rng = np.random.default_rng([eng.config.seed, len(outlook.programs)])
    on_time, windows, by_month = count_on_time(eng, outlook, rng)
    throughput = foretell_throughput(judged, len(outlook.programs), eng.config.settings, eng.as_of, rng)
    programs = _register(outlook, landings)
    n_landed, landed = _landed(outlook, landings, rng)
    sentence = wording.forecast_sentence(on_time, windows, outlook.programs, backtest)
    pace = throughput.results[name_of_horizon(HORIZONS[-1])]
    views = wording.both_views(n_landed, landed, pace, len(programs) - n_landed)
    return Forecast(
        eng.as_of, sentence, programs, on_time, windows, by_month, throughput, views, backtest, landings,
        wording.caveats(eng, judged, outlook),
    )  # fmt: skip


def _register(outlook: Outlook, landings: pd.DataFrame) -> pd.DataFrame:
    """Return every open commitment as the report lists it."""
    programs = outlook.programs
    dates = landings.reindex(programs.index)
    frame = pd.DataFrame({
        "program_id": programs.index,
        **{name: programs[name].array for name in PLACES},
        **{name: dates[name].array for name in DATES},
        "n_pool": programs["n_pool"].array, "n_landings": dates["n_pool"].array,
    })  # fmt: skip
    return frame.assign(remark=wording.remarks(programs).array)


def _landed(outlook: Outlook, landings: pd.DataFrame, rng: np.random.Generator) -> tuple[int, Total | None]:
    """Return how many open commitments have a place that says something, and how many of them land within 13 weeks."""
    mine = landings.reindex(outlook.programs.index)
    places = outlook.programs.assign(p_landed=mine["p_landed"], n_pool=mine["n_pool"])
    known = int(places["p_landed"].notna().sum())
    if not known:
        return 0, None
    return known, summed(draw_counts(grouped(places, "p_landed"), outlook.luck, rng))


def _unmeasured(eng: Engagement, outlook: Outlook, landings: pd.DataFrame) -> Forecast:
    """Return the forecast of a client that records no deliveries: every commitment listed, nothing foretold."""
    nothing = not_assessable(ON_TIME, NO_DELIVERIES, unit="count", n=len(outlook.programs))
    blank = outlook._replace(programs=outlook.programs.assign(p_on_time=np.nan, p_cancelled=np.nan, n_pool=0))
    never = pd.Series(pd.NaT, index=landings.index, dtype="datetime64[us]")
    dates = landings.assign(p50_on=never, p85_on=never, seen_until_on=never, has_p85=False, n_pool=0, why_not=NOT_MEASURED)
    programs = _register(blank, dates)
    of = label_count(len(programs), "open commitment")
    return Forecast(
        eng.as_of, f"Not measured: how many of {of} will be on time. {NO_DELIVERIES}",
        programs.assign(remark="deliveries not recorded"), nothing, {}, pd.DataFrame(columns=list(COLUMNS)),
        None, "", Backtest("too little to test", (), eng.config.settings.min_backtests), dates, (NO_DELIVERIES,),
    )  # fmt: skip
