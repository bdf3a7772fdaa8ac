"""What `gapkit new` says: what was made, and what to do with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gapkit.labels import label_list

if TYPE_CHECKING:
    from gapkit.scaffold import Forms


def describe_made(folder: Path, name: str) -> Iterator[str]:
    """Yield the lines on a new folder."""
    yield f"Made {folder}. Fill in engagement.yml, put the client's exports into data/, then: gapkit check {name}"
    yield "  data-request.md says what to ask for, interview-guide.md what to ask people; the forms in survey/ can be sent."
    yield f"  Once data/ has people, priorities and codebook: gapkit new {name} --survey has the forms ask about them too."


def describe_forms(made: Forms, name: str) -> Iterator[str]:
    """Yield the lines on forms written again, those left alone, and what cannot be asked yet."""
    if made.written:
        yield f"Wrote {label_list(list(made.written))}"
    if made.left:
        yield f"Left as you have changed it: {label_list(list(made.left))}"
        yield f"  To have one written anew, delete it, then: gapkit new {name} --survey"
    for what, wanted in made.choices.missing:
        yield f"  Not asked: {what}. {wanted} would have it asked."
