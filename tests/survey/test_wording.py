from __future__ import annotations

import pandas as pd

from gapkit.results import Result, not_assessable
from gapkit.survey import wording
from gapkit.survey.gap import GAP_COLUMNS


def gap(*rows: tuple[str, float, float, float, float, float, float]) -> pd.DataFrame:
    """Return a comparison: construct, both means, delta, its limits and the adjusted p."""
    return pd.DataFrame(
        [
            {"construct": name, "first": "leadership", "others": "everybody else", "n_first": 6, "n_others": 30,
             "mean_first": a, "mean_others": b, "delta": delta, "low": low, "high": high, "p": p, "p_adjusted": p,
             "size": "large"}
            for name, a, b, delta, low, high, p in rows
        ],
        columns=list(GAP_COLUMNS),
    )  # fmt: skip


def test_the_largest_difference_shown_is_the_title() -> None:
    """Of what holds after Holm the largest is named, with the side that sees it worse first."""
    worse = ("cadence", 20.0, 60.0, 0.7, 0.4, 0.9, 0.001)
    milder = ("capability", 70.0, 30.0, -0.8, -0.9, -0.5, 0.002)

    assert "Everybody else sees cadence worse than leadership, 60 against 20 of 100" == wording.gap_title(gap(worse))
    assert (
        "Of 2 differences shown this is the largest: leadership sees capability worse than everybody else, 70 against 30 "
        "of 100" == wording.gap_title(gap(worse, milder))
    )


def test_no_difference_says_how_large_one_may_still_be() -> None:
    """Not shown is not none: the limit farthest from nought is named, and where."""
    quiet = gap(("cadence", 20.0, 25.0, 0.1, -0.3, 0.45, 1.0), ("work", 20.0, 25.0, 0.0, -0.62, 0.4, 1.0))

    assert (
        "No difference between leadership and everybody else is shown; on quality of the work the answers still allow one "
        "of 0.62 (Cliff’s delta, at most 1)" == wording.gap_title(quiet)
    )
    assert "is the worse one on 1 of 2 points" in wording.gap_reading(quiet)


def test_priorities_are_alike_only_if_the_interval_says_so() -> None:
    """An interval across one half settles nothing."""
    alike, apart, open_ = (
        wording.concordance_title(Result("priority_concordance", 0.5, low, high, n=20, unit="ratio"))
        for low, high in ((0.5, 0.8), (0.2, 0.45), (0.3, 0.7))
    )

    assert alike.startswith("People rank the priorities largely alike: Kendall’s W 0.50 (0.50 to 0.80)")
    assert apart.startswith("People rank the priorities differently")
    assert open_.startswith("Whether people rank the priorities alike is not settled")


def test_a_problem_is_clearly_seen_if_its_interval_lies_above_the_middle() -> None:
    """None, one and several are three sentences; the worst is named."""
    scores = pd.DataFrame(
        {"construct": ["cadence", "work"], "score": [70.0, 60.0], "low": [62.0, 51.0], "high": [78.0, 69.0]}
    )

    assert "People clearly see 2 problems, cadence the most: 70 (62 to 78) of 100" == wording.perception_title(scores)
    assert wording.perception_title(scores.assign(low=[62.0, 49.0])).startswith("Only cadence is clearly seen")
    assert wording.perception_title(scores.assign(low=49.0)).startswith("On no point do people clearly see")


def test_group_views_shared_split_or_both() -> None:
    """All, none and some are three titles."""
    own = pd.DataFrame({"group": ["A", "A", "B"], "is_shared_view": [True, True, True]})

    assert wording.shared_title(own).startswith("All 3 views of 2 groups are shared")
    assert wording.shared_title(own.assign(is_shared_view=False)).startswith("None of 3 views of 2 groups is shared")
    assert wording.shared_title(own.assign(is_shared_view=[True, False, True])).startswith("2 of 3 views of 2 groups")


def test_unknown_invitations_are_no_rate() -> None:
    """Not known is said, and no noughts are."""
    assert "not known" in wording.participation_title(not_assessable("response_rate", "why"))


def test_silence_that_could_change_sides_is_named() -> None:
    """A bound across the middle is named; bounds on one side say so; without bounds nothing is said."""
    bounds = pd.DataFrame({"construct": ["cadence", "work"], "low_if_absent": [10.0, 40.0], "high_if_absent": [30.0, 60.0]})

    assert wording.unsettled_words(bounds).endswith("on either side of 50 for quality of the work.")
    assert "no score would cross" in wording.unsettled_words(bounds.head(1))
    assert "" == wording.unsettled_words(bounds.assign(low_if_absent=float("nan")))


def test_a_long_list_of_groups_is_left_to_the_appendix() -> None:
    """Thirty names would bury the chart they stand under."""
    short = "Shown together, since one of them has fewer than 5 answers or could be worked out: A and B."
    long = short.replace("A and B", ", ".join(["A long name of a team"] * 30))

    assert short == wording.group_caveat(["x", short])
    assert wording.group_caveat([long]).endswith("could be worked out: those named in the appendix.")


def test_the_spread_of_answers_is_said_once_where_it_is_one_number() -> None:
    """Shares of the most frequent answers; without them the agreement itself."""
    choices = pd.DataFrame({"question": ["Q1", "Q1", "Q2"], "share": [0.8, 0.2, 0.6]})
    agreement = [Result("agreement_Q1", 0.4, 0.2, 0.6, n=8, unit="ratio")]

    assert "given by 60 to 80 % of those" in wording.four_title(choices, agreement)
    assert "Agreement on the strategy questions is 0.40, where 1 is one answer" == wording.four_title(
        choices.head(0), agreement
    )
