"""Tool-First: systems bought before the way of working was agreed, and then hardly used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.diagnosis.indicators.measured import About
from gapkit.diagnosis.pitfalls.rule import pitfall
from gapkit.diagnosis.signs.signs import Sign, counted, missing, perceived, sign_of
from gapkit.labels import label_count
from gapkit.results import Result
from gapkit.stats.rates import wilson

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding
    from gapkit.diagnosis.indicators import Basis

ID: Final = "tool_first"
EARLY: Final = About(
    "Tool 1", "new tools that came before the way of working was agreed",
    "tools for which no process was defined before / tools adopted in the 24 months up to the last day, where it is known",
    ("tools",), units="tools",
    clause="{} of the tools of the last 24 months came before the way of working was agreed",
)  # fmt: skip
NO_RELIEF: Final = About(
    "Tool 2", "manual work after a tool came, relative to before",
    "workaround hours in the 8 weeks after over those in the 8 weeks before adoption",
    ("workarounds", "tools"), unit="ratio", units="tools",
    clause="manual work after a tool came is {} times that before",
)  # fmt: skip
PROPOSED: Final = About(
    "Tool 3", "proposed fixes that are tools",
    "options that are a tool / options on the table", ("tool_options",), units="proposals",
    clause="{} of proposed fixes are tools",
)  # fmt: skip
USED: Final = About(
    "Tool 4", "paid seats in use",
    "active users / seats, all tools in use of which both are known", ("tools",), units="tools", is_census=True,
    clause="{} of paid seats are in use",
)  # fmt: skip
SAID: Final = About(
    "Tool 5", "survey score on how systems are chosen",
    "score of the statement TFF1", ("survey_answers",), unit="points", units="answers",
    clause="people score how systems are chosen at {} of 100",
)  # fmt: skip
RECENT: Final = pd.DateOffset(months=24)
NO_TOOLS: Final = "The table tools would switch this on."
ONE_READING: Final = (
    "Workaround hours are recorded once per workaround, without a day; before and after cannot be compared."
)


def assess(basis: Basis) -> Finding:
    """Judge whether tools come before the way of working.

    Parameters
    ----------
    basis : Basis
        Supplies tools, proposals and the survey.
    """
    said = perceived(basis, ID)
    signs = [_early(basis), missing(NO_RELIEF, ONE_READING), _proposed(basis), _used(basis), sign_of(SAID, said)]
    return pitfall(ID, said, signs, basis)


def _early(basis: Basis) -> Sign:
    tools = basis.eng.tools
    if not basis.eng.has("tools"):
        return missing(EARLY, NO_TOOLS)
    if tools["adopted_at"].isna().all() or tools["process_defined_before"].isna().all():
        return missing(EARLY, "The columns adopted_at and process_defined_before of tools would switch this on.")
    recent = tools["adopted_at"].between(basis.as_of - RECENT, basis.as_of) & tools["process_defined_before"].notna()
    return _share(EARLY, ~tools.loc[recent, "process_defined_before"].astype(bool), basis)


def _proposed(basis: Basis) -> Sign:
    if not basis.eng.has("tool_options"):
        return missing(PROPOSED, "The proposals on the table (tool_options) would switch this on.")
    return _share(PROPOSED, basis.eng.tool_options["is_tool"].fillna(False).astype(bool), basis)


def _used(basis: Basis) -> Sign:
    if not basis.eng.has("tools"):
        return missing(USED, NO_TOOLS)
    tools = basis.eng.tools
    known = tools.loc[tools["retired_at"].isna() & (tools["seats"] > 0).fillna(False) & tools["active_users"].notna()]
    if known.empty:
        return missing(USED, "The columns seats and active_users of tools would switch this on.")
    return counted(USED, float(known["active_users"].sum() / known["seats"].sum()), len(known))


def _share(about: About, hits: pd.Series, basis: Basis) -> Sign:
    """Return a share of few units with its Wilson interval; thin below the minimum number of units."""
    n, x, least = len(hits), int(hits.sum()), basis.eng.config.settings.min_indicator_units
    if n == 0:
        return missing(about, f"No {about.units} to count.")
    if n < least:
        shown = f", {x} of them so" if n >= basis.eng.config.settings.min_n_counts else ""
        words = f"Only {label_count(n, about.units[:-1])}{shown}; {least} are needed."
        return sign_of(about, Result(about.id, n=n, status="thin", grade="C", caveats=(words,)))
    return sign_of(about, Result(about.id, *wilson(x, n), n=n, events=x, method="Wilson interval", grade="B"))
