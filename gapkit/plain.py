"""Results and frames as plain data, for the JSON of a phase: null, never NaN; dates as ISO text; stable order."""

from __future__ import annotations

import datetime as dt
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.engagement import Engagement
    from gapkit.results import Result


def header(eng: Engagement, phase: str) -> dict[str, Any]:
    """Return the fields every phase's JSON begins with: version, engagement, phase, as_of, seed, data, changed settings."""
    return {
        "gapkit": version("gapkit"),
        "engagement": eng.name,
        "phase": phase,
        "as_of": eng.as_of.isoformat(),
        "seed": eng.config.seed,
        "scale": eng.scale,
        "data_fingerprint": eng.fingerprint,
        "reliability": plain_rows(eng.reliability),
        "quality": [plain(check) for check in eng.quality],
        "changed_settings": [
            {"name": name, "default": plain(default), "value": plain(value)}
            for name, default, value in eng.config.changed_settings()
        ],
    }


def results_to_dict(results: Mapping[str, Result]) -> dict[str, Any]:
    """Return results by name as plain data."""
    return {name: result.to_dict() for name, result in results.items()}


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame as a list of records.

    Examples
    --------
    >>> plain_rows(pd.DataFrame({"day": [pd.Timestamp("2026-03-01"), pd.NaT], "share": [0.5, np.nan]}))
    [{'day': '2026-03-01', 'share': 0.5}, {'day': None, 'share': None}]
    """
    return [{str(key): plain(value) for key, value in row.items()} for row in frame.to_dict(orient="records")]


def plain(value: Any) -> Any:
    """Return one value as JSON knows it.

    Examples
    --------
    >>> plain(np.float64("nan")), plain(np.int64(3)), plain(pd.NA), plain((1, "a"))
    (None, 3, None, [1, 'a'])
    """
    if hasattr(value, "_asdict"):
        return {key: plain(item) for key, item in value._asdict().items()}
    if hasattr(value, "__dataclass_fields__"):
        return {key: plain(getattr(value, key)) for key in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and not np.isfinite(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() and value.tz is None else value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.item() if isinstance(value, np.generic) else value
