"""Which programs are exposed to which killer, fixed at their planned start by chance, never by how they turn out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np
import pandas as pd

from gapkit.sample import catalogue
from gapkit.sample.frame import Frame
from gapkit.sample.killers import EFFECTS, FUNCTION_EFFECT, SPEC_BASE, SPEC_EFFECTS
from gapkit.sample.plan import UNPLANNED
from gapkit.sample.streams import Streams
from gapkit.vocabulary import KILLERS

MOST_APPROVALS: Final = len(catalogue.APPROVALS)
# Kinds of ownership that are not exactly one person, and how often each occurs among them.
OWNER_KINDS: Final = ("none", "several", "team", "committee")
OWNER_KIND_SHARES: Final = (0.25, 0.45, 0.15, 0.15)
# How far sound work is above, in log-odds, in the worlds that have it.
SOUND_ON_TIME, SOUND_SPEC = 3.2, 1.8


def uniforms(plan: pd.DataFrame, streams: Streams, component: str, width: int = 0) -> np.ndarray:
    """Return one uniform number per program (or `width` of them), keyed by component and by the program's place."""
    drawn = int(plan["drawn"].iloc[0])
    return np.asarray(streams.history(component).random((drawn, width) if width else drawn)[plan["place"]])


def normals(plan: pd.DataFrame, streams: Streams, component: str, width: int) -> np.ndarray:
    """Return `width` standard normal numbers per program, keyed like `uniforms`."""
    return np.asarray(streams.history(component).standard_normal((int(plan["drawn"].iloc[0]), width))[plan["place"]])


def expose(
    plan: pd.DataFrame, frame: Frame, parameters: dict[str, float], re_entry: Collection[str], streams: Streams,
    single_owner: bool = False, cleared: Collection[str] = (),
) -> pd.DataFrame:  # fmt: skip
    """Return what each program is exposed to at its planned start.

    Parameters
    ----------
    plan : DataFrame
        From `plan.make_plan`.
    re_entry : collection of str
        Stages in which data is typed in twice.
    single_owner : bool
        Whether a lever gives every program one owner.
    cleared : collection of str
        Killers from which every program is freed: the world in which the flag is 0 for all.

    Returns
    -------
    DataFrame
        One row per program: the five killers as flags; is_unlinked, is_outside_record, has_target, has_re_entry, owner_kind
        (one, none, several, team, committee), distance, approvals; n_functions, and the first besides Marketing; path (its
        work stages).
    """
    draws = uniforms(plan, streams, "exposure", 10)
    planned = (plan["origin"] != UNPLANNED).to_numpy()
    exposed = pd.DataFrame(index=plan.index)
    exposed["is_unlinked"] = draws[:, 0] < np.where(planned, parameters["unlinked"], min(0.9, parameters["unlinked"] + 0.3))
    exposed["distance"] = _distance(draws[:, 1], parameters["far_decision"])
    exposed["approvals"] = _approvals(draws[:, 2], draws[:, 3], frame, parameters["extra_approvals"], planned)
    exposed["owner_kind"] = _owner_kind(draws[:, 4], draws[:, 5], parameters["no_single_owner"])
    exposed["is_outside_record"] = draws[:, 6] < parameters["outside_record"]
    exposed["has_target"] = draws[:, 7] >= parameters["no_target"]
    exposed["first_function"] = 1 + np.floor(draws[:, 9] * (len(frame.functions) - 1)).astype(np.int64)
    exposed["n_functions"] = 1 + np.minimum((draws[:, 8] ** 1.5 * len(frame.functions)).astype(np.int64), 3)
    paths = draw_stages(plan, frame, parameters["step_skipped"], streams)
    hits = [any(stage.name in re_entry for stage in path) for path in paths]
    exposed["has_re_entry"] = hits
    exposed["path"] = pd.Series(paths, index=plan.index, dtype=object)
    if single_owner or "unclear_ownership" in cleared:
        exposed["owner_kind"] = "one"
    if "misalignment" in cleared:
        exposed["is_unlinked"], exposed["distance"] = False, np.minimum(exposed["distance"], 1)
    if "structural_bottlenecks" in cleared:
        exposed["approvals"] = np.minimum(exposed["approvals"], frame.size.healthy_approvals)
    if "poor_tooling" in cleared:
        exposed["is_outside_record"], exposed["has_re_entry"] = False, False
    if "feedback_loop_failure" in cleared:
        exposed["has_target"] = True
    return _with_flags(exposed, frame)


