"""The fixed words of the report, each written once; PDF, HTML and notebook show the same ones."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "answer": "The answer",
        "asks": "What we ask you to decide",
        "evidence": "How complete the evidence is",
        "contents": "Contents",
        "reading": "What it means",
        "commentary": "The consultant’s comment",
        "note": "Note",
        "warning": "Please note",
        "missing": "Not measured",
        "not_measured": "not measured",
        "good": "good",
        "bad": "needs attention",
        "neutral": "neutral",
        "as_of": "As of",
        "phase": "Phase",
        "period": "Figures for",
        "firm": "Prepared by",
        "no_rows": "No rows.",
        "table": "Table",
    }
)

# A shape that survives a grey copy and stands beside the word.
MARKS: Final[Mapping[str, str]] = MappingProxyType({"good": "▲", "bad": "▼", "neutral": "●"})
