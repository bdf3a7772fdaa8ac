"""A query against the client's database to a sheet, types kept as the database stores them.

The address of the database, which holds its password, stands in an environment variable and stays there: no message quotes
it, and no error that could is let through.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from gapkit.errors import InputError, Problem
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.fetched import columns_of
from gapkit.intake.reading.records import Sheet

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, CursorResult, Engine
    from sqlalchemy.exc import SQLAlchemyError

    from gapkit.config import Source

CHUNK: Final = 50_000  # rows turned into columns at a time: as Python objects they take ten times the room
TIMEOUT_S: Final = 15  # a server that is not there is said to be missing, rather than waited for
SHORT: Final = 300
# What makes a transaction refuse to write, where one statement does.
READ_ONLY: Final = {"postgresql": "SET TRANSACTION READ ONLY", "sqlite": "PRAGMA query_only = ON"}
JSON_TYPES: Final = (114, 3802)  # json and jsonb in PostgreSQL, which come as Python lists like its arrays do
EXAMPLE: Final = "postgresql://user:password@host:5432/database"

# Why there is no connection, by what drivers say; their own words quote parts of the address.
REFUSALS: Final = (
    (
        "the database refuses the user or the password",
        r"password|authentication|access denied|login failed|role .* not exist",
    ),
    ("the server has no database of that name", r"database .* not exist|unknown database"),
    ("no server of that name is known", r"translate host|resolve|name or service|getaddrinfo|unknown host"),
    ("no database answers at this address", r"refused|no such file|unable to open|unreachable|is the server running"),
    ("the database did not answer in time", r"time(?:d )?-?out"),
    ("the connection cannot be encrypted as asked for", r"ssl|tls|certificate"),
)


def read_query(source: Source) -> Sheet:
    """Run the query of a source and return its rows.

    Parameters
    ----------
    source : Source
        An entry with `sql`, `url_env` and `table`.

    Returns
    -------
    Sheet
        Rows numbered from 1; types as `reading.fetched.columns_of` says.

    Raises
    ------
    InputError
        When there is no address, no driver, no connection, or the database refuses the query.

    Notes
    -----
    The transaction is rolled back at the end, and set to read only first in PostgreSQL and SQLite.
    """
    outcome = _run(source)
    if isinstance(outcome, Problem):  # raised here, where nothing in sight knows the address
        raise InputError([outcome])
    return outcome


def query_name(source: Source) -> str:
    """Return what a query is called where a file would be named.

    Examples
    --------
    >>> from gapkit.config import Source
    >>> query_name(Source(sql="select 1", line=12))
    'query (engagement.yml, line 12)'
    """
    return f"query (engagement.yml, line {source.line})"


def digest_of(sheet: Sheet) -> str:
    """Return the SHA-256 of the rows of a query, whatever the order of its rows and columns.

    Examples
    --------
    >>> cells = [pd.DataFrame({0: ["a", "b"], 1: [1, 2]}), pd.DataFrame({0: [2, 1], 1: ["b", "a"]})]
    >>> one = Sheet("query", "", "sql", ("id", "n"), cells[0])
    >>> digest_of(one) == digest_of(Sheet("query", "", "sql", ("n", "id"), cells[1]))
    True
    """
    places = sorted(range(len(sheet.columns)), key=lambda place: sheet.columns[place])
    cells = pd.DataFrame({str(number): _hashable(sheet.cells.iloc[:, place]) for number, place in enumerate(places)})
    rows = np.sort(pd.util.hash_pandas_object(cells, index=False).to_numpy("uint64")) if places else np.array([])
    names = "\0".join(sheet.columns[place] for place in places)
    return hashlib.sha256(names.encode() + b"\0" + rows.tobytes()).hexdigest()


def _hashable(cells: pd.Series) -> pd.Series:
    return as_text(cells) if cells.dtype == object else cells


def _run(source: Source) -> Sheet | Problem:
    engine = _engine(source)
    if isinstance(engine, Problem):
        return engine
    try:
        return _fetch(engine, source)
    finally:
        engine.dispose()


def _problem(source: Source, what: str, *, column: str = "url_env", allowed: str = "", remedy: str = "") -> Problem:
    value = source.url_env if column == "url_env" else " ".join(source.sql.split())[:80]
    return Problem(what, "engagement.yml", "", source.line or None, column, value, allowed, remedy, source.table)


def _engine(source: Source) -> Engine | Problem:
    """Return what opens connections to the address in the source's variable."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import NoSuchModuleError
    from sqlalchemy.pool import NullPool

    text = os.environ.get(source.url_env, "").strip()
    if not text:
        what, remedy = "the environment variable is not set", f"Set it before you run gapkit, to {EXAMPLE}"
        return _problem(source, what, remedy=remedy)
    try:
        url = _url(text)
        return create_engine(url, poolclass=NullPool, connect_args=_connect_args(url), hide_parameters=True)
    except NoSuchModuleError:
        allowed = "an address that begins with postgresql://, mysql+pymysql://, mssql+pyodbc://, sqlite:/// …"
        return _problem(source, "the address in the variable is of an unknown kind of database", allowed=allowed)
    except ImportError as error:
        return _no_driver(source, error.name or "", is_postgres=text.startswith("postgres"))
    except Exception:  # whatever it is, its message may quote the address
        return _problem(source, "the address in the variable cannot be read", allowed=EXAMPLE)