def _with_flags(exposed: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    flags = {
        "misalignment": exposed["is_unlinked"] | (exposed["distance"] >= 2),
        "structural_bottlenecks": exposed["approvals"] > frame.size.healthy_approvals,
        "unclear_ownership": exposed["owner_kind"] != "one",
        "poor_tooling": exposed["is_outside_record"] | exposed["has_re_entry"],
        "feedback_loop_failure": ~exposed["has_target"],
    }
    return exposed.assign(**{name: flags[name].to_numpy(dtype=bool) for name in KILLERS})


def _distance(u: np.ndarray, far: float) -> np.ndarray:
    """Return organisational levels between decider and doer: 2 or 3 with probability `far`, else 0 or 1."""
    return np.select([u < far / 3, u < far, u < far + (1 - far) * 0.6], [3, 2, 1], default=0)


def _approvals(u: np.ndarray, v: np.ndarray, frame: Frame, extra: float, planned: np.ndarray) -> np.ndarray:
    """Return sign-offs per program: the usual ones, plus up to twice the mean extra; unplanned work slips by with fewer."""
    low, high = frame.size.usual_approvals
    usual = low + np.floor(u * (high - low + 1)).astype(np.int64)
    more = np.floor(2 * extra * v + 0.5).astype(np.int64)
    total = np.where(planned, usual + more, np.minimum(usual, 1) + more // 2)
    return np.asarray(np.minimum(total, MOST_APPROVALS))


def _owner_kind(u: np.ndarray, v: np.ndarray, share: float) -> np.ndarray:
    kind = np.searchsorted(np.cumsum(OWNER_KIND_SHARES)[:-1], v)
    return np.where(u < share, np.array(OWNER_KINDS)[kind], "one")


def draw_stages(plan: pd.DataFrame, frame: Frame, skipped: float, streams: Streams) -> list[tuple[catalogue.Stage, ...]]:
    """Return the work stages of each program: brief, those of its type, launch.

    Optional ones are used every other time; mandatory ones are left out with probability `skipped`.
    """
    draws = uniforms(plan, streams, "stages", 8)
    middle = [
        [(stage, 0.5 if stage.is_optional else 1 - skipped) for stage in catalogue.STAGES[name]] for name in frame.types
    ]
    return [
        (catalogue.BRIEF, *(stage for (stage, used), u in zip(middle[t], row, strict=False) if u < used), catalogue.LAUNCH)
        for t, row in zip(plan["type"], draws.tolist(), strict=True)
    ]


def ease(plan: pd.DataFrame, exposed: pd.DataFrame, frame: Frame, is_sound: bool) -> np.ndarray:
    """Return the log-odds by which each program is likelier to be on time than the average one."""
    effect = frame.team_effect[plan["team"]] + frame.type_effect[plan["type"]]
    effect = effect + FUNCTION_EFFECT * (exposed["n_functions"].to_numpy() - 1) + SOUND_ON_TIME * is_sound
    return effect + sum(weight * exposed[name].to_numpy() for name, weight in EFFECTS.items())


def is_to_spec(plan: pd.DataFrame, exposed: pd.DataFrame, is_sound: bool, streams: Streams) -> np.ndarray:
    """Return whether each program, if delivered, is to its specification."""
    odds = (
        SPEC_BASE + SOUND_SPEC * is_sound + sum(weight * exposed[name].to_numpy() for name, weight in SPEC_EFFECTS.items())
    )
    return np.asarray(uniforms(plan, streams, "spec") < 1 / (1 + np.exp(-odds)))
