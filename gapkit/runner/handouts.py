"""What a redesign hands out besides its report: the calendar of meetings and the operating manual."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from gapkit.report.blocks import Cover
from gapkit.report.calendar_file import FILE as CALENDAR
from gapkit.report.calendar_file import calendar_of
from gapkit.report.manual import manual_pdf

MANUAL: Final = "manual"
TITLE: Final = "Operating manual"


def handouts(record: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the further files of a phase by name; none but for the redesign.

    Parameters
    ----------
    record : mapping
        Content of the phase's JSON.
    settings : mapping
        Settings of its document: client, dates, brand, paper.

    Returns
    -------
    dict of str to bytes
        ``cadence.ics`` where there is a meeting, ``manual.md`` and ``manual.pdf``.
    """
    found: dict[str, bytes] = {}
    cadence = record.get("cadence")
    if cadence and cadence["dates"]:
        found[CALENDAR] = calendar_of(
            cadence,
            engagement=record["engagement"],
            client=str(settings["client"]),
            as_of=dt.date.fromisoformat(record["as_of"]),
        )
    if record.get("manual"):
        known = {field.name for field in fields(Cover)}
        cover = Cover(**{**{name: value for name, value in settings.items() if name in known}, "title": TITLE})
        found[f"{MANUAL}.md"] = record["manual"].encode()
        found[f"{MANUAL}.pdf"] = manual_pdf(record["manual"], cover)
    return found
