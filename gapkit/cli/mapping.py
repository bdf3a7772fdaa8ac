"""What `gapkit check` says of files nobody asks for, and how `--write-mapping` brings them into engagement.yml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gapkit.config import load_config
from gapkit.config.edit import add_source, add_words, read_as_written, replace_text
from gapkit.config.nodes import FILE
from gapkit.errors import InputError, Problem
from gapkit.intake.finding.unlisted import MissingWords, Unlisted, find_missing_words, find_unlisted
from gapkit.labels import label_count

MARGIN = "      "


def describe_unlisted(folder: Path, name: str) -> Iterator[str]:
    """Yield the lines on files that no source asks for: what each looks like, why, and the entry that would read it.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    name : str
        What the engagement is called on the command line.

    Raises
    ------
    InputError
        When engagement.yml cannot be read.
    """
    unlisted = find_unlisted(folder, load_config(folder))
    if not unlisted:
        return
    yield "Files nothing asks for"
    for each in unlisted:
        yield from _describe(each)
        if each.proposal:
            yield f"{MARGIN}proposed for sources: in {FILE}"
            yield from (f"{MARGIN}  {line}" for line in each.proposal.text.splitlines())
    if any(each.proposal for each in unlisted):
        yield f"  To have them added: gapkit check {name} --write-mapping"
    yield ""


def write_mapping(folder: Path, name: str) -> Iterator[str]:
    """Add what is proposed to engagement.yml and yield the lines that say what was written.

    Files nobody asks for become sources; sources that are there get the words they lack. Done twice, the second time adds
    nothing.

    Parameters
    ----------
    folder, name
        As in `describe_unlisted`.

    Raises
    ------
    InputError
        When engagement.yml cannot be read, has `sources:` written in a way that cannot be added to, or was changed in the
        meantime; it is then untouched. Also, after all the rest is done, for words that have to be pasted by hand.
    """
    config = load_config(folder)
    before = read_as_written(folder / FILE)
    unlisted, words = find_unlisted(folder, config), tuple(find_missing_words(folder, config))
    after = before
    for each in unlisted:
        after = add_source(after, each.proposal.text) if each.proposal else after
    added: list[MissingWords] = []
    refused: list[Problem] = []
    for lacking in words:
        try:
            longer = add_words(after, *lacking)
        except InputError as error:
            refused += error.problems
            continue
        added += [lacking] if longer != after else []
        after = longer
    if after != before:
        replace_text(folder / FILE, before, after)
    yield from _describe_written(unlisted, added, name)
    if refused:
        raise InputError(refused)


def _describe_written(unlisted: Sequence[Unlisted], added: Sequence[MissingWords], name: str) -> Iterator[str]:
    """Yield what was written, what it asks, and what could not be."""
    proposed = [each for each in unlisted if each.proposal]
    if proposed or added:
        yield f"Added to {FILE}"
    for each in unlisted:
        yield from _describe(each)
        if each.proposal:
            yield from (f"{MARGIN}asked there: {question}" for question in each.proposal.questions)
    for file, key, lines in added:
        yield f"  {file}: {label_count(len(lines), 'word')} to {key}"
        yield from (f"{MARGIN}{line}" for line in lines)
    if proposed or added:
        yield f"  Confirm these lines in {FILE}, then: gapkit check {name}"
    else:
        yield f"Nothing to add to {FILE}: every file that can be read is asked for, every word has a line."
    yield ""


def _describe(each: Unlisted) -> Iterator[str]:
    """Yield what a file looks like and, where nothing can be proposed, why and what to do."""
    yield f"  {each.file}: {each.reason}"
    yield from (f"{MARGIN}{problem}" for problem in each.problems)
    if each.remedy:
        yield f"{MARGIN}{each.remedy}"
