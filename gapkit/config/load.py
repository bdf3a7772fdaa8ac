"""Reading engagement.yml: all that is wrong with it at once, each with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

import yaml

from gapkit.calendar import next_quarter, quarter_end
from gapkit.config.confirmed import read_links, read_owners
from gapkit.config.model import MIN_CHANGE, MIN_GROUP, PRIMARY_MEASURES, Brand, EngagementConfig, Rebaseline
from gapkit.config.nodes import FILE, NodeReader, Read, compose, is_null
from gapkit.config.rebaseline import read_rebaseline, rebaseline_problems
from gapkit.config.settings import Settings
from gapkit.config.sources import read_source
from gapkit.errors import InputError, Problem
from gapkit.vocabulary import SCALES

REQUIRED: Final = {
    "client": "client: Name of the client",
    "as_of": "as_of: 2026-03-31",
    "tz": "tz: America/New_York",
    "currency": "currency: USD",
}


def load_config(folder: str | Path) -> EngagementConfig:
    """Read and check an engagement's engagement.yml.

    Parameters
    ----------
    folder : str or Path
        The engagement folder.

    Returns
    -------
    EngagementConfig
        With the method's default for everything not given.

    Raises
    ------
    InputError
        With all problems found, each with its line.
    """
    folder = Path(folder)
    text = _read_text(folder)
    reader = NodeReader(folder, text)
    nodes = reader.mapping(compose(text, FILE), "", _readers(reader))
    values = {name: read(nodes[name], name) for name, read in _readers(reader).items() if name in nodes}
    for name in REQUIRED.keys() - nodes.keys():
        remedy = f"Add a line such as: {REQUIRED[name]}"
        reader.problems.append(Problem("required entry is missing", FILE, column=name, remedy=remedy))
    _stop_at(reader.problems)
    values["given_baseline_quarters"] = values.pop("baseline_quarters", ())
    config = EngagementConfig(**values)
    _check_periods(reader, nodes, config)
    reader.problems.extend(rebaseline_problems(config))
    _stop_at(reader.problems)
    return config


def _stop_at(problems: list[Problem]) -> None:
    if problems:
        raise InputError(sorted(problems, key=lambda problem: (problem.row or 0, problem.column)))


def _read_text(folder: Path) -> str:
    try:
        return (folder / FILE).read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        what, remedy = "there is no engagement.yml", "Create the engagement with: gapkit new NAME"
    except UnicodeDecodeError:
        what, remedy = "not a UTF-8 text file", "Save it as UTF-8 in your editor."
    except OSError as error:
        what, remedy = f"cannot be read ({error.strerror})", "Check the file and its permissions."
    raise InputError([Problem(what, FILE, value=str(folder), remedy=remedy)])


def _readers(reader: NodeReader) -> dict[str, Read]:
    """Return the reader of every entry, in the order in which the template lists them."""
    return {
        "client": partial(reader.matching, pattern=".+", allowed="the client's name"),
        "as_of": reader.day,
        "tz": reader.zone,
        "currency": partial(reader.matching, pattern="[A-Z]{3}", allowed="a three-letter code such as USD or EUR"),
        "started_on": reader.day,
        "scale": partial(reader.choice, words=SCALES),
        "weekmask": partial(
            reader.matching, pattern="(?=.*1)[01]{7}", allowed="seven digits from Monday, 1 for a working day: 1111100"
        ),
        "holidays": partial(reader.sequence, read=reader.day),
        "fiscal_start_month": partial(reader.whole, low=1, high=12),
        "baseline_quarters": partial(_quarters, reader),
        "measure_start": reader.day,
        "measure_end": reader.day,
        "rebaseline": partial(_rebaseline, reader),
        "primary": partial(reader.choice, words=PRIMARY_MEASURES, what="unknown measure"),
        "min_change": partial(_min_change, reader),
        "grace_days": reader.whole,
        "freeze_bdays": reader.whole,
        "late_horizon_days": reader.whole,
        "stall_days": partial(reader.whole, low=1),
        "ttm_clock": partial(reader.choice, words=("commitment", "brief")),
        "ttm_horizon_days": partial(_horizon, reader),
        "otif_target": partial(reader.number, low=0, high=1),
        "min_group": partial(_min_group, reader),
        "seed": reader.whole,
        "sources": partial(reader.sequence, read=partial(read_source, reader)),
        "links": partial(read_links, reader),
        "owners": partial(read_owners, reader),
        "brand": partial(_brand, reader),
        "paper": partial(reader.choice, words=("a4", "letter")),
        "settings": partial(_settings, reader),
    }


def _quarters(reader: NodeReader, node: yaml.Node, key: str) -> tuple[str, ...]:
    read = partial(reader.matching, pattern=r"\d{4}Q[1-4]", allowed="a fiscal quarter such as 2026Q1")
    before = len(reader.problems)
    quarters = reader.sequence(node, key, read)
    if len(reader.problems) == before and (len(quarters) != 2 or len(set(quarters)) != 2):
        reader.refuse(node, key, "not two different quarters", allowed="[2025Q4, 2026Q1]", value=", ".join(quarters))
    elif len(reader.problems) == before and next_quarter(min(quarters)) != max(quarters):
        remedy = "Pace is read over the whole window, so it may have no gap."
        what, seen = "not two quarters in a row", ", ".join(quarters)
        reader.refuse(node, key, what, allowed="[2025Q4, 2026Q1]", value=seen, remedy=remedy)
    return tuple(sorted(quarters))


def _rebaseline(reader: NodeReader, node: yaml.Node, key: str) -> tuple[Rebaseline, ...]:
    decided = reader.sequence(node, key, partial(read_rebaseline, reader))
    return tuple(sorted(decided, key=lambda one: one.from_on))


def _horizon(reader: NodeReader, node: yaml.Node, key: str) -> int | None:
    days = reader.choice(node, key, ("90", "120"), "not a horizon of the method")
    return None if days is None else int(days)


def _min_group(reader: NodeReader, node: yaml.Node, key: str) -> int | None:
    size = reader.whole(node, key)
    if size is not None and size < MIN_GROUP:
        remedy = "Figures of smaller groups would give away what single people said."
        reader.refuse(node, key, "too small to protect people", allowed=f"{MIN_GROUP} or more", remedy=remedy)
    return size


def _min_change(reader: NodeReader, node: yaml.Node, key: str) -> dict[str, float]:
    more, less = partial(reader.number, low=0.001, high=10), partial(reader.number, low=-0.999, high=-0.001)
    readers: dict[str, Read] = {name: less if usual < 0 else more for name, usual in MIN_CHANGE.items()}
    return {**MIN_CHANGE, **reader.read(node, key, readers)}


def _settings(reader: NodeReader, node: yaml.Node, key: str) -> Settings:
    readers: dict[str, Read] = {
        item.name: partial(reader.whole if isinstance(item.default, int) else reader.number, low=item.metadata["low"])
        for item in fields(Settings)
    }
    return Settings(**reader.read(node, key, readers))


def _brand(reader: NodeReader, node: yaml.Node, key: str) -> Brand:
    readers: dict[str, Read] = {
        "accent": partial(reader.matching, pattern="#[0-9a-fA-F]{6}", allowed='a colour in quotes, such as "#17497f"'),
        "logo": partial(_logo, reader),
        "firm": reader.text,
    }
    if isinstance(node, yaml.MappingNode):
        _refuse_unquoted_colour(reader, node, f"{key}.accent")
    return Brand(**reader.read(node, key, readers))


def _refuse_unquoted_colour(reader: NodeReader, brand: yaml.MappingNode, key: str) -> None:
    """Refuse ``accent: #17497f``: to YAML that is a comment, and the colour would be dropped in silence."""
    for name, value in brand.value:
        line = reader.lines[name.start_mark.line].strip()
        if name.value == "accent" and is_null(value) and "#" in line:
            remedy = 'Put the colour in quotes: accent: "#17497f"'
            reader.refuse(name, key, "a colour without quotes is read as a comment", value=line, remedy=remedy)


