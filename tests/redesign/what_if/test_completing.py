from __future__ import annotations

import numpy as np

from gapkit.redesign.what_if.completing import Completer, Tail


def test_a_tail_goes_on_beyond_what_has_elapsed():
    """Given two days have passed of lengths 1, 2, 4 and 8, half of what is left ends at 4."""
    tail = Tail(np.array([1.0, 2.0, 4.0, 8.0]), np.array([0.75, 0.5, 0.25, 0.0]))

    assert [4.0, 8.0] == [tail.draw(2.0, 0.6), tail.draw(2.0, 0.4)]


def test_what_has_lasted_longest_ends_at_once():
    """Beyond the longest length ever seen nothing more is known."""
    tail = Tail(np.array([1.0]), np.array([0.0]))

    assert 5.0 < tail.draw(5.0, 0.5) < 5.1


def test_the_rest_of_the_way_comes_from_a_program_that_went_it(stay):
    """What was cut in legal review goes on as the delivered one did, moved in time."""
    done = (stay("draft", "work", 0, 2), stay("legal", "approval", 2, 5, 1.0), stay("launch", "work", 5, 6))
    known = [(done, "web", True, False)] * 6
    cut = (stay("draft", "work", 10, 11), stay("legal", "approval", 11, 12))
    rng = np.random.default_rng(1)

    whole = Completer([*known, (cut, "web", False, True)]).complete(cut, "web", is_cut=True, rng=rng)

    assert [("draft", 10, 11), ("legal", 11, 14), ("launch", 14, 15)] == [(s.stage, s.start, s.end) for s in whole]
    assert (2.0, 1.0) == (whole[1].wait, whole[1].handled)


def test_a_program_of_the_same_type_is_preferred(stay):
    """An email follows emails."""
    web = (stay("draft", "work", 0, 1), stay("build", "work", 1, 9))
    email = (stay("draft", "work", 0, 1), stay("send", "work", 1, 2))
    known = [(web, "web", True, False)] * 9 + [(email, "email", True, False)]
    own = (stay("draft", "work", 4, 5),)

    whole = Completer(known).complete(own, "email", is_cut=False, rng=np.random.default_rng(3))

    assert ["draft", "send"] == [s.stage for s in whole]


def test_nothing_to_learn_from_leaves_it_as_it_is(stay):
    """Without any delivered program a trace ends where it ended."""
    own = (stay("draft", "work", 4, 5),)

    assert own == Completer([(own, "web", False, False)]).complete(own, "web", is_cut=False, rng=np.random.default_rng(3))
