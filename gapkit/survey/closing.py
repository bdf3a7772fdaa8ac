"""A wave is closed with its first report: the second must not show the few answers that came between the two.

The first report of a wave leaves a record of which answers it counted. Later reports count these and no others: the
difference of two reports of one wave is then about nobody. Where an answer counted then is gone or has changed, nothing of
the wave is shown, since what is missing could be worked out; where the codes of a question have changed, nothing of it is.

The record holds no answer, and none can be found from it by trying. Of a respondent it holds the digest of the token alone,
which tells at most that this token took part (tokens are random; where a tool numbers its responses one might be guessed).
Of what was answered it holds one digest over the whole wave, and one over all codes of each question: to try a guess one
would have to know every answer of all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from gapkit.errors import InputError, Problem
from gapkit.labels import label_count
from gapkit.survey.responses import Mask, Rows, Texts

FILE: Final = "survey.json"


@dataclass(frozen=True, slots=True)
class Closed:
    """What the first report of a wave counted.

    Attributes
    ----------
    counted, left_out : frozenset of str
        Digests of the tokens of those counted, and of those left out for their flags.
    answers : str
        Digest of everything they answered, all of them together.
    min_group : int
        Smallest group allowed then.
    min_answered_share : float
        Share of a construct's statements that had to be answered then.
    codes : mapping of str to str
        By question that was shown, one digest of the codes of all answers to it.
    """

    counted: frozenset[str]
    left_out: frozenset[str]
    answers: str
    min_group: int
    min_answered_share: float
    codes: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data."""
        return {
            "min_group": self.min_group,
            "min_answered_share": self.min_answered_share,
            "answers": self.answers,
            "counted": sorted(self.counted),
            "left_out": sorted(self.left_out),
            "codes": dict(sorted(self.codes.items())),
        }


class Reopened(NamedTuple):
    """The answers of a closed wave as they were when it was reported.

    Attributes
    ----------
    rows : Rows
        Those recorded.
    counted : numpy.ndarray of bool
        Who of them was counted.
    why_not : str
        Why nothing may be shown; empty when it may.
    caveats : tuple of str
        What came later.
    """

    rows: Rows
    counted: Mask
    why_not: str
    caveats: tuple[str, ...]


def token_digests(rows: Rows) -> Texts:
    """Return a digest per respondent, of wave and token."""
    return np.array([_digest([rows.wave, str(token)]) for token in rows.token], dtype=np.str_)


def answers_digest(rows: Rows) -> str:
    """Return one digest of everything figures rest on: group, level, answers and ranks of all respondents."""
    lines = []
    for token, group, level, answers, ranks in zip(
        rows.token, rows.group, rows.level, rows.answers, rows.ranks, strict=True
    ):
        # By name: a priority that only later respondents rank must change nothing.
        placed = [f"{name}={rank:g}" for name, rank in zip(rows.priorities, ranks, strict=True) if not np.isnan(rank)]
        lines.append("\x1f".join([str(token), str(group), str(level), *(f"{answer:g}" for answer in answers), *placed]))
    return _digest([rows.wave, *lines])


def codes_digest(rows: Rows, question: str) -> str:
    """Return one digest of every code given to the answers to a question, and by whom."""
    mine = rows.strategy.loc[rows.strategy["question"].eq(question)].dropna(subset=["code"])
    cells = zip(rows.token[mine["row"].to_numpy()], mine["coder"].fillna(""), mine["code"], strict=True)
    return _digest([rows.wave, question, *sorted("\x1f".join(map(str, cell)) for cell in cells)])


def _digest(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def close(
    rows: Rows, counted: Mask, min_group: int, min_answered_share: float, codes: Mapping[str, str] | None = None
) -> Closed:
    """Return the record of one wave.

    Parameters
    ----------
    rows : Rows
        Everybody who answered.
    counted : numpy.ndarray of bool
        Who is counted.
    min_group, min_answered_share, codes
        As in `Closed`.
    """
    digests = token_digests(rows)
    taken, left_out = (frozenset(digests[side].tolist()) for side in (counted, ~counted))
    return Closed(taken, left_out, answers_digest(rows), min_group, min_answered_share, codes or {})


def reopen(rows: Rows, closed: Closed) -> Reopened:
    """Return the answers of a wave as they were when it was closed.

    Parameters
    ----------
    rows : Rows
        Everybody who has answered by now.
    closed : Closed
        What was reported.
    """
    digests = token_digests(rows)
    recorded = closed.counted | closed.left_out
    known = np.isin(digests, list(recorded))
    kept = rows.keep(known)
    why_not = ""
    if len(kept) < len(recorded) or answers_digest(kept) != closed.answers:
        why_not = (
            "Answers that were reported before are gone or have changed, and the difference of the two reports would be "
            f"about them. Restore them; or, if no report with survey figures was handed out, delete {FILE}."
        )
    late = int((~known).sum())
    many = f"Fewer than {closed.min_group} answers" if late < closed.min_group else label_count(late, "answer")
    caveats = (
        f"{many} came after this wave was first reported and are not counted, as the difference would be about them. A "
        "wave of their own would show them.",
    )
    return Reopened(kept, np.isin(digests[known], list(closed.counted)), why_not, caveats if late else ())


def read_closed(folder: Path) -> dict[str, Closed]:
    """Read the record of an engagement.

    Parameters
    ----------
    folder : Path
        The engagement folder.

    Returns
    -------
    dict of str to Closed
        By wave; empty before the first report.

    Raises
    ------
    InputError
        When the file is not one gapkit wrote.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(wave): Closed(
                frozenset(one["counted"]), frozenset(one["left_out"]), str(one["answers"]), int(one["min_group"]),
                float(one["min_answered_share"]), {str(name): str(digest) for name, digest in one.get("codes", {}).items()},
            )
            for wave, one in data["waves"].items()
        }  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            [
                Problem(
                    "not a record of closed survey waves gapkit can read",
                    FILE,
                    value=f"{type(error).__name__}: {error}",
                    allowed="the file as gapkit wrote it",
                    remedy="Restore it from your backup. Delete it only if no report with survey figures was handed out.",
                )
            ]
        ) from error
