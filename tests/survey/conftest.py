from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from gapkit import schema
from gapkit.config import EngagementConfig, Settings
from gapkit.engagement import Engagement
from gapkit.instrument import ASKED, CHECK, CHECK_ANSWER
from gapkit.survey import Survey, read_survey
from gapkit.survey.anonymity import Gate, open_gate
from gapkit.survey.responses import Rows, read_rows

TABLES = ("survey_invited", "survey_respondents", "survey_answers", "strategy_answers", "codebook", "priority_rankings",
          "priorities")  # fmt: skip


@dataclass(frozen=True)
class Person:
    """One respondent of a made-up survey: answers by item; every item not given is answered by `otherwise`."""

    group: str = "Brand"
    level: str = "contributor"
    answers: Mapping[str, float | None] = field(default_factory=dict)
    otherwise: float | None = 3
    seconds: float | None = 400
    codes: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    ranks: Sequence[float | None] = ()
    wave: str = "2026-04"


def survey_tables(
    people: Iterable[Person], invited: Mapping[tuple[str, str], int] | None = None
) -> dict[str, pd.DataFrame]:
    """Return the survey tables of some people; as many were invited as answered, unless given by group and level."""
    respondents, answers, strategy, ranks = [], [], [], []
    crowd = list(people)
    for number, one in enumerate(crowd):
        token = f"t{number:04d}"
        respondents.append({"respondent_id": token, "wave": one.wave, "group": one.group or None,
                            "level_band": one.level or None, "duration_s": one.seconds})  # fmt: skip
        given = {item.id: one.otherwise for item in ASKED} | {CHECK.id: CHECK_ANSWER} | dict(one.answers)
        answers += [{"respondent_id": token, "item_id": item, "value": value} for item, value in given.items()]
        strategy += [
            {"respondent_id": token, "question": question, "code": one.codes.get(question), "text": one.texts.get(question)}
            for question in {*one.codes, *one.texts}
        ]
        ranks += [{"respondent_id": token, "priority_id": f"PR{k}", "rank": rank} for k, rank in enumerate(one.ranks)]
    counts = pd.DataFrame([{"wave": one.wave, "group": one.group, "level_band": one.level} for one in crowd])
    asked = (
        counts.loc[counts["group"].ne("") & counts["level_band"].ne("")].value_counts().rename("n_invited").reset_index()
    )
    if invited is not None:
        asked = pd.DataFrame([
            {"wave": wave, "group": group, "level_band": level, "n_invited": n}
            for wave in counts["wave"].unique() for (group, level), n in invited.items()
        ])  # fmt: skip
    made = {"survey_invited": asked, "survey_respondents": respondents, "survey_answers": answers,
            "strategy_answers": strategy, "priority_rankings": ranks}  # fmt: skip
    return {name: table(name, rows) for name, rows in made.items()}


def table(name: str, rows: Any) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    return schema.conform(name, frame) if len(frame) else schema.empty(name)


def crowd(
    sizes: Mapping[tuple[str, str], int], seed: int = 1, skipping: float = 0.0, wave: str = "2026-04"
) -> list[Person]:
    """Return people of some groups and levels with answers at random, of which a share is left out."""
    rng = np.random.default_rng(seed)
    people = []
    for (group, level), n in sizes.items():
        for _ in range(n):
            values = rng.integers(1, 6, len(ASKED)).astype(float)
            blank = rng.random(len(ASKED)) < skipping
            given = {item.id: None if blank[k] else float(values[k]) for k, item in enumerate(ASKED) if item != CHECK}
            people.append(Person(group, level, given, wave=wave))
    return people


def inattentive(people: Sequence[Person], count: int) -> list[Person]:
    """Return the people, some of whom now click through: the same answer throughout, and in no time."""
    careless = [replace(one, answers={CHECK.id: 4}, otherwise=4, seconds=30) for one in people[:count]]
    return [*careless, *people[count:]]


def lenient(**entries: Any) -> EngagementConfig:
    """Return an engagement that leaves nobody out for flags and draws few resamples."""
    settings = Settings(flags_to_exclude=9, bootstrap_replicates=200)
    config = EngagementConfig("Acme", dt.date(2026, 12, 31), "UTC", "USD", settings=settings)
    return replace(config, **entries)


class Toolbox:
    """What the tests of this room make surveys with."""

    Person = Person
    crowd = staticmethod(crowd)
    inattentive = staticmethod(inattentive)
    tables = staticmethod(survey_tables)
    config = staticmethod(lenient)

    @staticmethod
    def rows(people: Sequence[Person]) -> Rows:
        """Return the rows of one wave."""
        return read_rows(survey_tables(people), people[0].wave)

    @staticmethod
    def gated(people: Sequence[Person], config: EngagementConfig | None = None) -> tuple[Rows, Gate, pd.DataFrame]:
        """Return rows, gate and invitations of people who are all counted."""
        tables = survey_tables(people)
        rows = read_rows(tables, people[0].wave)
        return rows, open_gate(rows, tables["survey_invited"], config or lenient()), tables["survey_invited"]


@pytest.fixture(scope="session")
def make() -> type[Toolbox]:
    """Made-up surveys."""
    return Toolbox


@pytest.fixture(scope="session")
def fewest_isolated() -> Callable[..., int | None]:
    """An attacker who holds every figure and may add and subtract them in any proportion.

    Figures have the shape (figures, people) or (figures, people, answers of each): what each answer is multiplied by before
    all are added. Every set of fewer than `minimum` people is tried: some combination is about them alone exactly when it
    lies in their coordinates. Returned is the size of the smallest such set, None without one.
    """

    def attack(figures: Sequence[np.ndarray], minimum: int = 5) -> int | None:
        table = np.array(figures, dtype=float)
        people, each = table.shape[1], int(np.prod(table.shape[2:]))
        flat = np.unique(table.reshape(len(table), -1), axis=0)
        flat = flat[flat.any(axis=1)]
        # Every combination of figures, as directions at right angles.
        _, size, directions = np.linalg.svd(flat, full_matrices=False)
        directions = directions[size > 1e-9 * size.max()]
        for few in range(1, min(minimum, people + 1)):
            sets = np.array(list(combinations(range(people), few)))
            coordinates = (each * sets[:, :, None] + np.arange(each)).reshape(len(sets), -1)
            inside = directions.T[coordinates]
            # A combination that lies within the coordinates of a set keeps its full length there.
            if (np.linalg.svd(inside, compute_uv=False)[:, 0] > 1 - 1e-9).any():
                return few
        return None

    return attack


@pytest.fixture(scope="session")
def northwinds(northwind: Engagement) -> Survey:
    """The survey of the example engagement, as at the end of its diagnosis."""
    return read_survey(northwind)


@pytest.fixture
def engagement(northwind: Engagement, tmp_path: Path) -> Callable[..., Engagement]:
    """An engagement with the given survey tables and no others of the survey."""

    def build(tables: Mapping[str, pd.DataFrame], config: EngagementConfig | None = None) -> Engagement:
        others = {name: frame for name, frame in northwind.tables.items() if name not in TABLES}
        chosen = config or lenient()
        return replace(northwind, tables={**others, **tables}, config=chosen, as_of=chosen.as_of, folder=tmp_path)

    return build
