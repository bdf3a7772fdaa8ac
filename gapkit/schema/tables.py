"""The canonical tables, in the order in which docs list them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from gapkit.schema import fieldwork, money, people, steering, work
from gapkit.schema.declare import Table

TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {table.name: table for room in (work, steering, people, money, fieldwork) for table in room.TABLES}
)
