"""One figure as read on one day, and the step from one reading to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from gapkit.config.recorded import Fault, is_number, is_whole
from gapkit.results import Status, Unit

if TYPE_CHECKING:
    from gapkit.results import Result


class Step(NamedTuple):
    """What one reading has more than another.

    Attributes
    ----------
    events, n : int or None
        Of the counts; events None where one of the readings does not show them.
    value : float or None
        Of the figure; None where one of the readings is not shown.
    """

    events: int | None
    n: int
    value: float | None

    @property
    def is_none(self) -> bool:
        """Whether nothing moved."""
        return not self.events and not self.n and not self.value


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as read on a day.

    Attributes
    ----------
    value : float or None
        None unless `status` is ``ok``.
    events : int or None
        Units with the event; None where there are none to count, or too few to say.
    n : int
        Units counted.
    unit, status : str
        As in `Result`.
    """

    value: float | None
    events: int | None
    n: int
    unit: Unit
    status: Status

    @classmethod
    def read(cls, result: Result) -> Reading:
        """Return a result as a reading; of nothing counted, none have the event."""
        return cls(result.value, 0 if not result.n else result.events, result.n, result.unit, result.status)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Reading:
        """Return the reading of a record; whatever is wrong with it raises an ordinary error."""
        value, events, n = data["value"], data["events"], int(data["n"])
        if data["unit"] not in get_args(Unit) or data["status"] not in get_args(Status):
            raise ValueError(f"unit {data['unit']!r}, status {data['status']!r}")
        count = None if events is None else int(events)
        return cls(None if value is None else float(value), 0 if not n else count, n, data["unit"], data["status"])

    @staticmethod
    def faults(data: Mapping[str, Any], entry: str) -> tuple[Fault, ...]:
        """Return what is wrong with the reading of a record at a place of the file; a time need not have been reached."""
        value, events, n = data["value"], data["events"], data["n"]
        is_absent = value is None and (data["status"] != "ok" or data["unit"] == "days")
        told = (
            (is_absent or is_number(value), Fault(f"{entry}.value", value, "a number, or null where the status is not ok")),
            (is_whole(n), Fault(f"{entry}.n", n, "a whole number, 0 or more")),
            (events is None or not is_whole(n) or is_whole(events, 0, n),
             Fault(f"{entry}.events", events, f"a whole number from 0 to {n}, the n beside it, or null")),
        )  # fmt: skip
        return tuple(fault for fits, fault in told if not fits)

    def __sub__(self, earlier: Reading) -> Step:
        """Return the step from an earlier reading to this one."""
        events = None if self.events is None or earlier.events is None else self.events - earlier.events
        value = None if self.value is None or earlier.value is None else self.value - earlier.value
        return Step(events, self.n - earlier.n, value)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)
