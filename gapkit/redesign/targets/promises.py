"""What a redesign promises, as it is put on record: kept as it was made, whatever later data or code would say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gapkit.plain import plain, plain_rows
from gapkit.redesign.targets.targets import lever_id

if TYPE_CHECKING:
    from gapkit.redesign.redesign import Redesign
    from gapkit.redesign.what_if import Prediction

ONE_OWNER: Final = "Exactly one named person answers for each program from its planned start."
SLA: Final = ("id", "kind", "days", "adherence", "standing")
SERIES: Final = ("id", "name", "rhythm", "weekday", "starts_on", "standing")
LEADING: Final = "leading"
# Draws and iterations may differ in their last digits from machine to machine; a record must not.
DIGITS: Final = 6


def promises(r: Redesign) -> dict[str, Any]:
    """Return what a redesign promises, as plain data: what `promises.json` holds.

    Parameters
    ----------
    r : Redesign
        From `gapkit.redesign`.

    Returns
    -------
    dict
        ``made_on``, the day the redesign was read at; ``backtest``: verdict and sentence; ``levers``, each lever looked at:
        id (as in decisions.yml), standing, and the fields of `Prediction.to_dict`; ``together``, the same of all at once,
        or null; ``targets`` as `Targets.to_dict` gives them; ``model``, the new way of working without what was declined:
        slas, cadence, inputs (leading measures) and the rule of owners.
    """
    told, joint = r.what_if.backtest, r.what_if.together
    record: dict[str, Any] = _rounded({
        "made_on": r.eng.as_of.isoformat(),
        "backtest": {"verdict": told.verdict, "sentence": told.sentence},
        "levers": [_lever(r, one) for one in r.what_if.levers],
        "together": joint.to_dict() if joint is not None else None,
        "targets": r.targets.to_dict(),
        "model": {
            "slas": [{name: plain(getattr(one, name)) for name in SLA} for one in r.slas.held],
            "cadence": [{name: plain(getattr(one, name)) for name in SERIES} for one in r.cadence.held],
            "inputs": _inputs(r),
            "owners": {"rule": ONE_OWNER, "programs": len(r.owners.register)},
        },
    })  # fmt: skip
    return record


def _rounded(value: Any) -> Any:
    """Return plain data with numbers of six digits."""
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, DIGITS) if isinstance(value, float) else value


def _lever(r: Redesign, one: Prediction) -> dict[str, Any]:
    name = lever_id(one.pulls[0])
    return {"id": name, "standing": r.decided.standing("levers", name), **one.to_dict()}


def _inputs(r: Redesign) -> list[dict[str, Any]]:
    """Return the leading measures of the tree with who answers for them and how often they are read."""
    kpis = r.inputs.kpis
    rows = kpis.loc[kpis["kind"].eq(LEADING) & kpis["standing"].ne("declined")]
    columns = ["kpi_id", "name", "owner_id", "cadence", "target", "standing"]
    return plain_rows(rows[columns])
