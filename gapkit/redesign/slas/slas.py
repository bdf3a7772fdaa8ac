"""Agreed times for waits and hand-offs: how long each may take, who answers, and who is told when it has passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from gapkit.labels import label_period
from gapkit.plain import plain, results_to_dict
from gapkit.redesign.decisions.rules import NOTE, Rule
from gapkit.redesign.slas import wording as words
from gapkit.redesign.slas.attainment import attainment
from gapkit.redesign.slas.percentile import SHARE, fewest_for_bound, measure_lasting
from gapkit.redesign.slas.places import ARROW, chosen_places, handoff_waits, places, stage_holders, stage_waits
from gapkit.redesign.what_if.levers import USUAL_ADHERENCE

if TYPE_CHECKING:
    from gapkit.config import Settings
    from gapkit.diagnosis import Diagnosis
    from gapkit.engagement import Engagement
    from gapkit.redesign.decisions.decided import Decided
    from gapkit.results import Result

Kind = Literal["stage", "interface"]
Basis = Literal["own waits", "agreed today", "usual"]
SHORTEST: Final = 0.5  # within the same day
FIELDS: Final[Mapping[str, Rule]] = MappingProxyType({
    "days": Rule("number", "business days the wait may take; 0.5 means within the same day", lowest=SHORTEST, highest=260),
    "answers": Rule("text", "the team or role that answers for it, never a person"),
    "adherence": Rule("share", "share of waits that should keep the time; below it the review takes it up"),
    "note": NOTE,
})  # fmt: skip


@dataclass(frozen=True)
class Sla:
    """One agreed time.

    Attributes
    ----------
    id : str
        Name of the stage, or ``A → B`` for hand-offs from team A to team B.
    kind : {"stage", "interface"}
        Which of the two.
    programs, n, n_open : int
        Programs, waits on record, and those still running.
    lost_days : float
        Business days lost beyond what is agreed or usual today.
    agreed_days : float or None
        What is agreed today; None where nothing is.
    late, median : Result
        How long waits last, from `slas.percentile.measure_lasting`; the median is the stretch.
    basis : {"own waits", "agreed today", "usual"}
        What the proposal starts from.
    proposed : mapping
        days, answers and adherence as today's data propose them; the fields below are what holds.
    days : float
        Business days.
    answers : str
        Team or role that answers.
    adherence : float
        Share of waits that should keep the time (0..1).
    note : str
        The client's words; empty for none.
    standing : {"proposed", "agreed", "declined"}
        What was decided; declined does not hold.
    is_proposed : bool
        Whether today's data propose it; else only a decision holds it.
    kept_today : Result
        ``sla_attainment`` at `days`: how many waits of the window kept the time that is now to be agreed.
    breach : str
        Who is told when it has passed, in words.
    """

    id: str
    kind: Kind
    programs: int
    n: int
    n_open: int
    lost_days: float
    agreed_days: float | None
    late: Result
    median: Result
    basis: Basis
    proposed: Mapping[str, Any]
    days: float
    answers: str
    adherence: float
    note: str
    standing: str
    is_proposed: bool
    kept_today: Result
    breach: str

    @property
    def stretch_days(self) -> float | None:
        """The median wait as the time to work towards; None where it is not known or not shorter than the agreed time."""
        value = self.median.value
        return value if value is not None and value < self.days else None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        results = {"late": self.late, "median": self.median, "kept_today": self.kept_today}
        plainly = {**plain(self), "proposed": dict(self.proposed)}
        return {**plainly, **results_to_dict(results), "stretch_days": self.stretch_days}


@dataclass(frozen=True)
class Slas:
    """The times to agree.

    Attributes
    ----------
    period : str
        The window the waits are of.
    share : float
        Share of waits that end within a proposed time today.
    fewest : int
        Completed waits needed for an upper bound on it.
    entries : tuple of Sla
        Stages first, the most important first.
    unnamed : int
        Hand-offs from or to teams that may not be named.
    sentence : str
        What is proposed.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    period: str
    share: float
    fewest: int
    entries: tuple[Sla, ...]
    unnamed: int
    sentence: str
    caveats: tuple[str, ...]

    @property
    def held(self) -> tuple[Sla, ...]:
        """The times that hold: proposed or agreed, not declined."""
        return tuple(one for one in self.entries if one.standing != "declined")

    def proposals(self) -> dict[str, dict[str, Any]]:
        """Return what today's data propose, by id."""
        return {one.id: {**one.proposed, "note": None} for one in self.entries if one.is_proposed}

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `slas` of `redesign.json` holds it."""
        return {
            "period": self.period,
            "share": self.share,
            "fewest_for_bound": self.fewest,
            "entries": [one.to_dict() for one in self.entries],
            "unnamed_handoffs": self.unnamed,
            "sentence": self.sentence,
            "caveats": list(self.caveats),
        }


def propose_slas(eng: Engagement, diagnosis: Diagnosis, decided: Decided) -> Slas:
    """Propose a time for waits in stages and hand-offs between teams, from how long they last today.

    Parameters
    ----------
    eng : Engagement
        Supplies stage visits, hand-offs, people, calendar and scale.
    diagnosis : Diagnosis
        Supplies the window and the days on which programs ended.
    decided : Decided
        Its section ``slas``: days, answers, adherence and note by id.

    Returns
    -------
    Slas
        Without waits on record: no entries, and a sentence that says what is missing.

    Notes
    -----
    The proposal is the 85th percentile of the client's own waits, the median its stretch. Below 19 completed waits the
    percentile has no upper bound: then the time agreed today, else the usual one, is proposed, to be agreed and observed.
    What was decided counts, also for a place today's data no longer propose.
    """
    base, settings = diagnosis.baseline, eng.config.settings
    period, days = label_period(base.start, eng.as_of), (eng.as_of - base.start).days + 1
    ended = base.judged["actual_end"].fillna(base.judged["cancelled_at"])
    handoffs = handoff_waits(eng, base.start)
    named: dict[Kind, pd.DataFrame] = {
        "stage": stage_waits(eng, ended, base.start), "interface": handoffs.loc[handoffs["is_named"]],
    }  # fmt: skip
    look = _Look(eng, decided, stage_holders(eng, base.start), period)
    entries: list[Sla] = []
    for kind, waits in named.items():
        chosen = chosen_places(places(waits), eng.scale, settings, days=days)
        kept = [name for name in _decided_places(decided, kind) if name not in chosen]
        by_place = dict(iter(waits.groupby("place")))
        entries += [
            _entry(look, name, kind, by_place.get(name, waits.iloc[:0]), is_proposed=name in chosen)
            for name in [*chosen, *kept]
        ]
    found = Slas(period, SHARE, fewest_for_bound(), tuple(entries), int((~handoffs["is_named"]).sum()), "", ())
    on_record: dict[str, int] = {kind: len(waits) for kind, waits in named.items()}
    said = words.sentence(found, on_record)
    return replace(found, sentence=said, caveats=words.caveats(found, on_record, settings))


@dataclass(frozen=True)
class _Look:
    """What every entry is made from."""

    eng: Engagement
    decided: Decided
    holders: Mapping[str, str]
    period: str


def _decided_places(decided: Decided, kind: Kind) -> list[str]:
    """Return the places for which something was decided, in order of name."""
    touched = [
        name for name, fields in decided.sections.get("slas", {}).items()
        if decided.standing("slas", name) != "proposed" or set(fields) - {"status"}
    ]  # fmt: skip
    return sorted(name for name in touched if (ARROW in name) == (kind == "interface"))


def _entry(look: _Look, name: str, kind: Kind, waits: pd.DataFrame, *, is_proposed: bool) -> Sla:
    """Return one place with what is proposed for it and what was decided."""
    settings, given = look.eng.config.settings, look.decided.entry("slas", name)
    about = places(waits).to_dict("index").get(name, {})
    agreed = about.get("agreed_days")
    agreed = float(agreed) if agreed is not None and agreed >= SHORTEST else None
    lasting = measure_lasting(waits, settings, period=look.period)
    proposed, basis = _start(lasting.late.value, agreed, settings)
    own = name.split(ARROW)[-1] if kind == "interface" else look.holders.get(name, words.HOLDER)
    # At the percentile itself that share of waits keeps the time today; elsewhere no more than usual is expected.
    usual = SHARE if basis == "own waits" else USUAL_ADHERENCE
    days, answers, adherence = (given.get("days") or proposed), (given.get("answers") or own), given.get("adherence")
    return Sla(
        id=name,
        kind=kind,
        programs=int(about.get("programs", 0)),
        n=len(waits),
        n_open=int(waits["is_open"].sum()),
        lost_days=float(about.get("lost_days", 0.0)),
        agreed_days=agreed,
        late=lasting.late,
        median=lasting.median,
        basis=basis,
        proposed=MappingProxyType({"days": proposed, "answers": own, "adherence": usual}),
        days=float(days),
        answers=str(answers),
        adherence=usual if adherence is None else float(adherence),
        note=str(given.get("note") or ""),
        standing=look.decided.standing("slas", name),
        is_proposed=is_proposed,
        kept_today=attainment(waits, float(days), settings, period=look.period),
        breach=words.breach(str(answers), float(days)),
    )


def _start(late: float | None, agreed: float | None, settings: Settings) -> tuple[float, Basis]:
    """Return the days a proposal starts from, and what they are."""
    if late is not None:
        return late, "own waits"
    return (agreed, "agreed today") if agreed is not None else (max(settings.default_sla_bdays, SHORTEST), "usual")
