"""engagement.yml read: each entry, each way to get it wrong, and all of it at once with line numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from gapkit.config import EngagementConfig, Owners, Rebaseline, Source, load_config
from gapkit.errors import InputError, Problem

MINIMUM = "client: Acme\nas_of: 2026-06-30\ntz: Europe/Berlin\ncurrency: EUR\n"

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes engagement.yml with the given text and returns its folder."""

    def file(text: str) -> Path:
        (tmp_path / "engagement.yml").write_text(text, encoding="utf-8")
        return tmp_path

    return file


@pytest.fixture
def more(write: Write) -> Callable[[str], EngagementConfig]:
    """Reads the four required entries and the given further lines, which begin on line 5."""
    return lambda text: load_config(write(MINIMUM + text))


@pytest.fixture
def refused(write: Write) -> Callable[[str], list[Problem]]:
    """The problems of the four required entries and the given further lines, which begin on line 5."""

    def problems(text: str) -> list[Problem]:
        with pytest.raises(InputError) as caught:
            load_config(write(MINIMUM + text))
        return list(caught.value.problems)

    return problems


def test_four_entries_are_enough(write: Write) -> None:
    """Everything else has the method's default."""
    expected = EngagementConfig("Acme", dt.date(2026, 6, 30), "Europe/Berlin", "EUR")

    assert expected == load_config(write(MINIMUM))


def test_every_entry_arrives(more: Callable[[str], EngagementConfig], tmp_path: Path) -> None:
    """Each entry of the file becomes the field of its name."""
    (tmp_path / "logo.svg").write_text("<svg/>")
    config = more(
        """
started_on: 2026-04-01
scale: smb
weekmask: 0011111
holidays: [2026-04-03, 2026-04-06]
fiscal_start_month: 2
baseline_quarters: [2026Q4, 2026Q3]
measure_start: 2026-06-01
measure_end: 2026-06-30
primary: otif_rate
min_change: {ttm: -0.2}
grace_days: 2
freeze_bdays: 3
late_horizon_days: 20
stall_days: 21
ttm_clock: brief
ttm_horizon_days: 120
otif_target: 0.8
min_group: 7
seed: 99
brand: {accent: "#0B5FFF", logo: logo.svg, firm: Gap & Co}
paper: letter
settings: {min_n_rate: 12}
"""
    )

    assert ("smb", "0011111", 2, 99, "letter", "otif_rate") == (
        config.scale, config.weekmask, config.fiscal_start_month, config.seed, config.paper, config.primary,
    )  # fmt: skip
    assert (dt.date(2026, 4, 3), dt.date(2026, 4, 6)) == config.holidays
    assert ("2026Q3", "2026Q4") == config.baseline_quarters
    assert {"execution_rate": 0.10, "ttm": -0.2, "velocity": 0.15} == config.min_change
    assert (2, 3, 20, 21, 0.8, 7) == (
        config.grace_days, config.freeze_bdays, config.late_horizon_days, config.stall_days, config.otif_target,
        config.min_group,
    )  # fmt: skip
    assert ("brief", 120) == (config.ttm_clock, config.ttm_horizon_days)
    assert ("#0B5FFF", "logo.svg", "Gap & Co") == (config.brand.accent, config.brand.logo, config.brand.firm)
    assert (dt.date(2026, 6, 1), dt.date(2026, 6, 30)) == (config.measure_start, config.measure_end)
    assert 12 == config.settings.min_n_rate


def test_decisions_on_new_limits_arrive_in_the_order_of_their_days(more: Callable[[str], EngagementConfig]) -> None:
    """Each has its day, its reason and its line."""
    config = more("rebaseline:\n - {from: 2026-10-05, because: SLAs}\n - {from: 2026-08-03, because: the forum}\n")

    assert (
        Rebaseline(dt.date(2026, 8, 3), "the forum", 7),
        Rebaseline(dt.date(2026, 10, 5), "SLAs", 6),
    ) == config.rebaseline


def test_sources_arrive_with_their_mappings(more: Callable[[str], EngagementConfig]) -> None:
    """A status is mapped by one word or by status, stage and kind; words YAML would turn into yes or no stay words."""
    config = more(
        """
sources:
  - file: data\\jira.csv
    format: jira-csv
    table: programs
    fields: {team: "Custom field (Squad)"}
    statuses: {"In review": {status: in_progress, stage: review, kind: approval}, No: cancelled}
    types: {Newsletter: email}
    teams: {On: Online}
    dates: dmy
    snapshots: yes
  - sql: select 1
    url_env: ACME_WAREHOUSE
    table: stage_visits
"""
    )

    expected = Source(
        file="data/jira.csv", format="jira-csv", table="programs", fields={"team": "Custom field (Squad)"},
        statuses={
            "In review": {"status": "in_progress", "stage": "review", "kind": "approval"}, "No": {"status": "cancelled"},
        },
        types={"Newsletter": "email"}, teams={"On": "Online"}, dates="dmy", snapshots=True, line=7,
    )  # fmt: skip
    assert (expected, Source(sql="select 1", url_env="ACME_WAREHOUSE", table="stage_visits", line=16)) == config.sources