def _logo(reader: NodeReader, node: yaml.Node, key: str) -> str | None:
    path = reader.path(node, key)
    if path is None:
        return None
    if PurePosixPath(path).suffix.lower() not in (".svg", ".png", ".jpg", ".jpeg"):
        reader.refuse(node, key, "not a picture the report can hold", allowed="an .svg, .png or .jpg file")
    elif not (reader.folder / path).is_file():
        reader.refuse(node, key, "there is no such file", remedy="Put the logo into the engagement folder.")
    return path


def _check_periods(reader: NodeReader, nodes: Mapping[str, yaml.Node], config: EngagementConfig) -> None:
    """Refuse periods that contradict each other: an unfinished baseline quarter, a window that overlaps the baseline."""
    last, as_of = config.baseline_quarters[-1], config.as_of_for("diagnose")
    baseline_end = quarter_end(last, config.fiscal_start_month)
    if baseline_end > as_of:
        reader.refuse(
            nodes["baseline_quarters"],
            "baseline_quarters",
            f"{last} is not over when the diagnosis is read",
            value=", ".join(config.baseline_quarters),
            allowed=f"quarters that end by {as_of.isoformat()}",
            remedy="Choose earlier quarters, or leave the entry out: the last two complete ones are taken.",
        )
    start, end = config.measure_start, config.measure_end
    if start is None or end is None:
        given = "measure_start" if start else "measure_end"
        if start or end:
            reader.refuse(nodes[given], given, "only one end of the measure window", remedy="Give both ends, or neither.")
    elif end < start:
        reader.refuse(nodes["measure_end"], "measure_end", "before measure_start", allowed=f"{start.isoformat()} or later")
    elif start <= baseline_end:
        reader.refuse(
            nodes["measure_start"],
            "measure_start",
            f"the measure window begins before the baseline ({', '.join(config.baseline_quarters)}) is over",
            allowed=f"a day after {baseline_end.isoformat()}",
            remedy="Move it, or name earlier baseline_quarters, or give started_on, from which they follow.",
        )
