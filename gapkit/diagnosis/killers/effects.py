"""What goes with a killer or fracture: lost execution, and money. Associations, side by side; none of them a cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from gapkit.cost.wording import label_amount, label_amount_range
from gapkit.labels import label_interval, label_number, label_result, label_value, sentence_case
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.cost import Cost
    from gapkit.diagnosis.attribution.attribution import Attribution, KillerShare
    from gapkit.diagnosis.claims import Claim

# The fracture of ownership shows in the same programs as the killer.
SAME_PROGRAMS: Final[Mapping[str, str]] = MappingProxyType({"ownership": "unclear_ownership"})
# The part of the invisible tax that goes with a killer, where one does.
BUCKET_OF: Final[Mapping[str, str]] = MappingProxyType({
    "misalignment": "work_outside_priorities", "structural_bottlenecks": "idle_waiting", "poor_tooling": "workarounds",
})  # fmt: skip
# The claim that compares programs with and without a fracture.
CLAIM_OF: Final[Mapping[str, str]] = MappingProxyType({"cadence": "C3", "handoffs": "C6"})
NOT_MEASURED: Final = "Effect not measured"
TOO_LITTLE: Final = "Too little data on the effect"


def effect_words(name: str, attribution: Attribution, cost: Cost, claims: Sequence[Claim]) -> tuple[str, ...]:
    """Return what goes with a killer or fracture, one sentence each.

    Parameters
    ----------
    name : str
        Word of the vocabulary.
    attribution : Attribution
        Lost execution by killer.
    cost : Cost
        Its buckets.
    claims : sequence of Claim
        The claims tested.

    Returns
    -------
    tuple of str
        How much more often programs fail with it, its range of failures, its cost; one sentence that says why nothing is
        known where nothing is.
    """
    shares = {share.killer: share for share in attribution.killers}
    share = shares.get(SAME_PROGRAMS.get(name, name))
    found = [*_lost(share, attribution.outcome), *_claimed(name, claims), *_priced(name, cost)]
    return tuple(found) or (_why_not(share, name, claims),)


def _lost(share: KillerShare | None, outcome: str) -> list[str]:
    """Return how often programs fail with the killer and without it, and the range of failures that goes with it."""
    said = []
    if share is not None and share.relative_risk.is_ok:
        risk, with_it, without = share.relative_risk, share.exposed, share.others
        times = f"{label_value(risk.value, 'ratio')} times as often"
        said.append(
            f"Programs {share.meaning} were not {outcome} in {label_result(with_it)} of {label_number(with_it.n)}, the "
            f"others in {label_result(without)} of {label_number(without.n)}: {times} (95 % interval "
            f"{label_interval(risk.low, risk.high, 'ratio')}, nothing held equal)."
        )
    if share is not None and share.share.is_ok:
        held = "With type, size and quarter held equal, and if the association were causal, its share of lost execution is"
        said.append(f"{held} {share.words}.")
    return said


def _claimed(name: str, claims: Sequence[Claim]) -> list[str]:
    found = {claim.id: claim for claim in claims}.get(CLAIM_OF.get(name, ""))
    return [found.sentence] if found is not None and found.effect.is_ok else []


def _priced(name: str, cost: Cost) -> list[str]:
    """Return the cost that goes with a killer."""
    result = cost.results.get(BUCKET_OF.get(name, ""))
    if result is None or not result.is_ok or result.value is None or result.low is None or result.high is None:
        return []
    words = f"{sentence_case(name_of(result.name))} cost {label_amount(result.value, cost.currency)} in the window"
    return [f"{words} (90 % range {label_amount_range(result, cost.currency)})."]


def _why_not(share: KillerShare | None, name: str, claims: Sequence[Claim]) -> str:
    """Return why nothing is known of the effect."""
    claim = {claim.id: claim for claim in claims}.get(CLAIM_OF.get(name, ""))
    effect = share.relative_risk if share is not None else claim.effect if claim is not None else None
    if effect is not None and effect.caveats:
        return f"{TOO_LITTLE if effect.status == 'thin' else NOT_MEASURED}. {effect.caveats[0]}"
    return f"{NOT_MEASURED}: nothing tells programs with it from programs without it."
