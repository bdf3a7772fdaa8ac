"""From the answers of one wave to the wave as it may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from gapkit.labels import label_count, label_list
from gapkit.results import Grade, Result, Unit, not_assessable
from gapkit.stats.rates import wilson
from gapkit.survey import figures, rankings, strategy
from gapkit.survey.anonymity import OTHERS, Gate, open_gate
from gapkit.survey.closing import FILE, codes_digest
from gapkit.survey.draws import Material, as_measured, draw
from gapkit.survey.figures import Scored, score
from gapkit.survey.gap import leadership_gap
from gapkit.survey.nonresponse import is_low, participation
from gapkit.survey.responses import CONSTRUCTS, QUESTIONS, Mask, Rows, Sealed
from gapkit.survey.scoring import filled_in
from gapkit.survey.together import reliability
from gapkit.survey.verbatims import verbatims
from gapkit.survey.wave import Wave

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig
    from gapkit.survey.strategy import Coded

NO_INVITED: Final = (
    "It is not recorded how many were invited, so nobody can say how many answered. The table survey_invited would switch "
    "it on."
)
LOW_RESPONSE: Final = "So few answered, of everybody or of one level, that the figures may not speak for all."
RESULT_UNITS: Final[Mapping[str, Unit]] = MappingProxyType(
    {
        "response_rate": "share",
        **{f"perceived_{construct}": "points" for construct in CONSTRUCTS},
        **{f"perception_gap_{construct}": "ratio" for construct in CONSTRUCTS},
        **{f"agreement_{question}": "ratio" for question in QUESTIONS},
        "priority_concordance": "ratio",
        "priority_gap": "share",
    }
)
# A mean known to within this many points either way is known well enough to act on.
NARROW_POINTS: Final = 50


@dataclass(frozen=True, repr=False)
class Answers:
    """Everything the figures of one wave are made from; it stays in this room.

    Attributes
    ----------
    everybody : Rows
        All who answered, late ones left out where the wave is closed.
    counted : numpy.ndarray of bool
        Who of them is counted.
    gate : Gate
        Of those counted.
    invited, codebook : DataFrame
        survey_invited of the wave, and codebook.
    config : EngagementConfig
        Settings in force for this wave.
    caveats : tuple of str
        What closing the wave left to say.
    codes : mapping of str to str
        Of a closed wave, what was recorded of the codes, as in `closing.Closed`.
    """

    everybody: Rows
    counted: Mask
    gate: Gate
    invited: pd.DataFrame
    codebook: pd.DataFrame
    config: EngagementConfig
    caveats: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def read(self) -> dict[str, Coded]:
        """The codes those counted answered the questions with; of a question reported with other codes nothing is shown."""
        rows = self.scored.rows
        return {
            question: coded._replace(why_not=_recoded(self.codes.get(question), codes_digest(rows, question), question))
            for question, coded in strategy.read_codes(rows, self.codebook).items()
        }

    @property
    def codes_shown(self) -> dict[str, str]:
        """What a report records of the codes of each question shown; what was recorded before stays."""
        shown = {question for question, coded in self.read.items() if coded.may_show(self.gate)}
        return {**{question: codes_digest(self.scored.rows, question) for question in shown}, **self.codes}

    @cached_property
    def scored(self) -> Scored:
        """Those counted, with their scores."""
        return score(self.everybody.keep(self.counted), self.gate, self.invited, self.config.settings)

    def material(self, *, everybody: bool = False) -> Material:
        """Return what figures on resampled respondents are made of; without anybody where nothing may be shown."""
        if everybody and not self.counted.all():
            gate = open_gate(self.everybody, self.invited, self.config)
            read = strategy.read_codes(self.everybody, self.codebook)
            return _material(score(self.everybody, gate, self.invited, self.config.settings), read)
        return _material(self.scored, self.read)


def _recoded(recorded: str | None, now: str, question: str) -> str:
    """Return why a question is not shown whose codes are not those reported before, empty if they are."""
    if recorded in (None, now):
        return ""
    return (
        f"The codes of {question} have changed since this wave was first reported, and the difference of the two reports "
        f"would be about the answers they belong to. Restore them; or, if no report with survey figures was handed out, "
        f"delete {FILE}."
    )


def _material(scored: Scored, read: Mapping[str, Coded]) -> Material:
    rows, gate = scored.rows, scored.gate
    ranks = rankings.complete_ranks(rows)
    return Material(
        bad=filled_in(scored.bad, scored.scores),
        scores=scored.scores,
        weights=scored.weights,
        ranks=ranks if gate.may_show(rankings.is_ranker(ranks)) else np.full(ranks.shape, np.nan),
        is_first=rankings.compared_sides(gate, ranks),
        codes=tuple(coded.table * coded.may_show(gate) for coded in read.values()),
    )


def build_wave(answers: Answers, names: Iterable[str]) -> Wave:
    """Return the wave as it may be shown.

    Parameters
    ----------
    answers : Answers
        Of the wave.
    names : iterable of str
        Names of persons, to be taken out of texts.
    """
    scored, config, gate = answers.scored, answers.config, answers.gate
    rows, seed = scored.rows, config.seed
    taking_part = participation(gate, answers.invited)
    constructs, gap = figures.construct_scores(scored), leadership_gap(gate, _by_construct(scored))
    ranks, read = rankings.complete_ranks(rows), answers.read
    material = answers.material()
    drawn = draw(material, config.settings.bootstrap_replicates, np.random.default_rng(seed))
    results = {
        "response_rate": _response_rate(rows.wave, gate, taking_part),
        **_perceived(scored, constructs, taking_part),
        **_gap_results(rows.wave, gate, gap),
        **strategy.answers_agree(gate, rows, read, config.settings, seed=seed),
        **rankings.priority_results(gate, rows, ranks, as_measured(material), drawn),
    }
    return Wave(
        name=rows.wave,
        is_shown=gate.is_open,
        results=MappingProxyType(results),
        participation=taking_part,
        constructs=constructs,
        levels=figures.level_scores(scored),
        groups=figures.group_scores(scored),
        items=figures.item_scores(scored),
        spread=figures.item_spread(scored),
        screening=figures.screening(scored, answers.everybody),
        gap=gap,
        reliability=reliability(gate, scored.bad, scored.scores, config.settings),
        priorities=rankings.priority_ranks(
            gate, rows, ranks, material.is_first, replicates=config.settings.bootstrap_replicates, seed=seed
        ),
        choices=strategy.choices(gate, read, answers.codebook),
        coding=strategy.coding(gate, rows, read),
        verbatims=verbatims(gate, rows, read, names),
        caveats=(*answers.caveats, *_caveats(answers, taking_part, constructs)),
        _sealed=Sealed(answers),
    )


def _by_construct(scored: Scored) -> dict[str, np.ndarray]:
    return {construct: scored.scores[:, place] for place, construct in enumerate(CONSTRUCTS)}


def _response_rate(wave: str, gate: Gate, taking_part: pd.DataFrame) -> Result:
    about: dict[str, Any] = {"name": "response_rate", "period": wave}
    if not gate.is_open:
        return Result(**about, status="thin", grade="C", caveats=(gate.why_closed,))
    n_invited = int(taking_part["n_invited"].iloc[0])
    if not n_invited:
        return not_assessable("response_rate", NO_INVITED, period=wave)
    if gate.n > n_invited:
        why = f"More usable answers ({gate.n}) than people invited ({n_invited}): the table survey_invited is incomplete."
        return not_assessable("response_rate", why, period=wave)
    return Result(
        **about, **wilson(gate.n, n_invited)._asdict(), n=n_invited, events=gate.n, grade="B",
        method="usable answers / invited, Wilson",
    )  # fmt: skip


def _perceived(scored: Scored, constructs: pd.DataFrame, taking_part: pd.DataFrame) -> dict[str, Result]:
    """Return each construct's score as a result: shown, too few, or not asked."""
    caveats = (LOW_RESPONSE,) if is_low(taking_part, scored.settings) else ()
    found = constructs.set_index("construct").to_dict("index")
    results = {}
    for place, construct in enumerate(CONSTRUCTS):
        name = f"perceived_{construct}"
        about: dict[str, Any] = {"name": name, "unit": "points", "period": scored.rows.wave}
        if construct in found:
            row = found[construct]
            grade: Grade = "B" if row["high"] - row["low"] <= NARROW_POINTS else "C"
            how = "post-stratified to those invited, " if row["is_weighted"] else ""
            results[name] = Result(
                **about, value=row["score"], low=row["low"], high=row["high"], n=row["n"], grade=grade,
                method=f"mean of respondents' scores, {how}t interval", caveats=caveats,
            )  # fmt: skip
        elif not scored.gate.is_open:
            results[name] = Result(**about, status="thin", grade="C", caveats=(scored.gate.why_closed,))
        elif not scored.has(place).any():
            results[name] = not_assessable(name, "Its statements were not asked.", unit="points", period=scored.rows.wave)
        else:
            few = f"Fewer than {scored.gate.minimum} answered its statements."
            results[name] = Result(**about, status="thin", grade="C", caveats=(few,))
    return results


