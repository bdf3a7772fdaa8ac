"""Exhibits of what leaders and teams see differently, and of what the consultant heard and saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gapkit.diagnosis.observations import apart_from
from gapkit.labels import label_count, label_interval, label_list, label_number, sentence_case
from gapkit.plots import observed as observed_plot
from gapkit.plots import paired
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of, facts_of_table, foot, source_of, unmeasured
from gapkit.survey import wording
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.diagnosis import Diagnosis
    from gapkit.diagnosis.observations import Observed
    from gapkit.survey import Wave

SURVEY_TABLES = ("survey_respondents", "survey_answers")
# Differences named in the table below the chart, which shows all of them.
MOST = 4
NOT_CODED = (
    "Nothing heard or seen in interviews and workshops has been coded. The table observations would put it beside the "
    "figures."
)
SCALE = "Scores from 0 (no problem seen) to 100 (worst)"


def shown_wave(d: Diagnosis) -> Wave | None:
    """Return the latest wave of the survey if anything of it may be shown; `leaders_and_teams` says why where not."""
    wave = d.survey.last
    return wave if wave is not None and wave.is_shown else None


def leaders_and_teams(d: Diagnosis) -> Exhibit | Callout:
    """Return where leadership and the others see different things; without a survey, what one would add."""
    wave = shown_wave(d)
    if wave is None:
        return Callout("missing", wording.ADDS) if d.survey.last is None else Callout("note", d.survey.last.caveats[0])
    if wave.gap.empty:
        why = next(result.caveats[0] for name, result in wave.results.items() if name.startswith("perception_gap_"))
        return Callout("note", f"Leadership and the others are not compared. {why}")
    gap = wave.gap
    first, others = str(gap["first"].iloc[0]), str(gap["others"].iloc[0])
    rows = _compared(gap)
    sides = paired.Sides(
        _counted(first, gap["n_first"]), _counted(others, gap["n_others"]), "mean score, 0 no problem seen, 100 worst",
        (0, 100),
    )  # fmt: skip
    figure = draw(d.eng, paired.plot_paired, rows, sides)
    table = _differences(rows.head(MOST))
    reach = gap[["low", "high"]].abs().to_numpy().max()
    lean = int((gap["delta"] > 0).sum())
    counts = (len(gap), lean, int(rows["is_shown"].sum()))
    return Exhibit(
        "leaders_and_teams", wording.gap_title(gap), figure, alt=paired.describe_paired(rows, sides), table=table,
        reading=f"{wording.gap_reading(gap)} Delta is 0 where both sides answer alike and 1 where every answer "
        f"of {others} is worse than every answer of {first}.",
        foot=foot(d.eng, f"{SCALE} · differences held against chance all together (Holm)",
                  n=f"n = {label_number(gap['n_first'].max())} and {label_number(gap['n_others'].max())} · {wave.name}",
                  tables=SURVEY_TABLES),
        facts=(*facts_of_table(table), "0", "1", "100", label_number(reach, 2), *map(label_number, counts)),
    )  # fmt: skip


def _compared(gap: pd.DataFrame) -> pd.DataFrame:
    """Return the comparison as it is drawn, the largest difference on top."""
    ordered = gap.loc[gap["delta"].abs().sort_values(ascending=False, kind="stable").index]
    return pd.DataFrame({
        "label": [wording.construct_name(name) for name in ordered["construct"]],
        "first": ordered["mean_first"], "others": ordered["mean_others"], "delta": ordered["delta"],
        "low": ordered["low"], "high": ordered["high"], "is_shown": ordered["p_adjusted"] < wording.ALPHA,
        "size": ordered["size"], "n": ordered["n_first"] + ordered["n_others"],
        "first_name": ordered["first"], "others_name": ordered["others"],
    }).reset_index(drop=True)  # fmt: skip


def _counted(side: str, counts: pd.Series) -> str:
    """Return a side with how many it is; a few may have left out a statement."""
    low, high = int(counts.min()), int(counts.max())
    return f"{side} ({label_number(low) if low == high else f'{label_number(low)} to {label_number(high)}'})"


def _differences(rows: pd.DataFrame) -> Table:
    first, others = (sentence_case(str(rows[side].iloc[0])) for side in ("first_name", "others_name"))
    columns = (Column("Largest differences", width=0.25), Column(first, "right", 0.16), Column(others, "right", 0.14),
               Column("Cliff’s delta (95 %)", "right", 0.23), Column("Size", width=0.1),
               Column("All tested", width=0.12))  # fmt: skip
    cells = tuple(
        (sentence_case(row["label"]), label_number(row["first"]), label_number(row["others"]),
         f"{label_number(row['delta'], 2)} ({label_interval(row['low'], row['high'], 'ratio')})", row["size"],
         "shown" if row["is_shown"] else "not shown")
        for row in rows.to_dict(orient="records")
    )  # fmt: skip
    return Table(columns, cells)


def priorities_seen(d: Diagnosis) -> Exhibit | Callout | None:
    """Return how alike people rank the priorities; None without a survey, which `leaders_and_teams` says."""
    wave = shown_wave(d)
    if wave is None:
        return None
    concordance, gap = wave.results["priority_concordance"], wave.results["priority_gap"]
    if wave.priorities.empty or not concordance.is_ok:
        return unmeasured(f"Priorities as people rank them are not shown. {concordance.caveats[0]}", concordance)
    frame, known = wave.priorities, _priority_names(d)
    labels = [known.get(key, key) for key in frame["priority_id"]]
    table = _ranks_table(frame, labels, _official(d))
    names = wave.gap[["first", "others"]].iloc[0].tolist() if len(wave.gap) else ["leadership", "the others"]
    rows = pd.DataFrame({"label": labels, "first": frame["mean_rank_first"], "others": frame["mean_rank_others"]})
    sides = paired.Sides(
        _counted(names[0], frame["n_first"]), _counted(names[1], frame["n_others"]), "mean rank, 1 is first",
        (0.7, len(rows) + 0.3), digits=1,
    )  # fmt: skip
    is_compared = bool(rows["first"].notna().all())
    figure = draw(d.eng, paired.plot_paired, rows, sides) if is_compared else None
    return Exhibit(
        "priorities_seen", wording.concordance_title(concordance), figure,
        alt=paired.describe_paired(rows, sides) if is_compared else "", table=table,
        reading=wording.priorities_reading(gap, *names),
        foot=foot(d.eng, "W is 0 without any common order, 1 where all rank alike · places: 90 % of resampled respondents",
                  concordance, tables=("priority_rankings",)),
        facts=(*facts_of(concordance, gap), *facts_of_table(table), "0 %", "100 %"), quoted=tuple(labels),
    )  # fmt: skip


def _priority_names(d: Diagnosis) -> dict[str, str]:
    return dict(zip(d.eng.priorities["priority_id"].astype(str), d.eng.priorities["label"].astype(str), strict=True))


def _official(d: Diagnosis) -> dict[str, float]:
    ranked = d.eng.priorities.dropna(subset=["official_rank"])
    return dict(zip(ranked["priority_id"].astype(str), ranked["official_rank"].astype(float), strict=True))


def _ranks_table(frame: pd.DataFrame, labels: Sequence[str], official: dict[str, float]) -> Table:
    columns = (Column("Priority", width=0.52), Column("Official rank", "right", 0.14),
               Column("Place people give it", "right", 0.18), Column("90 % interval", "right", 0.16))  # fmt: skip
    rows = tuple(
        (label, label_number(official[key]) if key in official else "–", label_number(row["place"]),
         f"{label_number(row['place_low'])} to {label_number(row['place_high'])}")
        for label, key, row in zip(labels, frame["priority_id"], frame.to_dict(orient="records"), strict=True)
    )  # fmt: skip
    return Table(columns, rows)


def observed(d: Diagnosis) -> tuple[Exhibit | Callout | Table, ...]:
    """Return what the consultant heard and saw, beside what figures show; with the words that may be quoted, if any."""
    if not d.observations:
        return (Callout("missing", NOT_CODED),)
    rows = [(name_of(one.id), one.supports, one.contradicts, _unclear(one)) for one in d.observations]
    n, most = sum(one.n for one in d.observations), max(d.observations, key=lambda one: one.n)
    figure = draw(d.eng, observed_plot.plot_observed, rows)
    table = _observed_table(d)
    quotes = _quotes(d.observations)
    shown = Exhibit(
        "observed",
        f"Of {label_count(n, 'coded observation')} the most, {label_number(most.n)}, bear on {name_of(most.id)}: "
        f"{label_number(most.supports)} for it, {label_number(most.contradicts)} against",
        figure, alt=observed_plot.describe_observed(rows), table=table,
        reading=_apart_words(d),
        foot="Coded by the consultant from interviews, workshops and documents, chosen by hand: counted and quoted, in no "
        f"score · n = {label_number(n)} · {source_of(d.eng, 'observations')}",
        facts=(*facts_of_table(table), label_number(n), label_number(most.n)),
    )  # fmt: skip
    return (shown, quotes) if quotes is not None else (shown,)


def _unclear(one: Observed) -> int:
    return one.n - one.supports - one.contradicts


def _apart_words(d: Diagnosis) -> str:
    """Return where observations point the other way than the figures."""
    apart = [one for one in d.observations if apart_from(one, d.finding(one.id))]
    sides = {
        "for": [name_of(one.id) for one in apart if one.supports > one.contradicts],
        "against": [name_of(one.id) for one in apart if one.supports < one.contradicts],
    }
    told = [f"they speak {side} {label_list(names)}, the figures do not" for side, names in sides.items() if names]
    if not told:
        return "Nowhere do they point the other way than the figures."
    return f"{sentence_case('; '.join(told))}. There a second look is worth it."


def _observed_table(d: Diagnosis) -> Table:
    columns = (Column("Finding", width=0.28), Column("For", "right", 0.08), Column("Against", "right", 0.1),
               Column("Neither", "right", 0.1), Column("More than an opinion", "right", 0.16),
               Column("Sources", "right", 0.1), Column("Figures say", width=0.18))  # fmt: skip
    rows = tuple(
        (sentence_case(name_of(one.id)), label_number(one.supports), label_number(one.contradicts),
         label_number(_unclear(one)), label_number(sum(count.cases + count.records for count in one.counts)),
         label_number(one.n_sources), d.finding(one.id).verdict)
        for one in d.observations
    )  # fmt: skip
    return Table(columns, rows)


def _quotes(observations: Sequence[Observed]) -> Table | None:
    sides = {"supports": "for it", "contradicts": "against it", "unclear": "neither way"}
    rows = tuple(
        (sentence_case(name_of(one.id)), sides[quote.direction], f"“{quote.text}”")
        for one in observations
        for quote in one.quotes
    )
    if not rows:
        return None
    columns = (Column("Finding", width=0.22), Column("Speaks", width=0.13), Column("In their words", width=0.65))
    return Table(columns, rows, title="What they agreed to be quoted with", foot="Without names; in no score")
