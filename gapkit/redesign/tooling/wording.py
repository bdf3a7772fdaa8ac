"""The tooling shortlist in words: process before tools, hours given back, and what to ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_count, label_list, label_money, label_number, label_share, sentence_case
from gapkit.redesign.tooling.options import NO_COST, NO_SAVING, NOT_READY

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.engagement import Engagement
    from gapkit.redesign.tooling.tooling import ProcessFix, Tooling

NO_WORKAROUNDS: Final = "No manual work around the tools is listed; the table workarounds would switch the shortlist on."
NO_OPTIONS: Final = (
    "Nobody has listed ways to remove the manual work; the table tool_options would switch the shortlist on."
)
NOTHING_LISTED: Final = "No option is worth its cost as things stand."
NO_TOOLS: Final = "The tools in use are not listed (table tools), so whether one of them would do cannot be seen."
NO_RATES: Final = (
    "Without hourly rates (table rates) options are compared by hours alone, and their costs are not weighed against them."
)


def sentence(part: Tooling) -> str:
    """Return what to agree first, what is on the shortlist, and the hours it gives back."""
    if part.workarounds.empty and part.options.empty:
        return NO_WORKAROUNDS
    if part.options.empty:
        total = label_number(float(part.workarounds["hours"].sum()), 1)
        return f"{total} hours a week go into manual work around the tools. {NO_OPTIONS}"
    fixes = [fix for fix in part.process_first if fix.standing != "declined"]
    said = [_first(fixes)] if fixes else []
    if not part.shortlist:
        said.append(NOTHING_LISTED)
    else:
        said.append(f"{_listed(part)}{_given_back(part)}.")
    return " ".join(said)


def _first(fixes: list[ProcessFix]) -> str:
    steps = list(dict.fromkeys(step for fix in fixes for step in fix.steps))
    tools = label_list([fix.option_id for fix in fixes])
    where = f" at {label_list(steps)}" if steps else ""
    return f"Agree the way of working{where} first: {tools} cannot be chosen before."


def _listed(part: Tooling) -> str:
    rows = part.options.loc[part.options["is_shortlisted"]]
    names = [f"{row['what']} ({row['option_id']}{_strength(row['frequency'])})" for row in rows.to_dict(orient="records")]
    return f"On the shortlist: {label_list(names)}"


def _strength(frequency: float) -> str:
    return "" if frequency != frequency else f", chosen in {label_share(frequency)} of draws"


def _given_back(part: Tooling) -> str:
    found = part.hours
    if found.value is None or found.low is None or found.high is None:
        return ""
    value, low, high = (label_number(limit, 1) for limit in (found.value, found.low, found.high))
    return f"; {'it gives' if len(part.shortlist) == 1 else 'they give'} back {value} hours a week ({low} to {high})"


def asks(workarounds: pd.DataFrame, most: int) -> tuple[str, ...]:
    """Return what to ask the client about the largest workarounds nobody has an answer to.

    Parameters
    ----------
    workarounds : DataFrame
        From `tooling.options.read_workarounds`.
    most : int
        Questions at most.
    """
    open_ones = workarounds.loc[~workarounds["options"].astype(bool)].head(most)
    return tuple(
        f"What would remove the manual work at {row['step']} ({label_number(row['hours'], 1)} hours a week"
        f"{', data typed in twice' if row['re_entry'] is True else ''})? A change of process first, then a tool: what "
        f"each would save and cost."
        for row in open_ones.astype({"re_entry": object}).to_dict(orient="records")
    )


def caveats(
    eng: Engagement, options: pd.DataFrame, is_priced: bool, budget: float | None, *, is_counted: bool
) -> tuple[str, ...]:
    """Return what a reader of the shortlist must know.

    Parameters
    ----------
    eng : Engagement
        Supplies tools and currency.
    options : DataFrame
        As `Tooling.options`.
    is_priced : bool
        Whether hourly rates are known.
    budget : float or None
        What all options together may cost in their first year.
    is_counted : bool
        Whether the draws could be counted.
    """
    if options.empty:
        return ()
    said = [] if is_priced else [NO_RATES]
    said += [] if eng.has("tools") else [NO_TOOLS]
    if budget is not None:
        said.append(f"The budget for the first year is {label_money(budget, eng.config.currency)}.")
    for why in (NO_SAVING, NO_COST):
        left = options.loc[options["why_not"].eq(why) & ~options["is_shortlisted"], "option_id"]
        if len(left):
            said.append(f"Not compared, since {why}: {label_list(left.tolist())}.")
    early = options.loc[options["why_not"].eq(NOT_READY) & options["is_shortlisted"], "option_id"]
    if len(early):
        said.append(f"Agreed although {NOT_READY}: {label_list(early.tolist())}.")
    capped = options.loc[options["is_capped"], "option_id"]
    if len(capped):
        said.append(
            f"More hours were said to be saved than the work takes; it counts as all of it: {label_list(capped.tolist())}."
        )
    unknown = options.loc[~options["is_listed"], "option_id"]
    if len(unknown):
        said.append(
            f"The work they would remove is not listed, so savings cannot be checked: {label_list(unknown.tolist())}."
        )
    if not is_counted:
        many = label_count(len(options), "option")
        said.append(f"With {many} the shortlist rests on means; how often each would be chosen is not computed.")
    said.append("Savings are estimates of those who proposed the options, not measured.")
    return tuple(sentence_case(one) for one in said)
