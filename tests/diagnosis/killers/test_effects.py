from __future__ import annotations

from types import SimpleNamespace

from gapkit.diagnosis.attribution.attribution import KillerShare
from gapkit.diagnosis.killers.effects import effect_words
from gapkit.results import Result, not_assessable

EXPOSED, OTHERS = (Result("failure_rate", x / n, 0.1, 0.9, n=n, events=x) for x, n in ((30, 40), (12, 40)))
RISK = Result("relative_risk", 2.5, 1.51, 4.14, n=80, events=42, unit="ratio")
SHARE = Result("failure_share", 0.15, 0.06, 0.24, n=80)
NOTHING = not_assessable("x", "Owners per program would switch this on.")


def attribution(killer: str = "unclear_ownership", **given):
    parts = {"exposed": EXPOSED, "others": OTHERS, "relative_risk": RISK, "share": NOTHING, "words": ""} | given
    share = KillerShare(killer, "without exactly one named person answering for them", **parts)
    return SimpleNamespace(outcome="on time and to spec", killers=(share,))


def cost(**results: Result):
    return SimpleNamespace(currency="EUR", results=results)


def test_how_much_more_often_programs_fail():
    """30 of 40 against 12 of 40 is 2.5 times as often; nothing is held equal, and that is said."""
    assert (
        "Programs without exactly one named person answering for them were not on time and to spec in 75 % of 40, the "
        "others in 30 % of 40: 2.50 times as often (95 % interval 1.51 to 4.14, nothing held equal).",
    ) == effect_words("unclear_ownership", attribution(), cost(), ())


def test_the_share_of_failures_is_conditional():
    """Its range never stands without the condition under which it holds."""
    said = effect_words("unclear_ownership", attribution(share=SHARE, words="6 to 24 % of failures"), cost(), ())

    assert (
        "With type, size and quarter held equal, and if the association were causal, its share of lost execution is 6 to "
        "24 % of failures."
    ) == said[1]


def test_the_bucket_that_goes_with_a_killer():
    """Bottlenecks go with idle waiting, rounded as in the page on cost; unclear ownership with no bucket."""
    idle = Result("idle_waiting", 67_154, 21_083, 127_047, level=0.9, n=80, unit="money")
    known = attribution("structural_bottlenecks")

    assert (
        "Idle waiting cost EUR 67,200 in the window (90 % range EUR 21,100 to 127,000)."
        == (effect_words("structural_bottlenecks", known, cost(idle_waiting=idle), ())[-1])
    )
    assert 1 == len(effect_words("unclear_ownership", attribution(), cost(idle_waiting=idle), ()))


def test_without_anything_the_reason_stands():
    """Not measured is said with what is missing, for killers and for fractures."""
    silent = attribution(relative_risk=NOTHING)
    claim = SimpleNamespace(id="C6", effect=not_assessable("x", "The plan's functions would switch this on."), sentence="")

    assert ("Effect not measured. Owners per program would switch this on.",) == (
        effect_words("unclear_ownership", silent, cost(), ())
    )
    assert ("Effect not measured. The plan's functions would switch this on.",) == (
        effect_words("handoffs", silent, cost(), (claim,))
    )
    thin = Result("relative_risk", n=10, unit="ratio", status="thin", caveats=("No program failed.",))

    assert ("Too little data on the effect. No program failed.",) == (
        effect_words("unclear_ownership", attribution(relative_risk=thin), cost(), ())
    )
    assert ("Effect not measured: nothing tells programs with it from programs without it.",) == (
        effect_words("incentives", silent, cost(), ())
    )


def test_a_fracture_is_held_against_its_claim_or_its_killer():
    """Hand-offs by the claim on functions crossed; ownership by the programs of unclear ownership."""
    claim = SimpleNamespace(id="C6", effect=Result("x", -0.1, -0.2, 0.0, n=80, unit="pp"), sentence="Said.")

    assert ("Said.",) == effect_words("handoffs", attribution(), cost(), (claim,))
    assert "2.50 times as often" in effect_words("ownership", attribution(), cost(), ())[0]
