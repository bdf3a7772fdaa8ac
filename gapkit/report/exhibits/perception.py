"""Exhibits of the survey: scores, groups, who took part, the four questions, what was written, what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gapkit.instrument import ANSWERS, CHECK, ITEMS, OPEN_QUESTION, STRATEGY_QUESTIONS
from gapkit.labels import label_interval, label_number, label_result, label_result_interval, label_share, sentence_case
from gapkit.plots import answers, perceived
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of, facts_of_table, foot, unmeasured
from gapkit.report.exhibits.people import SCALE, SURVEY_TABLES, shown_wave
from gapkit.survey import wording

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from gapkit.diagnosis import Diagnosis
    from gapkit.survey import Wave

# Rows of the small tables below a chart; the appendix and the workbook hold all.
MOST: Final = 6
READ_SINGLY: Final = "read singly"


def perception(d: Diagnosis) -> Exhibit | Callout | None:
    """Return how bad everybody finds each thing; None without a survey, which `leaders_and_teams` says."""
    wave = shown_wave(d)
    if wave is None:
        return None
    if wave.constructs.empty:
        return Callout("note", "No statement of the survey was answered by enough people to be shown.")
    words = {name: wording.reliability_words(word) for name, word in _pairs(wave.reliability, "construct", "word")}
    ordered = wave.constructs.sort_values("score", ascending=False, kind="stable")
    rows = ordered.assign(
        label=[wording.construct_name(name) for name in ordered["construct"]],
        word=[words.get(name, "") for name in ordered["construct"]],
    )
    singly = rows.loc[rows["word"] == READ_SINGLY, "construct"].tolist()
    table = _statements(wave, singly)
    reading = _perception_reading(wave, len(singly))
    figure = draw(d.eng, perceived.plot_perceived, rows)
    results = [result for name, result in wave.results.items() if name.startswith("perceived_")]
    return Exhibit(
        "perception", wording.perception_title(wave.constructs), figure, alt=perceived.describe_perceived(rows),
        table=table, reading=reading,
        foot=foot(d.eng, f"{SCALE}, dashed line 50 · 95 % t interval",
                  n=f"n = {label_number(rows['n'].max())} · {wave.name}", tables=SURVEY_TABLES),
        facts=(*facts_of(*results), "100", label_number((wave.constructs["low"] > wording.MIDDLE).sum()), reading),
    )  # fmt: skip


def _statements(wave: Wave, singly: list[str]) -> Table | None:
    """Return the statements of constructs that are to be read one by one, the worst first; the appendix has all."""
    items = wave.items.loc[wave.items["construct"].isin(singly)].sort_values("score", ascending=False, kind="stable")
    if items.empty:
        return None
    texts = {item.id: item.text for item in ITEMS}
    rows = tuple(
        (texts[row["item"]], label_number(row["score"]), f"{label_number(row['low'])} to {label_number(row['high'])}")
        for row in items.head(MOST).to_dict(orient="records")
    )
    columns = (Column("Statements to be read singly", width=0.72), Column("Score", "right", 0.1),
               Column("95 % interval", "right", 0.18))  # fmt: skip
    return Table(columns, rows)


def _pairs(frame: pd.DataFrame, key: str, value: str) -> list[tuple[str, str]]:
    return list(zip(frame[key].astype(str), frame[value].astype(str), strict=True))


def _perception_reading(wave: Wave, singly: int) -> str:
    told = []
    if wave.reliability["word"].eq("rough").any():
        told.append("“Rough” scores rest on statements that only partly say the same.")
    told += ["Where the mark is empty they do not: read the statements."] if singly else []
    return " ".join(filter(None, (*told, wording.left_out_words(wave.caveats, wave.screening))))


def perception_by_group(d: Diagnosis) -> Exhibit | Callout | None:
    """Return how each group that may be shown sees each thing; None without a survey, which `leaders_and_teams` says."""
    wave = shown_wave(d)
    if wave is None:
        return None
    own = wave.groups.loc[wave.groups["agreement"] != ""]
    why = wording.group_caveat(wave.caveats)
    if own.empty:
        return Callout("note", f"What single groups see is not shown. {why}".strip())
    cells = _cells(wave)
    sizes = wave.participation.loc[wave.participation["cut"] == "group"].set_index("part")["n"]
    figure = draw(d.eng, perceived.plot_groups, cells, [int(sizes[group]) for group in cells.index])
    table = _split(own)
    half = (own["high"] - own["low"]).div(2).median()
    told = f"half of the intervals reach ±{label_number(half)} points or less" if half == half else ""
    groups = tuple(str(name) for name in wave.groups["group"].unique())
    return Exhibit(
        "perception_by_group", wording.shared_title(own), figure, alt=perceived.describe_groups(cells), table=table,
        reading=" ".join(filter(None, (why, "“Split”: the people of the group see different things, so a mean would be "
                                            "nobody’s view. A dash: too few answered."))),
        foot=foot(d.eng, f"{SCALE}, unweighted · a view is shared from r_wg {_least(d)} on · {told}",
                  n=f"n = {label_number(sizes.sum())} · {wave.name}", tables=SURVEY_TABLES),
        facts=(label_number(len(own)), label_number(own["group"].nunique()), label_number(own["is_shared_view"].sum()),
               label_number(d.eng.config.min_group)),
        quoted=(*groups, *(str(name) for name in d.eng.survey_invited["group"].dropna().unique())),
    )  # fmt: skip


def _least(d: Diagnosis) -> str:
    return label_number(d.eng.config.settings.min_agreement, 2)


def _cells(wave: Wave) -> pd.DataFrame:
    """Return groups as rows and constructs as columns: what is drawn of each is a score, split, or a dash."""
    seen = {(row["group"], row["construct"]): row for row in wave.groups.to_dict(orient="records")}
    constructs = list(wave.constructs["construct"])
    rows: dict[str, list[object]] = {}
    for group in dict.fromkeys(wave.groups["group"].astype(str)):
        scores = [seen.get((group, construct), {"score": None})["score"] for construct in constructs]
        rows[group] = [
            perceived.FEW if score is None else perceived.SPLIT if pd.isna(score) else float(score) for score in scores
        ]
    columns = [wording.construct_name(construct) for construct in constructs]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=object)


def _split(own: pd.DataFrame) -> Table | None:
    """Return how people of a group are split, where that may be shown, the most who see a problem first."""
    split = own.dropna(subset=["clearly_share"]).sort_values("clearly_share", ascending=False, kind="stable").head(MOST)
    if split.empty:
        return None
    columns = (Column("Split views", width=0.46), Column("n", "right", 0.09), Column("Hardly a problem", "right", 0.15),
               Column("In part", "right", 0.15), Column("Clearly", "right", 0.15))  # fmt: skip
    rows = tuple(
        (f"{row['group']}: {wording.construct_name(row['construct'])}", label_number(row["n"]),
         *(label_share(share, row["n"]) for share in (row["hardly_share"], row["partly_share"], row["clearly_share"])))
        for row in split.to_dict(orient="records")
    )  # fmt: skip
    return Table(columns, rows)


def participation(d: Diagnosis) -> Exhibit | None:
    """Return who was invited and who answered; None without a survey, which `leaders_and_teams` says."""
    wave = shown_wave(d)
    if wave is None:
        return None
    rate = wave.results["response_rate"]
    columns = (Column("Who", width=0.46), Column("Invited", "right", 0.12), Column("Usable answers", "right", 0.16),
               Column("Rate (95 % interval)", "right", 0.26))  # fmt: skip
    rows = tuple(
        (f"{'Group: ' if row['cut'] == 'group' else ''}{sentence_case(row['part'])}",
         label_number(row["n_invited"]) if row["n_invited"] else "–", label_number(row["n"]), _rate(row))
        for row in wave.participation.to_dict(orient="records")
    )  # fmt: skip
    unsettled = wording.unsettled_words(wave.constructs)
    left_out = wording.left_out_words(wave.caveats, wave.screening)
    others = [caveat for caveat in wave.caveats if "inattentive" not in caveat]
    reading = " ".join(filter(None, (unsettled, left_out, *others)))
    return Exhibit(
        "participation", wording.participation_title(rate), table=Table(columns, rows), reading=reading,
        foot=foot(d.eng, "Usable answers / people invited", rate, tables=("survey_invited", *SURVEY_TABLES)),
        facts=(*facts_of(rate), reading),
        quoted=tuple(str(name) for name in d.eng.survey_invited["group"].dropna().unique()),
    )  # fmt: skip


def _rate(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["response_rate"]):
        return "–"
    return f"{label_share(row['response_rate'])} ({label_interval(row['low'], row['high'], 'share')})"


def four_questions(d: Diagnosis) -> Exhibit | Callout | None:
    """Return what was answered to the four strategy questions; None without a survey, which `leaders_and_teams` says."""
    wave = shown_wave(d)
    if wave is None:
        return None
    results = {question: wave.results[f"agreement_{question}"] for question in STRATEGY_QUESTIONS}
    known = [result for result in results.values() if result.is_ok]
    if not known:
        first = next(iter(results.values()))
        return unmeasured(f"The four strategy questions: {first.caveats[0]}", first)
    choices = wave.choices.assign(label=wave.choices["label"].where(wave.choices["label"] != "", wave.choices["code"]))
    figure = None if choices.empty else draw(d.eng, answers.plot_choices, choices, STRATEGY_QUESTIONS)
    columns = (Column("Question", width=0.5), Column("n", "right", 0.08), Column("Most frequent answer", "right", 0.18),
               Column("Agreement (95 %)", "right", 0.24))  # fmt: skip
    rows = tuple(
        (f"{question} {STRATEGY_QUESTIONS[question]}", label_number(result.n) if result.is_ok else "–",
         _modal(choices, question), f"{label_result(result)} ({label_result_interval(result)})" if result.is_ok
         else label_result(result))
        for question, result in results.items()
    )  # fmt: skip
    table = Table(columns, rows)
    coders = wording.coding_words(wave.coding)
    return Exhibit(
        "four_questions", wording.four_title(choices, known), figure,
        alt="" if figure is None else answers.describe_choices(choices), table=table,
        reading=" ".join(filter(None, ("Agreement is 0 if answers were picked by lot and 1 if everyone gives the same one; "
                                       "below 0 they avoid each other.", coders))),
        foot=foot(d.eng, "One coded answer each · agreement corrected for chance (Brennan–Prediger)", known[0],
                  tables=("strategy_answers", "codebook")),
        facts=(*facts_of(*known), *facts_of_table(table), "0", "1", coders, *STRATEGY_QUESTIONS, "four"),
        quoted=tuple(choices["label"]),
    )  # fmt: skip


def _modal(choices: pd.DataFrame, question: str) -> str:
    mine = choices.loc[choices["question"] == question, "share"]
    return label_share(mine.max()) if len(mine) else "–"


def verbatims(d: Diagnosis) -> Table | None:
    """Return what people wrote, as far as it may be shown: equal texts once; None without any."""
    wave = shown_wave(d)
    if wave is None or wave.verbatims.empty:
        return None
    told = wave.verbatims.groupby(["question", "code", "text"], sort=False).size().reset_index(name="times")
    book = d.eng.codebook
    labels = dict(zip(zip(book["question"], book["code"], strict=True), book["label"], strict=True))
    columns = (Column("Question", width=0.1), Column("Read as", width=0.24), Column("In their words", width=0.56),
               Column("Times", "right", 0.1))  # fmt: skip
    rows = tuple(
        (str(question), str(labels.get((question, code), code)), str(text), label_number(times))
        for question, code, text, times in zip(*(told[name] for name in told), strict=True)
    )
    without = "Read and coded answers only, names taken out, in the order of the alphabet; without team or level"
    return Table(columns, rows, title="What people wrote", foot=without)


def instrument(d: Diagnosis) -> Table | None:
    """Return every statement asked with its score and the spread of its answers; None where no survey may be shown."""
    wave = shown_wave(d)
    if wave is None:
        return None
    scores = {row["item"]: row for row in wave.items.to_dict(orient="records")}
    spread = {row["item"]: row for row in wave.spread.to_dict(orient="records")}
    columns = (Column("Id", width=0.1), Column("Statement (− agreeing is the bad answer)", width=0.5),
               Column("n", "right", 0.06), Column("Score (95 %)", "right", 0.15),
               Column("Answers 1 to 5, %", "right", 0.19))  # fmt: skip
    rows = tuple(
        (
            f"{item.id}\u00a0−" if item.is_reversed else item.id,
            item.text,
            *_scored(scores.get(item.id)),
            _spread(spread.get(item.id)),
        )
        for item in ITEMS
        if item != CHECK
    )
    asked = " ".join(f"{name}: {text}" for name, text in STRATEGY_QUESTIONS.items())
    foot_line = (
        f"{SCALE}; 1 strongly disagree to 5 strongly agree; a dash where too few answered or a spread would give somebody "
        f"away. Also asked: {asked} {OPEN_QUESTION}"
    )
    return Table(columns, rows, title="What was asked", foot=foot_line)


def _scored(row: Mapping[Hashable, Any] | None) -> tuple[str, str]:
    if row is None:
        return "–", "–"
    limits = "" if pd.isna(row["low"]) else f" ({label_number(row['low'])} to {label_number(row['high'])})"
    return label_number(row["n"]), f"{label_number(row['score'])}{limits}"


def _spread(row: Mapping[Hashable, Any] | None) -> str:
    return "–" if row is None else " · ".join(label_number(100 * row[f"answer_{point}"]) for point in ANSWERS)
