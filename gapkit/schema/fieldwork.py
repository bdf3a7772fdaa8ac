"""The table a consultant fills: what interviews, workshops and documents showed, coded by finding."""

from __future__ import annotations

from typing import Final

from gapkit.schema.columns import boolean, category, date, identifier, integer, text
from gapkit.schema.declare import declare
from gapkit.vocabulary import CAUSES, FRACTURES, KILLERS, PITFALLS

DIRECTIONS: Final = ("supports", "contradicts", "unclear")

OBSERVATIONS = declare(
    "observations",
    "One row is one thing the consultant heard or saw that bears on one finding.",
    {
        "source": identifier(
            "Which conversation, workshop or document it comes from (I07, workshop 2); a label of your own, never a name.",
            required=True,
        ),
        "finding": category(
            (*KILLERS, *FRACTURES, *CAUSES, *PITFALLS), "The killer, fracture, cause or pitfall it bears on.", required=True
        ),
        "direction": category(
            DIRECTIONS, "Whether it speaks for the finding being there, against it, or neither way.", required=True
        ),
        "strength": integer(
            "1 an opinion, 2 a concrete case, 3 a record you have seen or the same told independently.",
            1, 3, required=True, unit="1 to 3",
        ),
        "text": text("What was said or seen, in one or two sentences, without names."),
        "quote_allowed": boolean("Whether whoever said it agreed to be quoted without a name. Blank means no."),
        "noted_on": date("Day on which it was heard or seen."),
    },
    switches_on="what interviews and workshops showed, beside the figures of each finding",
    ask="Notes of interviews and workshops, coded by finding. The consultant writes them; there is nothing to send.",
)  # fmt: skip

TABLES = (OBSERVATIONS,)
