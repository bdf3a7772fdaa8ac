from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from gapkit.sample import Arguments, SyntheticOrganisation
from gapkit.sample.story import tell
from gapkit.sample.survey import ITEMS, strategy_answers_table, survey_tables
from gapkit.vocabulary import KILLERS


def badness(construct: str, **arguments: Any) -> float:
    """Mean of a construct's items over the first wave of an organisation, recoded so that 100 is worst."""
    tables = survey_tables(tell(Arguments(**arguments)))
    first = tables["survey_respondents"].loc[lambda f: f["wave"] == f["wave"].min(), "respondent_id"]
    answers = tables["survey_answers"].loc[lambda f: f["respondent_id"].isin(first)].dropna()
    scores = []
    for item in ITEMS[construct]:
        values = answers.loc[answers["item_id"] == item.removesuffix("−"), "value"].astype(float)
        scores.append(25 * (values - 1) if item.endswith("−") else 25 * (5 - values))
    return float(pd.concat(scores).mean())


def test_the_instrument_is_complete() -> None:
    """Forty items, sixteen of them reverse-keyed (method section 8)."""
    items = [item for group in ITEMS.values() for item in group]

    assert (40, 16) == (len(set(items)), sum(item.endswith("−") for item in items))


def test_every_respondent_answers_every_item_once(org: SyntheticOrganisation) -> None:
    """Forty items and the check, some not applicable, all from 1 to 5."""
    answers = org.tables["survey_answers"]
    counts = answers.groupby("respondent_id")["item_id"].nunique()

    assert {41} == set(counts)
    assert set(answers["respondent_id"]) == set(org.tables["survey_respondents"]["respondent_id"])
    assert set(answers["value"].dropna()) == {1, 2, 3, 4, 5}


def test_nobody_answers_uninvited(org: SyntheticOrganisation) -> None:
    """In each wave, group and band at most as many answer as were invited, in all between a third and nine tenths."""
    invited = org.tables["survey_invited"].set_index(["wave", "group", "level_band"])["n_invited"]
    answered = org.tables["survey_respondents"].groupby(["wave", "group", "level_band"]).size()

    assert (answered <= invited.reindex(answered.index)).all()
    assert 0.2 < answered.sum() / invited.sum() < 0.95


def test_tokens_lead_back_to_nobody(org: SyntheticOrganisation) -> None:
    """Tokens are new in each wave, sorted, and appear nowhere among the people."""
    respondents = org.tables["survey_respondents"]
    in_order = respondents.groupby("wave")["respondent_id"].is_monotonic_increasing

    assert respondents["respondent_id"].is_unique
    assert in_order.all()
    assert not set(respondents["respondent_id"]) & set(org.tables["people"]["person_id"])


@pytest.mark.parametrize("killer", KILLERS)
def test_people_feel_the_killer_that_is_there(killer: str) -> None:
    """Its items are 20 points worse than in the same organisation without it; the others hardly move."""
    other = KILLERS[KILLERS.index(killer) - 1]
    own, others = (
        [badness(name, seed=21, killers={killer: level}) for level in ("none", "strong")] for name in (killer, other)
    )

    assert own[0] + 20 < own[1]
    assert others[0] == pytest.approx(others[1], abs=6)


def test_discontent_is_one_point_on_every_item() -> None:
    """In the discontented world all killers score about 25 points above an organisation in a neutral mood."""
    scores = [badness(name, seed=seed, scale="smb", world="discontent") for seed in range(3) for name in KILLERS]

    assert 45 < np.mean(scores) < 65


def test_without_criteria_answers_scatter() -> None:
    """Agreement on the four questions is high with agreed criteria and near chance without."""
    agreement = {}
    for world in ("default", "strategy_limited"):
        story = tell(Arguments(seed=4, scale="enterprise", world=world))
        answers = strategy_answers_table(story, survey_tables(story)["survey_respondents"])
        own = answers.loc[answers["coder"].isna()]
        agreement[world] = (
            own.groupby("question")["code"].agg(lambda codes: codes.value_counts(normalize=True).max()).mean()
        )

    assert agreement["default"] > 0.65
    assert agreement["strategy_limited"] < 0.4


def test_rankings_are_of_the_priorities_live_on_day_one(org: SyntheticOrganisation) -> None:
    """Every respondent of the first wave ranks each live priority at most once."""
    rankings, priorities = org.tables["priority_rankings"], org.tables["priorities"]
    day = pd.Timestamp(org.config["started_on"])
    live = priorities.loc[(priorities["from"] <= day) & ~(priorities["to"] < day), "priority_id"]
    ranks = rankings.groupby("respondent_id")["rank"]

    assert set(live) == set(rankings["priority_id"])
    assert (ranks.nunique() == ranks.count()).all()
    assert rankings["rank"].max() == len(live)
