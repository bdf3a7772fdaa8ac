"""The `rebaseline:` of engagement.yml: from which day on the standing charts may take new limits, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import yaml

from gapkit.calendar import quarter_end
from gapkit.config.model import EngagementConfig, Rebaseline
from gapkit.config.nodes import FILE, NodeReader, Read
from gapkit.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

REASON: Final = 'Say what began on that day: {from: 2026-08-03, because: "the weekly forum began"}'


def read_rebaseline(reader: NodeReader, node: yaml.Node, key: str) -> Rebaseline | None:
    """Return one entry of `rebaseline:`; both the day and the reason are needed."""
    readers: dict[str, Read] = {"from": reader.day, "because": reader.text}
    before = len(reader.problems)
    values = reader.read(node, key, readers)
    if len(reader.problems) > before:
        return None
    for name in readers:
        if not values.get(name):
            reader.refuse(node, f"{key}.{name}", "required entry is missing", remedy=REASON)
            return None
    return Rebaseline(values["from"], values["because"], node.start_mark.line + 1)


def rebaseline_problems(config: EngagementConfig) -> Iterator[Problem]:
    """Yield each day that lies inside or before the baseline, and each given twice."""
    last = quarter_end(config.baseline_quarters[-1], config.fiscal_start_month)
    days = [one.from_on for one in config.rebaseline]
    for place, one in enumerate(config.rebaseline):
        told = Problem("", FILE, row=one.line, column="rebaseline.from", value=one.from_on.isoformat())
        if one.from_on <= last:
            yield replace(
                told,
                what="new limits would begin before the baseline is over",
                allowed=f"a day after {last.isoformat()}",
                remedy="The baseline is the yardstick: what is measured by it begins after it.",
            )
        elif one.from_on in days[:place]:
            yield replace(told, what="given twice", remedy="Keep one of the two.")
