"""The four questions on strategy: do people give the same answer, do coders read it alike, and what is chosen.

Chance is corrected per question by the number of codes offered. Kappa over all four would be meaningless: each question
has codes of its own.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gapkit.results import Result, not_assessable
from gapkit.stats.coders import answer_agreement, coder_agreement, krippendorff_alpha
from gapkit.stats.intervals import FloatArray
from gapkit.survey.responses import QUESTIONS, Mask, Rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.config import Settings
    from gapkit.survey.anonymity import Gate

USABLE_ALPHA: Final = 2 / 3
CODING_COLUMNS: Final = ("question", "texts", "coders", "alpha", "ac1", "is_usable")
CHOICE_COLUMNS: Final = ("question", "code", "label", "n", "share")


class Coded(NamedTuple):
    """The answers to one question, each with its one code.

    Attributes
    ----------
    codes : tuple of str
        Codes offered: those of the codebook, and others that were given.
    table : numpy.ndarray
        Shape (respondents, codes): 1 where chosen.
    is_unread : numpy.ndarray of bool
        Who wrote something that has no code yet.
    why_not : str
        Why nothing of the question may be shown, whoever is coded; empty when it may.
    """

    codes: tuple[str, ...]
    table: FloatArray
    is_unread: Mask
    why_not: str = ""

    @property
    def is_coded(self) -> Mask:
        """Who has a code."""
        return np.asarray(self.table.any(axis=1))

    def place(self) -> NDArray[np.intp]:
        """Return the place of each respondent's code; meaningless without one."""
        return self.table.argmax(axis=1) if self.codes else np.zeros(len(self.table), dtype=np.intp)

    def may_show(self, gate: Gate) -> bool:
        """Return whether figures on these codes may be shown: enough are coded, and what is not yet is none or enough.

        Otherwise the next report, with the last few coded, would be about these few.
        """
        return not self.why_not and gate.may_show(self.is_coded) and gate.may_leave_out(self.is_unread)

    def may_show_spread(self, gate: Gate) -> bool:
        """Return whether single codes and texts may be shown."""
        return self.may_show(gate) and gate.may_show_spread(self.is_coded)


def read_codes(rows: Rows, codebook: pd.DataFrame) -> dict[str, Coded]:
    """Return the answers to each question with the one code each counts with.

    Parameters
    ----------
    rows : Rows
        Of one wave.
    codebook : DataFrame
        The table of that name.

    Returns
    -------
    dict of str to Coded
        By question. The code is the respondent's own choice where there is one (forms offer the labels of the codebook; a
        label chosen counts as its code), else the one most coders gave, the first by name among equals.
    """
    coded = rows.strategy.dropna(subset=["code"])
    own = coded.loc[coded["coder"].isna(), ["row", "question", "code"]]
    read = coded.loc[coded["coder"].notna()].groupby(["row", "question", "code"], as_index=False).size()
    read = read.sort_values(["row", "question", "size", "code"], ascending=[True, True, False, True], kind="stable")
    chosen = pd.concat([own, read[["row", "question", "code"]]], ignore_index=True).drop_duplicates(["row", "question"])
    written = rows.strategy.dropna(subset=["text"])
    return {question: _coded(len(rows), chosen, written, codebook, question) for question in QUESTIONS}


def _coded(n: int, chosen: pd.DataFrame, written: pd.DataFrame, codebook: pd.DataFrame, question: str) -> Coded:
    mine, wrote, book = (frame.loc[frame["question"].eq(question)] for frame in (chosen, written, codebook))
    by_label = {**dict(zip(book["label"], book["code"], strict=True)), **{code: code for code in book["code"]}}
    given = [by_label.get(code, code) for code in mine["code"]]
    codes = sorted({*book["code"], *given})
    table, unread = np.zeros((n, len(codes))), np.zeros(n, dtype=bool)
    place = {code: at for at, code in enumerate(codes)}
    table[mine["row"].to_numpy(dtype=int), [place[code] for code in given]] = 1
    unread[wrote["row"].to_numpy(dtype=int)] = True
    return Coded(tuple(codes), table, unread & ~table.any(axis=1))