def test_what_a_source_says_of_its_own_arrives(more: Callable[[str], EngagementConfig]) -> None:
    """Its zone, the prefix of its ids, its survey items and answers; snapshots is three-valued."""
    (first, second) = more(
        """
sources:
  - {file: data/pulse.xlsx, wave: Baseline, items: {MIS1: Q7}, answers: {"No": 1, Fully: 3.5}, scale: 7}
  - {file: data/gitlab.csv, tz: Asia/Manila, prefix: WEB-, snapshots: no, levels: {Sub-task: deliverable, "*": program}}
"""
    ).sources

    assert ("Baseline", {"MIS1": "Q7"}, {"No": 1.0, "Fully": 3.5}, 7) == (
        first.wave, first.items, first.answers, first.scale,
    )  # fmt: skip
    assert ("", "", None) == (first.tz, first.prefix, first.snapshots)
    assert ("Asia/Manila", "WEB-", False) == (second.tz, second.prefix, second.snapshots)
    assert {"Sub-task": "deliverable", "*": "program"} == second.levels


@pytest.mark.parametrize("file", ["data/jira", "data/jira/", "data/jira/*.json", "data/**/page-?.json", "data/none"])
def test_a_file_may_be_a_folder_or_a_pattern(more: Callable[[str], EngagementConfig], tmp_path: Path, file: str) -> None:
    """Whether anything is there is said when it is read."""
    (tmp_path / "data" / "jira").mkdir(parents=True)
    (tmp_path / "data" / "jira" / "page-1.json").write_text("{}")

    assert file == more(f"sources: [{{file: '{file}'}}]").sources[0].file


def test_links_arrive(more: Callable[[str], EngagementConfig]) -> None:
    """The id that is kept to the others; one needs no brackets, no id becomes a number, an id may confirm itself."""
    links = more('links:\n  MKT-12: ["1203948", row 7]\n  MKT-13: 0077\n  MKT-14: MKT-14\n').links

    assert {"MKT-12": ("1203948", "row 7"), "MKT-13": ("0077",), "MKT-14": ("MKT-14",)} == links


def test_owners_arrive(more: Callable[[str], EngagementConfig]) -> None:
    """Spellings, names that are no person, and former staff, who may be known under several spellings."""
    config = more(
        """
owners:
  same:
    Anna Müller: [a.mueller@acme.com, "Mueller, Anna", ANNA MÜLLER]
    Jo Doe: jdoe
  not_persons: {Ops: team, Brand Board: committee, Blue: external}
  left: [jdoe]
"""
    )

    assert config.owners == Owners(
        {"Anna Müller": ("a.mueller@acme.com", "Mueller, Anna", "ANNA MÜLLER"), "Jo Doe": ("jdoe",)},
        {"Ops": "team", "Brand Board": "committee", "Blue": "external"},
        ("jdoe",),
    )


def test_entries_left_empty_count_as_absent(more: Callable[[str], EngagementConfig]) -> None:
    """An entry with nothing behind it, or null, keeps its default."""
    config = more("scale:\nholidays: null\nbrand:\n  firm: ~\n")

    assert (None, (), "") == (config.scale, config.holidays, config.brand.firm)


def test_a_client_may_be_called_no(write: Write) -> None:
    """Text stays as typed: neither No nor 2026 nor a date is turned into something else."""
    assert "No" == load_config(write(MINIMUM.replace("Acme", "No"))).client
    assert "2026" == load_config(write(MINIMUM.replace("Acme", "2026"))).client


