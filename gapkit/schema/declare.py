"""The parts a canonical table is declared from: columns by kind, rules across columns, the table itself.

A table is declared once, as a pandera schema. Everything else that speaks of tables (empty templates, the reference in
docs/tables.md, the list of what to ask a client for, the checks on reading) is read off that declaration through
`Table.fields`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import pandera.pandas as pa

from gapkit.schema.columns import LISTED


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table, as docs, templates and importers need it: a view of the pandera column.

    Attributes
    ----------
    name : str
        Column name, the same in files, code and docs.
    kind : str
        ``id``, ``text``, ``list``, ``date``, ``timestamp``, ``integer``, ``number``, ``money``, ``boolean``, ``category``.
    required : bool
        Whether the column must be there.
    nullable : bool
        Whether a cell may be blank. A required column may be nullable (a survey answer "not applicable").
    allowed : tuple of str
        The words a category may hold; empty for other kinds.
    limits : str
        Range or form in words (``"0 to 1"``, ``"at least 1"``, ``"YYYYQn"``); empty when anything of the kind will do.
    unit : str
        Unit of the numbers (``"calendar days"``, ``"hours"``); empty when it has none.
    description : str
        What the column means, in plain words.
    refers : str
        ``table.column`` the ids point to; empty when they point nowhere.
    """

    name: str
    kind: str
    required: bool
    nullable: bool
    allowed: tuple[str, ...]
    limits: str
    unit: str
    description: str
    refers: str

    def accepts(self) -> str:
        """Return in words what a cell of this column may hold.

        Examples
        --------
        >>> from gapkit import schema
        >>> fields = {field.name: field for field in schema.TABLES["programs"].fields()}
        >>> fields["decision_distance"].accepts(), fields["committed_at"].accepts()
        ('a whole number, at least 0', 'a date')
        """
        base = {
            "id": "an id, read as text",
            "text": "text",
            "list": "a list, items separated by ;",
            "date": "a date",
            "timestamp": "a date with time of day",
            "integer": "a whole number",
            "number": "a number",
            "money": "an amount of money",
            "boolean": "yes or no",
            "category": ", ".join(self.allowed),
        }[self.kind]
        return f"{base}, {self.limits}" if self.limits else base


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that must hold between columns of one row, or between rows of one table.

    Attributes
    ----------
    name : str
        Short name, unique in its table.
    columns : tuple of str
        The columns it looks at; the first is the one named in the message. The rule is silent when one of them is absent.
    broken : callable
        From the table to one boolean per row; True where the rule does not hold. Unknown (null) counts as holding.
    what : str
        The problem in one short sentence without a final stop.
    allowed : str
        What would be accepted.
    remedy : str
        What to do, as an instruction.
    """

    name: str
    columns: tuple[str, ...]
    broken: Callable[[pd.DataFrame], pd.Series]
    what: str
    allowed: str
    remedy: str

    def holds(self, frame: pd.DataFrame) -> pd.Series:
        """Return one boolean per row of `frame`: True where the rule holds or cannot be judged."""
        if not set(self.columns) <= set(frame.columns):
            return pd.Series(True, index=frame.index)
        return ~self.broken(frame).fillna(False).astype(bool)

    def as_check(self) -> pa.Check:
        """Return the rule as a check on the whole frame.

        `ignore_na` must be off: with it pandera passes every row that has a null anywhere, in whatever column.
        """
        return pa.Check(self.holds, name=self.name, error=self.what, ignore_na=False, n_failure_cases=LISTED)


@dataclass(frozen=True)
class Table:
    """A canonical table.

    Attributes
    ----------
    name : str
        Name of the table and of its file, ``data/<name>.csv``.
    purpose : str
        One sentence: what one row is.
    schema : pandera.pandas.DataFrameSchema
        The declaration: columns with types, allowed values, units and descriptions; blocking rules; the key.
    key : tuple of str
        Columns that together are unique. Empty when equal rows may be two real things (two visits of one stage).
    rules : tuple of Rule
        The blocking rules across columns; they are also part of `schema`.
    caveats : tuple of Rule
        Rules whose breach is reported and does not stop the run.
    switches_on : str
        What the table makes measurable.
    ask : str
        How to ask a client for it, in one plain sentence.
    """

    name: str
    purpose: str
    schema: pa.DataFrameSchema
    key: tuple[str, ...]
    rules: tuple[Rule, ...]
    caveats: tuple[Rule, ...]
    switches_on: str
    ask: str

    @cached_property
    def _fields(self) -> tuple[Field, ...]:
        return tuple(_field(name, column) for name, column in self.schema.columns.items())

    def fields(self) -> tuple[Field, ...]:
        """Return the columns in the order in which they are declared."""
        return self._fields

    def field(self, name: str) -> Field:
        """Return one column; KeyError when the table has none of that name."""
        return {field.name: field for field in self._fields}[name]


def declare(
    name: str,
    purpose: str,
    columns: dict[str, pa.Column],
    *,
    key: Sequence[str] = (),
    rules: Sequence[Rule] = (),
    caveats: Sequence[Rule] = (),
    switches_on: str,
    ask: str,
) -> Table:
    """Return a table; the arguments are the attributes of `Table`.

    Extra columns are allowed (kept and ignored), absent optional ones too.
    """
    schema = pa.DataFrameSchema(
        columns,
        checks=[rule.as_check() for rule in rules],
        name=name,
        description=purpose,
        unique=list(key) or None,
        strict=False,
        coerce=False,
    )
    return Table(name, purpose, schema, tuple(key), tuple(rules), tuple(caveats), switches_on, ask)


def _field(name: str, column: pa.Column) -> Field:
    about = column.metadata
    return Field(
        name,
        about["kind"],
        bool(column.required),
        bool(column.nullable),
        about["allowed"],
        about["limits"],
        about["unit"],
        column.description or "",
        about["refers"],
    )


def ordered(first: str, then: str, first_words: str, then_words: str) -> Rule:
    """Return the rule that the day or moment `then` does not lie before `first`."""
    return Rule(
        name=f"{then}_from_{first}",
        columns=(then, first),
        broken=lambda frame: frame[then] < frame[first],
        what=f"{then_words} before {first_words}",
        allowed=f"{then} at or after {first}",
        remedy="Correct the one that is wrong; leave it empty if unknown.",
    )


def at_most(part: str, whole: str, what: str) -> Rule:
    """Return the rule that the number `part` does not exceed `whole`; `what` says its breach."""
    return Rule(
        name=f"{part}_within_{whole}",
        columns=(part, whole),
        broken=lambda frame: frame[part] > frame[whole],
        what=what,
        allowed=f"{part} ≤ {whole}",
        remedy="Correct the one that is wrong; leave it empty if unknown.",
    )


def rising(low: str, mode: str, high: str) -> Rule:
    """Return the rule that a three-point estimate runs low, most likely, high."""
    return Rule(
        name=f"{low}_{mode}_{high}",
        columns=(mode, low, high),
        broken=lambda frame: (frame[mode] < frame[low]) | (frame[high] < frame[mode]) | (frame[high] < frame[low]),
        what="the three-point estimate is not in rising order",
        allowed=f"{low} ≤ {mode} ≤ {high}",
        remedy="Put the lowest, most likely and highest value in this order.",
    )
