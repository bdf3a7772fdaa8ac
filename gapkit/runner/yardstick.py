"""Whether a diagnosis froze the baseline, and where it did not: why, and what would let it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from gapkit.config import EngagementConfig

BASELINE: Final = "baseline.json"
REMEDY: Final = "Choose another primary in engagement.yml or supply what is missing, and run the diagnosis again."


def why_not_frozen(record: Mapping[str, Any], config: EngagementConfig, folder: Path) -> tuple[str, ...]:
    """Return that a diagnosis froze no baseline and why; nothing where it did, or where one stands already.

    Parameters
    ----------
    record : mapping
        Content of the phase's JSON; one of another phase has no baseline to freeze.
    config : EngagementConfig
        Names the measure agreed on.
    folder : Path
        The engagement folder.

    Returns
    -------
    tuple of str
        One sentence or two, or none.

    Examples
    --------
    >>> import datetime as dt
    >>> config = EngagementConfig("Acme", dt.date(2026, 3, 31), "UTC", "EUR", primary="otif_rate")
    >>> why_not_frozen({"baseline": None, "results": {}}, config, Path("nowhere"))[0].partition(".")[0]
    'nothing was frozen: the measure agreed on, otif_rate, has no data'
    """
    if "baseline" not in record or record["baseline"] or (folder / BASELINE).is_file():
        return ()
    result: Mapping[str, Any] = record.get("results", {}).get(config.primary) or {}
    lacks = "too little data" if result.get("status") == "thin" else "no data"
    why = " ".join(result.get("caveats") or ())
    said = f"the measure agreed on, {config.primary}, has {lacks}"
    return (f"nothing was frozen: {said}{f': {why}' if why else '.'} {REMEDY}",)