@pytest.mark.parametrize(
    ("line", "column", "what"),
    [
        ("scale: huge", "scale", "unknown word"),
        ("weekmask: 11111", "weekmask", "not of the form expected"),
        ("weekmask: 0000000", "weekmask", "not of the form expected"),
        ("holidays: 2026-04-03", "holidays", "not a list"),
        ("holidays: [2026-02-30]", "holidays", "there is no such day"),
        ("holidays: [3 April]", "holidays", "not a date"),
        ("started_on: 1026-04-01", "started_on", "not a plausible year"),
        ("fiscal_start_month: 13", "fiscal_start_month", "not a whole number"),
        ("fiscal_start_month: 1.5", "fiscal_start_month", "not a whole number"),
        ("baseline_quarters: [2026Q1]", "baseline_quarters", "not two different quarters"),
        ("baseline_quarters: [2026Q1, 2026Q1]", "baseline_quarters", "not two different quarters"),
        ("baseline_quarters: [2026Q1, Q2]", "baseline_quarters", "not of the form expected"),
        ("baseline_quarters: [2026Q2, 2026Q3]", "baseline_quarters", "2026Q3 is not over"),
        ("measure_start: 2026-07-01", "measure_start", "only one end"),
        ("measure_start: 2026-09-01\nmeasure_end: 2026-08-01", "measure_end", "before measure_start"),
        ("measure_start: 2026-06-30\nmeasure_end: 2026-08-01", "measure_start", "the measure window begins before"),
        ("primary: gut_feeling", "primary", "unknown measure"),
        ("min_change: {ttm: 0.15}", "min_change.ttm", "not a number within the limits"),
        ("min_change: {execution_rate: 0}", "min_change.execution_rate", "not a number within the limits"),
        ("grace_days: -1", "grace_days", "not a whole number"),
        ("stall_days: 0", "stall_days", "not a whole number"),
        ("ttm_horizon_days: 100", "ttm_horizon_days", "not a horizon"),
        ("otif_target: 70%", "otif_target", "not a number within the limits"),
        ("otif_target: 70", "otif_target", "not a number within the limits"),
        ("min_group: 4", "min_group", "too small to protect people"),
        ("seed: .inf", "seed", "not a whole number"),
        ("paper: a5", "paper", "unknown word"),
        ("brand: blue", "brand", "not a group of entries"),
        ('brand: {accent: "blue"}', "brand.accent", "not of the form expected"),
        ("brand:\n  accent: #0b5fff", "brand.accent", "a colour without quotes"),
        ("brand: {logo: /etc/passwd}", "brand.logo", "outside the engagement folder"),
        ("brand: {logo: logo.svg}", "brand.logo", "there is no such file"),
        ("brand: {logo: engagement.yml}", "brand.logo", "not a picture"),
        ("settings: {min_n_rate: 0}", "settings.min_n_rate", "not a whole number"),
        ("settings: {min_n_rte: 12}", "settings", "unknown entry"),
        ("sources: [{file: ../other/data.csv}]", "sources.file", "outside the engagement folder"),
        ("sources: [{file: C:/data.csv}]", "sources.file", "outside the engagement folder"),
        ("sources: [{file: ~/data.csv}]", "sources.file", "outside the engagement folder"),
        ("sources: [{table: programs}]", "sources", "names both or neither"),
        ("sources: [{file: a.csv, sql: select 1, url_env: X, table: goals}]", "sources", "names both or neither"),
        ("sources: [{sql: select 1, url_env: X}]", "sources", "sql without table"),
        ("sources: [{sql: select 1, table: goals}]", "sources", "sql without url_env"),
        ("sources: [{sql: s, table: goals, url_env: 'db://u:p@h'}]", "sources.url_env", "not of the form expected"),
        ("sources: [{file: a.csv, table: program}]", "sources.table", "unknown table"),
        ("sources: [{file: a.csv, table: goals, fields: {team: Squad}}]", "sources.fields", "no table has such a column"),
        ("sources: [{file: a.csv, fields: {tem: Squad}}]", "sources.fields", "no table has such a column"),
        ("sources: [{file: a.csv, statuses: {Live: done}}]", "sources.statuses.Live", "unknown status"),
        ("sources: [{file: a.csv, statuses: {Live: {kind: idle}}}]", "sources.statuses.Live.kind", "unknown kind"),
        ("sources: [{file: a.csv, types: {Mail: mail}}]", "sources.types.Mail", "unknown type"),
        ("sources: [{file: a.csv, levels: {Mail: part}}]", "sources.levels.Mail", "unknown level"),
        ("sources: [{file: a.csv, dates: ymd}]", "sources.dates", "unknown word"),
        ("sources: [{file: a.csv, snapshots: maybe}]", "sources.snapshots", "neither yes nor no"),
        ("sources: [{file: [a.csv]}]", "sources.file", "not a single value"),
        ("sources: [{file: 'data/../../*.csv'}]", "sources.file", "outside the engagement folder"),
        ("sources: [{file: ''}]", "sources.file", "names no file"),
        ("sources: [{file: 'data/a**.csv'}]", "sources.file", "not a pattern for files"),
        ("sources: [{file: a.csv, tz: Berlin}]", "sources.tz", "unknown time zone"),
        ("sources: [{file: a.csv, prefix: [MKT]}]", "sources.prefix", "not a single value"),
        ("sources: [{sql: s, table: goals, url_env: X, snapshots: yes}]", "sources.snapshots", "a query has no dated"),
        ("sources: [{file: a.csv, scale: 1}]", "sources.scale", "not a whole number"),
        ("sources: [{file: a.csv, scale: 12}]", "sources.scale", "not a whole number"),
        ("sources: [{file: a.csv, answers: {Never: 0}}]", "sources.answers.Never", "not a number within"),
        ("sources: [{file: a.csv, answers: {Always: 6}}]", "sources.answers.Always", "not a number within"),
        ("sources: [{file: a.csv, scale: 7, answers: {Always: 8}}]", "sources.answers.Always", "not a number within"),
        ("sources: [{file: a.csv, scale: x, answers: {Always: 8}}]", "sources.scale", "not a whole number"),
        ("sources: [{file: a.csv, items: [MIS1]}]", "sources.items", "not a group of entries"),
        ("sources: [{file: a.csv, items: {MIS1: Q1, MIS2: Q1}}]", "sources.items.MIS2", "the column of MIS1 already"),
        ("sources: [{file: a.csv, table: programs, wave: one}]", "sources.wave", "not for the table programs"),
        ("links: [A-1]", "links", "not a group of entries"),
        ("links: {A-1: {B-1: x}}", "links.A-1", "not a list"),
        ("links: {A-1: [[B-1]]}", "links.A-1", "not a single value"),
        ("links: {A-1: [B-1, B-1]}", "links.A-1", "linked to A-1 already"),
        ("links: {A-1: [B-1],\n A-2: [B-1]}", "links.A-2", "linked to A-1 already"),
        ("links: {A-1: [B-1],\n B-1: [C-1]}", "links.A-1", "linked, and kept itself"),
        ("owners: {same: [Anna]}", "owners.same", "not a group of entries"),
        ("owners: {same: {Anna: {mail: a}}}", "owners.same.Anna", "not a list"),
        ("owners: {same: {Anna: [am], Bob: [AM]}}", "owners.same.Bob", "a spelling of Anna already"),
        ("owners: {same: {Anna: [am], Bob: [anna]}}", "owners.same.Bob", "a spelling here, and a name with"),
        ("owners: {same: {Anna: [am], anna: [a]}}", "owners.same.anna", "the same name as Anna"),
        ("owners: {not_persons: {Ops: squad}}", "owners.not_persons.Ops", "unknown kind of owner"),
        ("owners: {not_persons: {Ops: team, ops: external}}", "owners.not_persons.ops", "the same name as Ops"),
        ("owners: {same: {Ops: [o]},\n not_persons: {ops: team}}", "owners.not_persons.ops", "a person under same"),
        ("owners: {same: {Ann: [Ops]},\n not_persons: {Ops: team}}", "owners.not_persons.Ops", "a person under same"),
        ("owners: {left: [Ops],\n not_persons: {Ops: team}}", "owners.not_persons.Ops", "a person under left"),
        ("owners: {left: Anna}", "owners.left", "not a list"),
        ("owners: {gone: [Anna]}", "owners", "unknown entry"),
        ("sources: [data.csv]", "sources", "not a group of entries"),
        ("rebaseline: [{from: 2026-08-03}]", "rebaseline.because", "required entry is missing"),
        ("rebaseline: [{from: 2026-08-03, because: ''}]", "rebaseline.because", "required entry is missing"),
        ("rebaseline: [{because: a forum}]", "rebaseline.from", "required entry is missing"),
        ("rebaseline: [{from: soon, because: a forum}]", "rebaseline.from", "not a date"),
        ("rebaseline: [{from: 2026-06-30, because: a forum}]", "rebaseline.from", "new limits would begin before"),
        ("rebaseline:\n - {from: 2026-05-04, because: a forum}", "rebaseline.from", "new limits would begin before"),
        (
            "rebaseline: [{from: 2026-08-03, because: a},\n {from: 2026-08-03, because: b}]",
            "rebaseline.from",
            "given twice",
        ),
        ("rebaseline: 2026-08-03", "rebaseline", "not a list"),
    ],
)
def test_a_wrong_entry_is_one_problem_with_its_line(
    refused: Callable[[str], list[Problem]], line: str, column: str, what: str
) -> None:
    """One mistake gives one problem, at the line it stands on, under its full name."""
    problems = refused(line)

    assert 1 == len(problems), [str(problem) for problem in problems]
    assert ("engagement.yml", column) == (problems[0].file, problems[0].column)
    assert problems[0].what.startswith(what)
    assert problems[0].row in (5, 6)


