"""Exhibits of the claims tested on the client's own data: all of them on one page, a card for each that was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.claims import claims_title
from gapkit.diagnosis.claims.claim import CONTRADICTED, SUPPORTED
from gapkit.diagnosis.claims.wording import (
    effect_with_interval,
    effect_words,
    group_words,
    interval_words,
    is_balance,
    other_looks_words,
)
from gapkit.labels import label_number, label_result, label_result_interval, sentence_case
from gapkit.plots.effects import describe_effects, plot_effects
from gapkit.plots.groups import describe_groups, plot_groups
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of, facts_of_table, foot, unmeasured
from gapkit.report.registers import Heading

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis
    from gapkit.diagnosis.claims import Claim
    from gapkit.report.registers import Cell
    from gapkit.results import Result

SOURCES: Final = ("programs", "status_events", "reviews", "dependencies", "skills_actual")
DECIDED: Final = (SUPPORTED, CONTRADICTED)
HOW_TO_READ: Final = (
    "Right of the middle line speaks for a claim, left against it; what crosses it settles nothing, and “not shown” is no "
    "proof of the contrary. Programs were not put into groups at random: all of this is association."
)
PAIRS: Final = (
    "A balance is the number of pairs of programs, of 100 that differ, that speak for the claim, less those against."
)
BY_TEAM: Final = "The range of each group allows for programs of one team being alike; that of the effect does not."
CLAIM_HEADINGS: Final = (
    Heading("Claim", width=8), Heading("In words", width=40), Heading("What was tested", width=60),
    Heading("Success means", width=22), Heading("How programs were divided", width=50), Heading("Groups", width=60),
    Heading("Effect", width=30), Heading("95 % interval", width=34), Heading("n", "number", 10), Heading("p", "ratio", 10),
    Heading("p, corrected", "ratio", 12), Heading("Verdict", width=22), Heading("Method", width=60),
    Heading("What to know", width=80),
)  # fmt: skip


def claims(d: Diagnosis) -> Exhibit | Callout:
    """Return every claim with what was compared, the effect found, and its verdict."""
    found, title = d.claims, claims_title(d.claims)
    if not any(claim.effect.is_ok for claim in found):
        return unmeasured(f"{title}. {found[0].effect.caveats[0]}")
    columns = (Column("Claim", width=0.22), Column("What was compared", width=0.42),
               Column("Effect (95 % interval)", width=0.25), Column("p, corrected", "right", 0.11))  # fmt: skip
    rows = tuple((f"{claim.id}: {claim.name}", compared(claim), _effect(claim), _p(claim.adjusted_p))
                 for claim in found)  # fmt: skip
    has_pairs = any(claim.effect.is_ok and is_balance(claim.effect, claim) for claim in found)
    table = Table(columns, rows)
    return Exhibit(
        "claims", title, draw(d.eng, plot_effects, found), alt=describe_effects(found), table=table,
        reading=f"{HOW_TO_READ} {PAIRS}" if has_pairs else HOW_TO_READ,
        foot=foot(d.eng, "Committed programs that fell due, divided by what was so when they were to start · p corrected "
                         "for the number of claims", n=_counted(found), tables=SOURCES),
        facts=(label_number(len(found)), *(label_number(sum(c.verdict == claim.verdict for c in found)) for claim in found),
               "100"),
    )  # fmt: skip


def _counted(found: tuple[Claim, ...]) -> str:
    """Return the largest number of programs any claim rests on, with its period."""
    largest = max((claim.effect for claim in found if claim.effect.unit == "pp"), key=lambda effect: effect.n)
    return " · ".join(filter(None, (f"n = up to {label_number(largest.n)}", largest.period))) if largest.n else ""


def compared(claim: Claim) -> str:
    """Return the groups of a claim with their counts; why there are none otherwise."""
    if not claim.effect.is_ok:
        return claim.effect.caveats[0]
    groups = "; ".join(group_words(group) for group in claim.groups if group.result.n)
    outcome = {"failure_rate": f"not {claim.outcome}", "mean_drift": "mean drift"}.get(
        claim.groups[0].result.name, claim.outcome or "interrupted"
    )
    return f"{sentence_case(outcome)}: {groups}"


def _effect(claim: Claim) -> str:
    return sentence_case(effect_with_interval(claim))


def _p(p_value: float | None) -> str:
    """Return a p-value; what is smaller than the last digit shown is said to be so."""
    if p_value is None:
        return "–"
    return "< .001" if p_value < 0.001 else f"{p_value:.3f}".removeprefix("0")


def claim_cards(d: Diagnosis) -> tuple[Exhibit, ...]:
    """Return one page for each claim that is supported or contradicted."""
    return tuple(claim_card(d, claim) for claim in d.claims if claim.verdict in DECIDED)


def claim_card(d: Diagnosis, claim: Claim) -> Exhibit:
    """Return the groups of one claim, and whether the effect holds when it is looked at in other ways."""
    groups = tuple(group for group in claim.groups if group.result.n)
    table = _other_looks(claim)
    is_widened = any("design effect" in group.result.method for group in groups)
    reading = " ".join(filter(None, (other_looks_words(claim), *claim.caveats, BY_TEAM if is_widened else "")))
    return Exhibit(
        f"claim_{claim.id}", claim.sentence.removesuffix("."),
        draw(d.eng, plot_groups, groups, reference=claim.no_effect if claim.effect.unit == "share" else None),
        alt=describe_groups(groups), table=table, reading=reading,
        foot=foot(d.eng, f"Claim {claim.id}: {claim.exposure}", n=f"n = {label_number(claim.effect.n)}",
                  tables=SOURCES) + f" · {claim.effect.period} · {claim.method}",
        facts=(*facts_of(claim.effect, *(group.result for group in groups)), *facts_of_table(table), claim.exposure,
               claim.facts, *claim.caveats, "95 %", "100"),
    )  # fmt: skip


def _other_looks(claim: Claim) -> Table:
    """Return the effect as tested, with other things equal, without some programs, and on other outcomes."""
    rows = [("As tested", _effect(claim), label_number(claim.effect.n), f"p {_p(claim.p_value)}, corrected "
             f"{_p(claim.adjusted_p)}")]  # fmt: skip
    rows += [_look(sentence_case(label), result, "odds of success against the other programs; 1 is no association")
             for label, result in claim.adjusted]  # fmt: skip
    if claim.sensitivity is not None:
        rows.append(_same_effect(claim, "With fewer programs", claim.sensitivity, claim.sensitivity.caveats[-1]))
    rows += [_same_effect(claim, sentence_case(label), result, "another outcome, not judged")
             for label, result in claim.secondary]  # fmt: skip
    columns = (Column("Looked at", width=0.3), Column("Effect (95 % interval)", width=0.28), Column("n", "right", 0.08),
               Column("What it is", width=0.34))  # fmt: skip
    return Table(columns, tuple(rows))


def _look(label: str, result: Result, words: str) -> tuple[str, str, str, str]:
    return label, f"{label_result(result)} ({label_result_interval(result)})", label_number(result.n), words


def _same_effect(claim: Claim, label: str, result: Result, words: str) -> tuple[str, str, str, str]:
    """Return a row for a figure of the same kind as the effect of the claim."""
    said = f"{effect_words(result, claim)} ({interval_words(result, claim)})"
    return label, sentence_case(said), label_number(result.n), words


def claims_table(d: Diagnosis) -> Table | None:
    """Return the register of all claims for the appendix; None where none had anything to count."""
    if not any(claim.effect.n for claim in d.claims):
        return None
    columns = (Column("Claim", width=0.13), Column("What was tested, and how", width=0.3), Column("Groups", width=0.2),
               Column("Effect, p", width=0.15), Column("Verdict, what to know", width=0.22))  # fmt: skip
    rows = tuple(
        (f"{claim.id}: {claim.name}",
         " · ".join(filter(None, (sentence_case(claim.statement), claim.exposure, claim.method))),
         "; ".join(map(group_words, claim.groups)) or "–", _effect_and_p(claim),
         " ".join((f"{sentence_case(claim.verdict)}.", *_to_know(claim))))
        for claim in d.claims
    )  # fmt: skip
    return Table(columns, rows, title="Claims tested on this organisation's data")


def _effect_and_p(claim: Claim) -> str:
    if claim.p_value is None:
        return _effect(claim)
    return f"{_effect(claim)}; p {_p(claim.p_value)}, corrected {_p(claim.adjusted_p)}"


def _to_know(claim: Claim) -> tuple[str, ...]:
    """Return what a reader must know: why there is no effect, then the caveats."""
    why = () if claim.effect.is_ok else claim.effect.caveats[:1]
    return tuple(dict.fromkeys((*why, *claim.caveats)))


def claim_rows(d: Diagnosis) -> tuple[tuple[Cell, ...], ...]:
    """Return one row per claim under `CLAIM_HEADINGS`, for the workbook."""
    return tuple(_register_row(claim) for claim in d.claims)


def _register_row(claim: Claim) -> tuple[Cell, ...]:
    effect, is_ok = claim.effect, claim.effect.is_ok
    return (
        claim.id, claim.name, sentence_case(claim.statement), claim.outcome, claim.exposure,
        "; ".join(map(group_words, claim.groups)), effect_words(effect, claim) if is_ok else label_result(effect),
        interval_words(effect, claim) if is_ok else "", effect.n, claim.p_value, claim.adjusted_p, claim.verdict,
        claim.method, " ".join(_to_know(claim)),
    )  # fmt: skip
