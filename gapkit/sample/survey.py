"""What people say: a survey before the redesign and one after, rankings of priorities, answers to the strategy questions.

Each answer is made of how bad the thing is, the respondent's general mood, the item's own bias and chance. Leaders see half
of the problem; the dissatisfied answer less often; a few click through. Tokens lead back to nobody.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from gapkit.calendar import quarter_end
from gapkit.sample import catalogue
from gapkit.sample.clock import Floats
from gapkit.sample.improvement import MENDED_PER_POINT
from gapkit.sample.story import Story, true_rates
from gapkit.sample.streams import Streams

# The items by what they ask about; − marks those on which agreeing is bad.
ITEMS: Final = {
    "misalignment": ("MIS1", "MIS2−", "MIS3"),
    "structural_bottlenecks": ("BOT1", "BOT2−", "BOT3"),
    "unclear_ownership": ("OWN1", "OWN2−", "OWN3"),
    "poor_tooling": ("TOOL1−", "TOOL2", "TOOL3−"),
    "feedback_loop_failure": ("FB1", "FB2", "FB3−"),
    "cadence": ("CAD1", "CAD2", "CAD3−"),
    "incentives": ("INC1", "INC2−"),
    "handoffs": ("HND1", "HND2−"),
    "ivory_tower": ("IVT1", "IVT2−"),
    "tool_first": ("TFF1−",),
    "campaign_of_the_quarter": ("COQ1−", "COQ2"),
    "capability": ("CAP1", "CAP2", "CAP3−"),
    "leadership_direction": ("DIR1", "DIR2", "DIR3"),
    "execution_discipline": ("DIS1", "DIS2−"),
    "criteria": ("CRI1", "CRI2−", "CRI3"),
    "work": ("WRK1", "WRK2−"),
}
CHECK_ITEM, CHECK_ANSWER = "ATT1", 2
BEST, SPAN = 1.7, 2.6
PERSON_SPREAD, ITEM_SPREAD, NOISE = 0.6, 0.3, 0.7
STRAIGHT_SHARE = SPEEDER_SHARE = 0.05
NOT_APPLICABLE_SHARE: Final = 0.03
BANDS: Final = ("leadership", "manager", "contributor")


def survey_tables(story: Story) -> dict[str, pd.DataFrame]:
    """Return the tables survey_invited, survey_respondents and survey_answers, both waves."""
    arguments = story.arguments
    first, second = f"{arguments.day_one:%Y-%m}", f"{quarter_end(arguments.after_quarter):%Y-%m}"
    before, after = _severity(story, mended=False), _severity(story, mended=True)
    waves = [_wave(story, first, before), _wave(story, second, after)]
    return {name: pd.concat([wave[name] for wave in waves], ignore_index=True) for name in waves[0]}


def draw_halo(story: Story) -> float:
    """Return the general mood of the organisation, in points added to how bad everything seems."""
    drawn = story.streams.organisation("halo").uniform(-1, 1)
    return float(drawn) if story.arguments.setting.halo is None else story.arguments.setting.halo


def _severity(story: Story, *, mended: bool) -> dict[str, float]:
    """Return how bad each construct of the survey is; what the redesign mends is better in the second wave."""
    world = story.arguments.setting
    bad = dict(story.severities.shown)
    if mended:
        share = min(1.0, MENDED_PER_POINT * story.arguments.improvement)
        bad |= {name: bad[name] * (1 - share) for name in ("unclear_ownership", "structural_bottlenecks")}
    otif = float(true_rates(story)["otif_rate"].mean())
    return bad | {"criteria": 0.1 if world.has_criteria else 0.9, "work": float(np.clip((0.85 - otif) / 0.7, 0, 1))}


def _bands(people: pd.DataFrame) -> np.ndarray:
    level = people["level"].to_numpy()
    return np.select([level <= 1, level == 2], BANDS[:2], default=BANDS[2])


def _wave(story: Story, wave: str, bad: dict[str, float]) -> dict[str, pd.DataFrame]:
    streams, people = story.streams, story.frame.people
    band, mood = _bands(people), PERSON_SPREAD * streams.organisation("mood").standard_normal(len(people))
    rng = streams.history(f"survey {wave}")
    base = streams.organisation("response").uniform(0.35, 0.8)
    answers = rng.random(len(people)) < expit(logit(base) - 0.4 * mood / PERSON_SPREAD)
    tokens = _tokens(streams, wave, len(people))
    invited = pd.DataFrame({"group": people["team"], "level_band": band}).groupby(["group", "level_band"]).size()
    who = np.flatnonzero(answers)
    who = who[np.argsort(np.array(tokens)[who])]
    style = rng.random(len(people))[who]
    straight, speeder = style < STRAIGHT_SHARE, style > 1 - SPEEDER_SHARE
    seconds = np.where(
        straight | speeder,
        rng.uniform(35, 78, len(who)),
        np.maximum(110, 380 * np.exp(0.35 * rng.standard_normal(len(who)))),
    )
    values = _values(story, bad, mood[who], band[who] == "leadership", rng)
    values[straight] = rng.integers(3, 5, straight.sum())[:, None]
    values[speeder] = rng.integers(1, 6, (speeder.sum(), values.shape[1]))
    token = np.array(tokens)[who]
    return {
        "survey_invited": invited.rename("n_invited").reset_index().assign(wave=wave),
        "survey_respondents": pd.DataFrame({
            "respondent_id": token, "wave": wave, "group": people["team"].to_numpy()[who],
            "function": people["function"].to_numpy()[who], "level_band": band[who], "duration_s": np.round(seconds),
        }),
        "survey_answers": _long(token, values, rng),
    }  # fmt: skip


def _tokens(streams: Streams, wave: str, n: int) -> list[str]:
    """Return random tokens, from a stream of their own, so that nothing about a person is in them."""
    return [f"{int(number):012x}" for number in streams.history(f"tokens {wave}").integers(0, 2**48, n)]


def _values(story: Story, bad: dict[str, float], mood: Floats, is_leader: np.ndarray, rng: np.random.Generator) -> Floats:
    """Return answers 1..5, one row per respondent, one column per item, the check item last."""
    names = [(construct, item) for construct, items in ITEMS.items() for item in items]
    bias = ITEM_SPREAD * story.streams.organisation("item bias").standard_normal(len(names))
    seen = np.where(is_leader, 0.5, 1.0)[:, None] * np.array([bad[construct] for construct, _ in names])
    latent = BEST + SPAN * seen + draw_halo(story) + mood[:, None] + bias + NOISE * rng.standard_normal(seen.shape)
    reverse = np.array([item.endswith("−") for _, item in names])
    answers = np.clip(np.round(np.where(reverse, latent, 6 - latent)), 1, 5)
    check = np.where(rng.random(len(mood)) < 0.97, CHECK_ANSWER, 3.0)
    return np.column_stack([answers, check])


def _long(token: np.ndarray, values: Floats, rng: np.random.Generator) -> pd.DataFrame:
    items = [item.removesuffix("−") for group in ITEMS.values() for item in group]
    blank = rng.random(values.shape) < NOT_APPLICABLE_SHARE
    blank[:, -1] = False
    return pd.DataFrame({
        "respondent_id": np.repeat(token, values.shape[1]),
        "item_id": np.tile([*items, CHECK_ITEM], len(token)),
        "value": pd.array(np.where(blank, np.nan, values).ravel(), dtype="Float64").astype("Int64"),
    })  # fmt: skip


def priority_rankings_table(story: Story, respondents: pd.DataFrame, priorities: pd.DataFrame) -> pd.DataFrame:
    """Return the table priority_rankings of the first wave, over the priorities live on day 1.

    Leaders rank near the official order, the team near its own, farther from it the worse misalignment is; without agreed
    criteria everybody ranks by themselves.
    """
    day = pd.Timestamp(story.arguments.day_one)
    live = priorities.loc[(priorities["from"] <= day) & ~(priorities["to"] < day)].sort_values("official_rank")
    first = respondents.loc[respondents["wave"] == respondents["wave"].min()]
    n, m = len(first), len(live)
    worth = _standardised(-np.arange(m, dtype=float))
    own = story.streams.organisation("team order").standard_normal(m)
    team = worth + story.parameters["priority_divergence"] * own
    is_leader = (first["level_band"] == "leadership").to_numpy()
    rng = story.streams.history("rankings")
    spread = 0.6 if story.arguments.setting.has_criteria else 3.0
    # The team's order is put on the scale of the official one, so that divergence changes the order and not its firmness.
    view = np.where(is_leader[:, None], worth, _standardised(team))
    view = view + spread * rng.standard_normal((n, m))
    rank = (-view).argsort(axis=1).argsort(axis=1) + 1.0
    rank[rng.random((n, m)) < 0.02] = np.nan
    return pd.DataFrame({
        "respondent_id": np.repeat(first["respondent_id"].to_numpy(), m),
        "priority_id": np.tile(live["priority_id"].to_numpy(), n),
        "rank": rank.ravel(),
    })  # fmt: skip


def _standardised(values: Floats) -> Floats:
    spread = float(np.std(values))
    return (values - values.mean()) / spread if spread else values


def codebook_table() -> pd.DataFrame:
    """Return the table codebook."""
    rows = [
        (question, f"{question}{'ABCDE'[k]}", label)
        for question, labels in catalogue.CODES.items()
        for k, label in enumerate(labels)
    ]
    return pd.DataFrame(rows, columns=["question", "code", "label"])


def strategy_answers_table(story: Story, respondents: pd.DataFrame) -> pd.DataFrame:
    """Return the table strategy_answers of the first wave: the respondent's own choice, and how two coders read the text.

    With agreed criteria about three in four give the same answer; without, nobody's answer is likelier than another.
    """
    first = respondents.loc[respondents["wave"] == respondents["wave"].min(), "respondent_id"].to_numpy()
    modal = story.streams.organisation("strategy").integers(0, 5, 4)
    rng = story.streams.history("strategy answers")
    agreed = 0.72 if story.arguments.setting.has_criteria else 0.0
    parts = []
    for q, (question, labels) in enumerate(catalogue.CODES.items()):
        choice = np.where(rng.random(len(first)) < agreed, modal[q], rng.integers(0, 5, len(first)))
        texts = np.array(labels)[choice]
        for coder, error in ((None, 0.0), ("coder 1", 0.06), ("coder 2", 0.08)):
            read = np.where(rng.random(len(first)) < error, rng.integers(0, 5, len(first)), choice)
            parts.append(pd.DataFrame({"respondent_id": first, "question": question, "text": None if coder else texts,
                                       "code": [f"{question}{'ABCDE'[k]}" for k in read], "coder": coder}))  # fmt: skip
    return pd.concat(parts, ignore_index=True).sort_values(["respondent_id", "question"], kind="stable", ignore_index=True)