def _gap_results(wave: str, gate: Gate, gap: pd.DataFrame) -> dict[str, Result]:
    found = gap.set_index("construct").to_dict("index")
    results = {}
    for construct in CONSTRUCTS:
        name = f"perception_gap_{construct}"
        about: dict[str, Any] = {"name": name, "unit": "ratio", "period": wave}
        if construct in found:
            row = found[construct]
            results[name] = Result(
                **about, value=row["delta"], low=row["low"], high=row["high"], n=row["n_first"] + row["n_others"],
                method=f"Cliff's delta, {row['others']} against {row['first']}", grade="B",
            )  # fmt: skip
        else:
            why = gate.why_closed or gate.why_no_levels or f"Fewer than {gate.minimum} scores on one of the two sides."
            results[name] = Result(**about, status="thin", grade="C", caveats=(why,))
    return results


def _caveats(answers: Answers, taking_part: pd.DataFrame, constructs: pd.DataFrame) -> tuple[str, ...]:
    gate, minimum = answers.gate, answers.gate.minimum
    if not gate.is_open:
        return (gate.why_closed,)
    told = []
    left_out = int((~answers.counted).sum())
    if 0 < left_out < minimum:
        told.append(
            f"Fewer than {minimum} answers were left out as inattentive. What they change is not shown: it would be about "
            "these few."
        )
    elif left_out:
        told.append(f"{label_count(left_out, 'answer')} left out as inattentive; scores with them stand beside.")
    if gate.why_no_levels:
        told.append(f"Leadership and the others are not compared. {gate.why_no_levels}")
    told += _group_caveats(gate)
    if not taking_part["n_invited"].iloc[0]:
        told.append(NO_INVITED)
    elif not constructs["is_weighted"].any() and len(gate.by_group(np.ones(gate.n, dtype=bool))) > 1:
        told.append("Scores are not weighted: for some group or level it is not recorded how many were invited.")
    if is_low(taking_part, answers.config.settings):
        told.append(LOW_RESPONSE)
    return tuple(told)


def _group_caveats(gate: Gate) -> list[str]:
    parts = gate.by_group(np.ones(gate.n, dtype=bool))
    if not parts:
        return [f"No two groups could be shown without giving away one of fewer than {gate.minimum}."]
    pooled = sorted(name for part in parts if part.name == OTHERS for name in part.members if name)
    if not pooled:
        return []
    return [
        f"Shown together, since one of them has fewer than {gate.minimum} answers or could be worked out: "
        f"{label_list(pooled)}."
    ]
