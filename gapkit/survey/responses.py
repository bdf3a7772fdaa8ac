"""The answers of one wave, row by row: what the rest of this room computes with and nobody outside it sees.

Rows are put in the order of their tokens, so that the order of the file changes nothing. `Sealed` is the only form in which
they are handed around: it prints nothing, becomes empty when turned into plain data, and refuses to be stored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gapkit.instrument import ASKED, CHECK, ITEMS, STRATEGY_QUESTIONS
from gapkit.stats.intervals import FloatArray

if TYPE_CHECKING:
    import datetime as dt

Mask = NDArray[np.bool_]
Texts = NDArray[np.str_]

# Answers stand in the order asked, the check among them, so columns are found by place.
PLACE: Final = {item.id: place for place, item in enumerate(ASKED)}
STATEMENTS: Final = tuple(item for item in ITEMS if item != CHECK)
CONSTRUCTS: Final = tuple(dict.fromkeys(item.block for item in STATEMENTS))
QUESTIONS: Final = tuple(STRATEGY_QUESTIONS)

_MONTH: Final = re.compile(r"(?<!\d)(20\d\d)[-_ .]?(0[1-9]|1[0-2])(?!\d)")
_QUARTER: Final = re.compile(r"(?<!\d)(20\d\d)[-_ .]?Q([1-4])", re.IGNORECASE)


@dataclass(frozen=True, repr=False, eq=False)
class Rows:
    """What respondents of one wave answered.

    Attributes
    ----------
    wave : str
        Name of the wave.
    token : numpy.ndarray of str
        One per respondent, ascending. The other arrays stand in the same order.
    group, level : numpy.ndarray of str
        As the respondent chose; empty if unknown.
    seconds : numpy.ndarray
        Time taken; nan if unknown.
    answers : numpy.ndarray
        Shape (respondents, statements and check) in the order of `ASKED`, 1..5 as given; nan for not applicable.
    ranks : numpy.ndarray
        Shape (respondents, priorities): place given, nan where left out.
    priorities : tuple of str
        Ids of the priorities ranked.
    strategy : DataFrame
        Columns row (place of the respondent here), question, code, coder, text.
    """

    wave: str
    token: Texts
    group: Texts
    level: Texts
    seconds: FloatArray
    answers: FloatArray
    ranks: FloatArray
    priorities: tuple[str, ...]
    strategy: pd.DataFrame

    def __len__(self) -> int:
        return len(self.token)

    def __repr__(self) -> str:
        return f"Rows of wave {self.wave}, kept private"

    def keep(self, mask: Mask) -> Rows:
        """Return some of the rows."""
        place = np.cumsum(mask) - 1
        strategy = self.strategy.loc[mask[self.strategy["row"].to_numpy()]]
        return replace(
            self,
            **{name: getattr(self, name)[mask] for name in ("token", "group", "level", "seconds", "answers", "ranks")},
            strategy=strategy.assign(row=place[strategy["row"].to_numpy()]),
        )


class Sealed:
    """Rows in an envelope: opened in this room only.

    Examples
    --------
    >>> Sealed(None)
    <kept private>
    """

    __slots__ = ("_content",)
    # Whatever turns dataclasses into plain data finds one without fields here.
    __dataclass_fields__: ClassVar[dict[str, Any]] = {}

    def __init__(self, content: Any) -> None:
        self._content = content

    def __repr__(self) -> str:
        return "<kept private>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("answers of single respondents are not stored")

    def __deepcopy__(self, memo: object) -> Sealed:
        return self

    def open(self) -> Any:
        """Return the content."""
        return self._content


def read_rows(tables: Mapping[str, pd.DataFrame], wave: str) -> Rows:
    """Return the rows of a wave.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables survey_respondents, survey_answers, strategy_answers and priority_rankings; absent ones may be empty.
    wave : str
        Its name in survey_respondents.

    Returns
    -------
    Rows
        Respondents who answered at least one statement.
    """
    respondents = tables["survey_respondents"]
    people = respondents.loc[respondents["wave"].eq(wave)].sort_values("respondent_id", ignore_index=True)
    tokens = pd.Index(people["respondent_id"].to_numpy(dtype=object))
    answers = _wide(tables["survey_answers"], tokens, "item_id", [item.id for item in ASKED], "value")
    rankings = tables["priority_rankings"]
    priorities = sorted(rankings.loc[rankings["respondent_id"].isin(tokens), "priority_id"].unique())
    rows = Rows(
        wave=wave,
        token=_texts(people["respondent_id"]),
        group=_texts(people["group"]),
        level=_texts(people["level_band"]),
        seconds=people["duration_s"].to_numpy(dtype=np.float64, na_value=np.nan),
        answers=answers,
        ranks=_wide(rankings, tokens, "priority_id", priorities, "rank"),
        priorities=tuple(priorities),
        strategy=_strategy(tables["strategy_answers"], tokens),
    )
    # The check alone is no answer.
    statements = [PLACE[item.id] for item in STATEMENTS]
    return rows.keep(np.asarray((~np.isnan(rows.answers[:, statements])).any(axis=1)))


def _texts(cells: pd.Series) -> Texts:
    return cells.astype("object").where(cells.notna(), "").to_numpy().astype(np.str_)


def _wide(long: pd.DataFrame, tokens: pd.Index, key: str, columns: Sequence[str], value: str) -> FloatArray:
    """Return a long table as an array: a row per respondent, a column per key."""
    wide = np.full((len(tokens), len(columns)), np.nan)
    row = tokens.get_indexer(pd.Index(long["respondent_id"].to_numpy(dtype=object)))
    column = pd.Index(np.array(columns, dtype=object)).get_indexer(pd.Index(long[key].to_numpy(dtype=object)))
    known = (row >= 0) & (column >= 0)
    wide[row[known], column[known]] = long[value].to_numpy(dtype=np.float64, na_value=np.nan)[known]
    return wide


def _strategy(answers: pd.DataFrame, tokens: pd.Index) -> pd.DataFrame:
    row = tokens.get_indexer(pd.Index(answers["respondent_id"].to_numpy(dtype=object)))
    kept = answers.assign(row=row).loc[row >= 0, ["row", "question", "code", "coder", "text"]]
    return kept.sort_values(["row", "question", "coder"], kind="stable", na_position="first", ignore_index=True)


def waves_known(respondents: pd.DataFrame, as_of: dt.date) -> tuple[str, ...]:
    """Return the waves that had begun by a day, in order: by the month or quarter in their names, else by name.

    Examples
    --------
    >>> import datetime as dt
    >>> waves = pd.DataFrame({"wave": ["pulse 2026-09", "pulse 2026-04", "pulse 2026-04"]})
    >>> waves_known(waves, dt.date(2026, 5, 5))
    ('pulse 2026-04',)
    """
    names = respondents["wave"].dropna().unique()
    limit = (as_of.year, as_of.month)
    begun = [name for name in names if (begins(name) or limit) <= limit]
    return tuple(sorted(begun, key=lambda name: (begins(name) or (0, 0), _natural(name))))


def begins(wave: str) -> tuple[int, int] | None:
    """Return year and month in the name of a wave; None where it has none."""
    if found := _QUARTER.search(wave):
        return int(found[1]), 3 * int(found[2]) - 2
    if found := _MONTH.search(wave):
        return int(found[1]), int(found[2])
    return None


def _natural(name: str) -> tuple[tuple[int, str], ...]:
    """Return a key that puts wave 10 behind wave 2."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D+", name))
