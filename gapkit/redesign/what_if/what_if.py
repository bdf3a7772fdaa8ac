"""What a redesign would change: one lever at a time and all together, each by the engine that may answer for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from gapkit.labels import label_count, label_list, label_number, label_share, sentence_case
from gapkit.redesign.what_if.association import named_owner
from gapkit.redesign.what_if.backtest import Backtest, backtest
from gapkit.redesign.what_if.completing import APPROVAL
from gapkit.redesign.what_if.engines import LOAD_UNKNOWN, Engines, Load
from gapkit.redesign.what_if.forum import decision_latency
from gapkit.redesign.what_if.levers import ASSOCIATION, QUEUE, RESAMPLING, Pull, check_pulls
from gapkit.redesign.what_if.prediction import LEVEL, Prediction, refuse, resampled_results, simulated_results
from gapkit.vocabulary import ACTIVE_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.baseline import Baseline
    from gapkit.diagnosis import Diagnosis
    from gapkit.engagement import Engagement
    from gapkit.results import Result

ROUNDS: Final = {1: "once at most", 2: "twice at most"}
TOGETHER: Final = "all of these together"
ONE_QUEUE: Final = "Sign-offs are simulated as one queue, first come first served, before {}."


@dataclass(frozen=True)
class WhatIf:
    """What pulling levers would change.

    Attributes
    ----------
    backtest : Backtest
        Whether the second baseline quarter came as foretold from the first; read before anything below.
    load : Load or None
        How busy those are who sign off; None where that is not recorded.
    levers : tuple of Prediction
        One lever at a time, in the order asked.
    together : Prediction or None
        All that edit the way of a program, at once; None where fewer than two could be judged.
    """

    backtest: Backtest
    load: Load | None
    levers: tuple[Prediction, ...]
    together: Prediction | None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `what_if` of `redesign.json` holds it."""
        return {
            "level": LEVEL,
            "backtest": self.backtest.to_dict(),
            "load": self.load.to_dict() if self.load else None,
            "levers": [one.to_dict() for one in self.levers],
            "together": self.together.to_dict() if self.together else None,
        }


def what_if(eng: Engagement, diagnosis: Diagnosis, levers: Sequence[Pull]) -> WhatIf:
    """Predict what levers would change in the committed programs of the baseline quarters.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.
    diagnosis : Diagnosis
        Of the same engagement.
    levers : sequence of Pull
        Levers as they are to be pulled; none twice.

    Returns
    -------
    WhatIf
        The same for the same engagement and seed.

    Raises
    ------
    InputError
        When a setting means nothing.

    Notes
    -----
    Levers on stages are pulled on the traces of observed programs, as long as those who sign off are busy for less than
    70 % of their time; above it, and for capacity and limits on work in progress, the queue before them is simulated,
    provided the simulation reproduces the baseline. See docs/method.md, Redesign.
    """
    check_pulls(levers)
    return predict(eng, diagnosis.baseline, levers)


def predict(eng: Engagement, baseline: Baseline, levers: Sequence[Pull]) -> WhatIf:
    """Predict what levers would change, from the baseline alone; see `what_if`."""
    tested, engines = backtest(eng, baseline), Engines(eng, baseline)
    singles = tuple(_predict(eng, baseline, engines, tested, (pull,), _name(pull)) for pull in levers)
    joined = tuple(one.pulls[0] for one in singles if one.engine in (RESAMPLING, QUEUE))
    together = _predict(eng, baseline, engines, tested, joined, TOGETHER) if len(joined) > 1 else None
    return WhatIf(tested, engines.load if not engines.why_not else None, singles, together)


def _predict(
    eng: Engagement, baseline: Baseline, engines: Engines, tested: Backtest, pulls: tuple[Pull, ...], name: str
) -> Prediction:
    name = sentence_case(name)
    if pulls[0].what.engine == ASSOCIATION:
        changes, refused, caveats = named_owner(eng, baseline)
        if refused:
            return refuse(pulls, name, refused)
        return Prediction(pulls, name, ASSOCIATION, "", changes, is_promise=False, caveats=caveats)
    why = engines.why_not or next((text for pull in pulls if (text := _missing(eng, engines, pull))), "")
    decisions = _decisions(eng, baseline, pulls)
    if why:
        found = refuse(pulls, name, why)
        said = replace(found, engine=RESAMPLING, refused="", changes=decisions, caveats=(why,))
        return _after(said, tested) if decisions else found
    needs_queue = any(pull.what.engine == QUEUE or (engines.is_busy and _is_sign_off(eng, pull)) for pull in pulls)
    found = _simulated(eng, engines, pulls, name) if needs_queue else _resampled(eng, engines, pulls, name)
    return _after(found if found.refused else replace(found, changes={**found.changes, **decisions}), tested)


def _decisions(eng: Engagement, baseline: Baseline, pulls: tuple[Pull, ...]) -> dict[str, Result]:
    """Return what a weekly forum, if one is among the levers, changes in the log of decisions."""
    forum = [pull for pull in pulls if pull.lever == "weekly_forum"]
    return decision_latency(eng, baseline, forum[0].adherence) if forum else {}