def _url(text: str) -> URL:
    """Return the address; PostgreSQL without a driver means the one that the extra installs."""
    from sqlalchemy import make_url

    url = make_url(re.sub("^postgres(?=[:+])", "postgresql", text))
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _connect_args(url: URL) -> dict[str, Any]:
    is_given = "connect_timeout" in url.query
    return {"connect_timeout": TIMEOUT_S} if url.drivername.startswith("postgresql+psycopg") and not is_given else {}


def _no_driver(source: Source, module: str, *, is_postgres: bool) -> Problem:
    driver = f" ({module})" if re.fullmatch(r"[\w.]+", module) else ""
    remedy = "Install the driver that the address names with pip."
    if is_postgres:
        also = "" if module == "psycopg" else ", and begin the address with postgresql://"
        remedy = f'pip install "gapkit[postgres]"{also}'
    return _problem(source, f"the driver for this kind of database is not installed{driver}", remedy=remedy)


def _fetch(engine: Engine, source: Source) -> Sheet | Problem:
    from sqlalchemy.exc import SQLAlchemyError

    missing = _missing_file(engine.url)
    try:
        connection = None if missing else engine.connect()
    except Exception as error:  # whatever it is, its message may quote the address
        return _problem(
            source, _why(str(error)), remedy="Correct the address in the variable, and see that it is reachable."
        )
    if connection is None:
        return _problem(source, "there is no such SQLite file", remedy="Correct the address in the variable.")
    with connection:  # leaving it rolls back
        try:
            return _rows(connection, source)
        except SQLAlchemyError as error:
            what = f"the database refuses the query: {_said(error, engine.url)}"
            return _problem(source, what, column="sql", remedy="Correct the query; try it in the database's own client.")


def _missing_file(url: URL) -> bool:
    """Return whether an SQLite file is absent: connecting would make an empty one."""
    name = url.database or ""
    is_file = url.get_backend_name() == "sqlite" and name not in ("", ":memory:") and not name.startswith("file:")
    return is_file and not Path(name).is_file()


def _why(message: str) -> str:
    found = (what for what, pattern in REFUSALS if re.search(pattern, message, flags=re.IGNORECASE))
    return next(found, "the database cannot be reached")


def _said(error: SQLAlchemyError, url: URL) -> str:
    """Return what the database says of a query, shortened, every part of its address blotted out."""
    diagnosis = getattr(getattr(error, "orig", None), "diag", None)
    said = getattr(diagnosis, "message_primary", None) or str(getattr(error, "orig", None) or type(error).__name__)
    parts = {str(part) for part in (*url.translate_connect_args().values(), *_flat(url.query.values())) if part}
    for part in sorted(parts, key=len, reverse=True):
        said = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "…", said)
    return " ".join(said.split())[:SHORT]


def _flat(values: Iterable[str | tuple[str, ...]]) -> list[str]:
    return [each for value in values for each in (value if isinstance(value, tuple) else (value,))]


def _rows(connection: Connection, source: Source) -> Sheet | Problem:
    read_only = READ_ONLY.get(connection.dialect.name)
    if read_only:
        connection.exec_driver_sql(read_only)
    # The query as it stands: % and : in it are no parameters.
    result = connection.exec_driver_sql(source.sql, execution_options={"no_parameters": True})
    if not result.returns_rows:
        remedy = "Write a query that begins with select."
        return _problem(source, "the query returns no rows", column="sql", remedy=remedy)
    columns = _columns(result)
    rows = pd.RangeIndex(1, len(columns[0]) + 1 if columns else 1, name="row")
    cells = pd.DataFrame(dict(enumerate(columns)), copy=False).set_axis(rows) if columns else pd.DataFrame(index=rows)
    return Sheet(file=query_name(source), sheet="", format="sql", columns=tuple(result.keys()), cells=cells)


def _columns(result: CursorResult[Any]) -> list[pd.Series]:
    """Return the columns of a result, fetched in parts."""
    assert result.cursor is not None
    kinds = [description[1] for description in result.cursor.description]
    return columns_of(result.partitions(CHUNK), [kind in JSON_TYPES for kind in kinds])