def answers_agree(gate: Gate, rows: Rows, read: Mapping[str, Coded], settings: Settings, *, seed: int) -> dict[str, Result]:
    """Return how far people agree on each question.

    Returns
    -------
    dict of Result
        ``agreement_Q1`` … ``agreement_Q4``: share of pairs of respondents with the same code, corrected for choosing at
        random among the codes offered; unit ``ratio``, 0 for chance and 1 for one answer. Not measured without answers.
    """
    return {
        f"agreement_{question}": _agreement(gate, rows.wave, question, coded, settings, seed)
        for question, coded in read.items()
    }


def _agreement(gate: Gate, wave: str, question: str, coded: Coded, settings: Settings, seed: int) -> Result:
    name = f"agreement_{question}"
    if not coded.table.any() or len(coded.codes) < 2:
        why = f"No coded answers to {question}. The tables strategy_answers and codebook would switch it on."
        return not_assessable(name, why, unit="ratio", period=wave)
    if not coded.may_show(gate):
        why = (
            gate.why_closed
            or coded.why_not
            or f"Fewer than {gate.minimum} answers, or fewer than {gate.minimum} still to be coded."
        )
        return Result(name, unit="ratio", period=wave, status="thin", grade="C", caveats=(why,))
    found = answer_agreement(coded.table.sum(axis=0), len(coded.codes), replicates=settings.bootstrap_replicates, seed=seed)
    return Result(
        name, *found.corrected, n=found.n, unit="ratio", period=wave, grade="B",
        method="pairs with the same code, corrected for chance (Brennan-Prediger), respondent bootstrap",
    )  # fmt: skip


def choices(gate: Gate, read: Mapping[str, Coded], codebook: pd.DataFrame) -> pd.DataFrame:
    """Return how often each code was chosen, of questions with enough answers to show their spread.

    Returns
    -------
    DataFrame
        Columns question, code, label (of the codebook), n, share; most frequent first within a question.
    """
    labels = {(row.question, row.code): row.label for row in codebook.itertuples()}
    found = []
    for question, coded in read.items():
        if coded.may_show_spread(gate):
            count = coded.table.sum(axis=0).astype(int)
            for at in np.lexsort([np.array(coded.codes), -count]):
                code = coded.codes[at]
                found.append((question, code, labels.get((question, code), ""), count[at], count[at] / count.sum()))
    return pd.DataFrame(found, columns=list(CHOICE_COLUMNS))


def coding(gate: Gate, rows: Rows, read: Mapping[str, Coded]) -> pd.DataFrame:
    """Return whether coders read the answers alike, of questions that may be shown and have two coders or more.

    Returns
    -------
    DataFrame
        Columns question, texts (read by two coders or more), coders, alpha (Krippendorff, nominal; missing where every code
        given is the same), ac1 (Gwet), is_usable (alpha of two thirds or more).
    """
    given = rows.strategy.dropna(subset=["code", "coder"])
    found = [
        (question, *told)
        for question, coded in read.items()
        if coded.may_show(gate)
        and (told := _coders_agree(gate, len(rows), given.loc[given["question"].eq(question)])) is not None
    ]
    return pd.DataFrame(found, columns=list(CODING_COLUMNS))


def _coders_agree(gate: Gate, n: int, read: pd.DataFrame) -> tuple[int, int, float, float, bool] | None:
    coders, coder = np.unique(read["coder"].to_numpy(dtype=str), return_inverse=True)
    codes, code = np.unique(read["code"].to_numpy(dtype=str), return_inverse=True)
    table = np.full((len(coders), n), math.nan)
    table[coder, read["row"].to_numpy(dtype=int)] = code
    twice = np.asarray((~np.isnan(table)).sum(axis=0) >= 2)
    if not gate.may_show(twice):
        return None
    alpha = krippendorff_alpha(table)
    ac1 = coder_agreement(table, max(2, len(codes))).ac1
    is_usable = alpha is None or alpha >= USABLE_ALPHA
    return int(twice.sum()), len(coders), math.nan if alpha is None else alpha, ac1, is_usable
