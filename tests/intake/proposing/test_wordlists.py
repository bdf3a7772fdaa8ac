from __future__ import annotations

import re
from collections import defaultdict

from gapkit.intake.proposing.guess import tokens_of
from gapkit.intake.proposing.wordlists import MILD, SENSES, TYPES
from gapkit.vocabulary import PROGRAM_TYPES, STAGE_KINDS, STATUSES


def twice(words: dict[str, str]) -> dict[tuple[str, ...], set[str]]:
    """Phrases that stand under several names."""
    names = defaultdict(set)
    for name, text in words.items():
        for phrase in re.split(r"[,\n]", text):
            names[tokens_of(phrase)].add(name)
    return {phrase: where for phrase, where in names.items() if phrase and len(where) > 1}


def test_no_phrase_has_two_senses() -> None:
    """Else the order of the lists would decide what a word means."""
    assert {} == twice({sense.name: sense.words for sense in SENSES})
    assert {} == twice(dict(TYPES))


def test_senses_are_of_the_vocabulary() -> None:
    """What a sense proposes can be written into engagement.yml; a doubt is a question."""
    assert {sense.status for sense in SENSES} <= set(STATUSES)
    assert {sense.kind for sense in SENSES} <= {*STAGE_KINDS, ""}
    assert all(sense.doubt == "" or sense.doubt.endswith("?") for sense in SENSES)
    assert {sense.name for sense in SENSES} >= MILD
    assert {*TYPES, "other"} == set(PROGRAM_TYPES)