@pytest.mark.parametrize(
    ("entry", "wrong", "remedy"),
    [
        ("as_of: 2026-06-30", "as_of: 2026-06-31", ""),
        ("tz: Europe/Berlin", "tz: Europe/Berln", "Did you mean Europe/Berlin"),
        ("tz: Europe/Berlin", "tz: ../../etc/passwd", ""),
        ("currency: EUR", "currency: euro", ""),
        ("client: Acme", "client: ''", ""),
    ],
)
def test_a_wrong_required_entry_is_not_also_missing(write: Write, entry: str, wrong: str, remedy: str) -> None:
    """A required entry that cannot be read is told once."""
    with pytest.raises(InputError) as caught:
        load_config(write(MINIMUM.replace(entry, wrong)))

    (problem,) = caught.value.problems
    assert problem.remedy.startswith(remedy)


def test_missing_entries_are_asked_for_by_example(write: Write) -> None:
    """An empty file lacks all four required entries, each with a line to copy."""
    with pytest.raises(InputError) as caught:
        load_config(write(""))

    assert ["as_of", "client", "currency", "tz"] == sorted(problem.column for problem in caught.value.problems)
    assert all("Add a line such as" in problem.remedy for problem in caught.value.problems)


def test_unknown_entries_name_the_nearest_known_one(refused: Callable[[str], list[Problem]]) -> None:
    """A misspelled entry would otherwise be ignored in silence."""
    (problem,) = refused("gracedays: 3\n")

    assert ("gracedays", "Did you mean grace_days?") == (problem.value, problem.remedy)