def _after(found: Prediction, tested: Backtest) -> Prediction:
    """Return a prediction in the light of the backtest."""
    holds = tested.verdict == "held"
    said = () if holds or found.refused else (tested.sentence,)
    return replace(found, is_promise=holds and not found.refused, caveats=(*found.caveats, *said))


def _resampled(eng: Engagement, engines: Engines, pulls: tuple[Pull, ...], name: str) -> Prediction:
    delivered = int(engines.traces.programs["is_done"].sum())
    changes = resampled_results(engines.resampler.changes(pulls), delivered, eng.config.settings, engines.period)
    is_known = engines.load is not None and engines.load.is_busy is not None
    said = () if is_known and all(_is_sign_off(eng, pull) for pull in pulls) else (LOAD_UNKNOWN,)
    caveats = (*_adherence(pulls), *engines.caveats, *said)
    return Prediction(pulls, name, RESAMPLING, "", changes, is_promise=True, caveats=caveats)


def _simulated(eng: Engagement, engines: Engines, pulls: tuple[Pull, ...], name: str) -> Prediction:
    if engines.why_not_simulated or engines.simulation is None or engines.load is None:
        return refuse(pulls, name, f"{_busy(engines)}{engines.why_not_simulated}")
    idle = next((text for pull in pulls if (text := engines.why_no_effect(pull))), "")
    if idle:
        return refuse(pulls, name, idle)
    usable = engines.traces.is_usable
    traced = engines.traces.programs["is_traced"].to_numpy()
    changes = simulated_results(
        engines.simulation.changes(pulls), int(usable.sum()), int(engines.traces.programs["is_done"].sum()),
        float(traced.sum() / usable.sum()), eng.config.settings, engines.period,
    )  # fmt: skip
    queue = ONE_QUEUE.format(label_count(engines.load.people, "person", "people"))
    limited = any(pull.lever == "wip_limit" for pull in pulls)
    said = ("A limit on work in progress is credited with shorter queues only, not with people who switch less.",)
    caveats = (*_adherence(pulls), queue, *(said if limited else ()), *engines.caveats)
    return Prediction(pulls, name, QUEUE, "", changes, is_promise=True, caveats=caveats)


def _busy(engines: Engines) -> str:
    """Return why resampling will not do where those who sign off are busy; empty where they are not."""
    if not engines.is_busy or engines.load is None or engines.load.utilisation is None:
        return ""
    share = label_share(engines.load.utilisation)
    return f"Those who sign off are busy for {share} of their time, so the queue before them would have to be simulated. "


def _is_sign_off(eng: Engagement, pull: Pull) -> bool:
    """Return whether a lever acts on sign-offs, whose handlers may be busy."""
    visits = eng.stage_visits
    return pull.stage is None or bool((visits["kind"].eq(APPROVAL) & visits["stage"].eq(pull.stage)).any())


def _missing(eng: Engagement, engines: Engines, pull: Pull) -> str:
    """Return what a lever lacks on the record; empty where it lacks nothing."""
    visits, least = eng.stage_visits, eng.config.settings.min_n_counts
    visits = visits.loc[visits["program_id"].isin(engines.cohort.index)]
    signed = visits.loc[visits["kind"].eq(APPROVAL)]
    if pull.stage is not None:
        here = signed if pull.lever == "drop_approval" else visits.loc[~visits["kind"].isin(ACTIVE_KINDS)]
        passed = here.loc[here["stage"].eq(pull.stage), "program_id"].nunique()
        if passed < least:
            return f"Only {label_count(passed, 'committed program')} waited at {pull.stage}; {least} are needed."
        return ""
    if signed["program_id"].nunique() < least:
        return "Too few committed programs have sign-offs on record (stage_visits, kind approval)."
    if pull.lever == "fewer_rounds" and signed["returned"].isna().all():
        return "Which sign-offs sent work back is not recorded. The column returned of stage_visits would switch this on."
    return ""


def _adherence(pulls: Sequence[Pull]) -> tuple[str, ...]:
    shares = sorted({pull.adherence for pull in pulls if pull.what.takes_adherence})
    return (f"Kept to in {label_list([label_share(share) for share in shares])} of cases.",) if shares else ()


def _name(pull: Pull) -> str:
    """Return a lever with its number in words.

    Examples
    --------
    >>> _name(Pull("sla", 2.0, "legal review")), _name(Pull("fewer_rounds", 1))
    ('legal review taken up within 2 business days', 'every sign-off sends work back once at most')
    """
    number = None if pull.value is None else label_number(pull.value, 0 if pull.value == int(pull.value) else 2)
    where = pull.stage or "every sign-off"
    if pull.lever == "fewer_rounds" and not pull.value:
        return "no sign-off sends work back any more"
    return {
        "sla": f"{where} taken up within {number} business days",
        "drop_approval": f"no {pull.stage} any more",
        "fewer_rounds": f"every sign-off sends work back {ROUNDS.get(int(pull.value or 0), f'{number} times at most')}",
        "capacity": f"those who sign off handle {number} times as much",
        "wip_limit": f"at most {number} programs in progress",
    }.get(pull.lever, pull.what.name)
