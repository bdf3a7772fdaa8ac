from __future__ import annotations

import re
from pathlib import Path

import pytest

from gapkit.intake.formats import FORMATS, index_markdown
from gapkit.scaffold import tracker_pages

DOCS = Path(__file__).parent.parent / "docs"
PAGES = tracker_pages()
CHAPTERS = ["What to click", "Which fields", "What to send", "What gapkit reads", "What it cannot tell", "How sure"]


def test_the_index_of_trackers_is_what_the_package_reads() -> None:
    """docs/trackers/README.md is made from the formats: make docs."""
    assert index_markdown() == (DOCS / "trackers" / "README.md").read_text(encoding="utf-8")


def test_every_format_has_a_page_and_every_page_a_format() -> None:
    """A consultant finds how to export what gapkit reads, and nothing else."""
    assert {each.tracker for each in FORMATS} == set(PAGES)


@pytest.mark.parametrize("tracker", list(PAGES))
def test_a_page_is_the_same_in_the_docs_and_in_the_data_request(tracker: str) -> None:
    """One text, in two places: make docs."""
    assert PAGES[tracker] == (DOCS / "trackers" / f"{tracker}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("tracker", list(PAGES))
def test_a_page_answers_the_six_questions_and_says_how_sure_it_is(tracker: str) -> None:
    """What to click, which fields, what to send, what is read, what it cannot tell, and whether a real export was tried."""
    page = PAGES[tracker]
    chapters = re.findall(r"^## (.+)$", page, flags=re.MULTILINE)
    sure = page.split("## How sure")[1].casefold()
    tried = any(each.is_verified for each in FORMATS if each.tracker == tracker)

    assert CHAPTERS == [chapter for chapter in chapters if chapter in CHAPTERS]
    assert ("real" in sure) and (tried or "not verified on a real export" in sure)