def test_an_entry_given_twice_is_refused(refused: Callable[[str], list[Problem]]) -> None:
    """YAML would silently keep the last one."""
    (problem,) = refused("grace_days: 3\ngrace_days: 5\n")

    assert (6, "given twice") == (problem.row, problem.what)


def test_all_problems_come_at_once_in_the_order_of_the_file(refused: Callable[[str], list[Problem]]) -> None:
    """One report, not one per run."""
    problems = refused("scale: huge\nseed: x\nmin_group: 2\nunheard: 1\n")

    assert [5, 6, 7, 8] == [problem.row for problem in problems]


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("client: Acme\n\tas_of: 2026-06-30\n", 2, "a tab where only spaces may stand"),
        ("client: @Acme\n", 1, "cannot start any token"),
        ("client: Acme: North\n", 1, "mapping values are not allowed"),
        ("client: [Acme\n", 2, "expected"),
        ("client: Ac\x07me\n", 1, "special characters are not allowed"),
        ("- Acme\n", 1, "not a group of entries"),
    ],
)
def test_broken_yaml_is_told_with_its_line(write: Write, text: str, row: int, words: str) -> None:
    """A syntax error names the line and how to get rid of it."""
    with pytest.raises(InputError) as caught:
        load_config(write(text))

    problem = min(caught.value.problems, key=lambda problem: -(problem.row or 0))
    assert row == problem.row
    assert words in problem.what


def test_tags_make_nothing_run(write: Write) -> None:
    """A tag that would call Python in a careless loader is mere text here."""
    assert "print(1)" == load_config(write(MINIMUM.replace("Acme", "!!python/object/apply:eval print(1)"))).client


def test_a_link_out_of_the_folder_is_refused(refused: Callable[[str], list[Problem]], tmp_path: Path) -> None:
    """A path that looks local and leads elsewhere does not get through."""
    (tmp_path / "data").symlink_to("/etc")

    assert ["outside the engagement folder"] == [problem.what for problem in refused("sources: [{file: data/passwd}]")]


def test_a_pattern_that_reaches_out_of_the_folder_is_refused(
    refused: Callable[[str], list[Problem]], tmp_path: Path
) -> None:
    """A pattern finds links as well; where they lead counts."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "link.json").symlink_to("/etc/hostname")

    (problem,) = refused("sources: [{file: 'data/*.json'}]")

    assert ("outside the engagement folder", True) == (problem.what, problem.value.endswith("data/link.json"))


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    """Without engagement.yml the folder is no engagement yet."""
    with pytest.raises(InputError, match="gapkit new"):
        load_config(tmp_path)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """Windows-1252 would turn names into other names."""
    (tmp_path / "engagement.yml").write_bytes("client: Müller".encode("cp1252"))

    with pytest.raises(InputError, match="Save it as UTF-8"):
        load_config(tmp_path)


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    """Windows editors put one in front."""
    (tmp_path / "engagement.yml").write_text(MINIMUM, encoding="utf-8-sig")

    assert "Acme" == load_config(tmp_path).client
