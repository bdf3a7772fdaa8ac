"""What Trello's two exports share: the word a person reads of a card, and when an id was made.

Being archived says nothing of being finished, so it is part of the word and not of its meaning: "TODO (archived)" is a word
of its own for the consultant to map. Only what had ended already stays ended when it is put away: where `statuses:` says
that DONE is delivered, "DONE (archived)" is delivered as well, unless it says otherwise.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from gapkit.intake.reading.header import name_key

if TYPE_CHECKING:
    from gapkit.config import Source

ARCHIVED: Final = " (archived)"
ENDED: Final = ("delivered", "cancelled", "merged")
ID: Final = re.compile(r"[0-9a-f]{24}")


def word_of(list_name: str, is_archived: bool) -> str:
    """Return the status of a card as a person sees it.

    Examples
    --------
    >>> word_of("TODO", True), word_of("TODO", False)
    ('TODO (archived)', 'TODO')
    """
    return list_name + ARCHIVED if list_name and is_archived else list_name


def meanings_of(words: Iterable[str], source: Source) -> dict[str, Mapping[str, str]]:
    """Return what the words of archived cards mean where the word of the list says that its cards have ended.

    Parameters
    ----------
    words : iterable of str
        Every status word seen.
    source : Source
        Its `statuses:` say what lists mean.

    Examples
    --------
    >>> from gapkit.config import Source
    >>> source = Source(statuses={"Done": {"status": "delivered"}, "Doing": {"status": "in_progress"}})
    >>> meanings_of(["Done (archived)", "Doing (archived)"], source)
    {'Done (archived)': {'status': 'delivered'}}
    """
    ended = {name_key(seen): meaning for seen, meaning in source.statuses.items() if meaning.get("status") in ENDED}
    lists = {word: name_key(word.removesuffix(ARCHIVED)) for word in words if word.endswith(ARCHIVED)}
    return {word: ended[name] for word, name in sorted(lists.items()) if name in ended}


def made_at(card_id: str) -> str:
    """Return the moment in which Trello made an id, empty when the id is not one of Trello's.

    Its first eight hexadecimal digits count the seconds since 1970.

    Examples
    --------
    >>> made_at("5d6ccf89bdc0466c9e916ae0"), made_at("12")
    ('2019-09-02T08:15:05Z', '')
    """
    if not ID.fullmatch(card_id):
        return ""
    return dt.datetime.fromtimestamp(int(card_id[:8], 16), dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
