from __future__ import annotations

import pandas as pd

from gapkit.plots.spread import MOST_ROWS, counts_by_state, describe_roles, plot_roles
from gapkit.plots.theme import theme

NAN = float("nan")


def roles(*names, damage=0.25):
    return pd.DataFrame({
        "role": list(names), "people": 6, "adequacy": 0.5, "low": 0.4, "high": 0.6, "effective": 0.45, "damage": damage,
    })  # fmt: skip


def skills(*rows):
    return pd.DataFrame(rows, columns=["role", "skill", "state"])


TWO = skills(
    ("writer", "edit", "held by nobody"), ("writer", "write", "covered"), ("designer", "draw", "hangs on one person")
)


def test_skills_are_counted_by_role_and_state():
    """In the order of the roles; a role without such a skill has none."""
    counted = counts_by_state(roles("designer", "writer", "editor"), TWO)

    assert [[0, 1, 0], [1, 0, 1], [0, 0, 0]] == counted.to_numpy().tolist()


def test_each_role_has_its_bars_dots_and_damage():
    """Two roles: two filled dots and two hollow ones for what is left by waiting, two bars of damage."""
    with theme():
        bars, dots, harm = plot_roles(roles("designer", "writer"), TWO)

    assert ["Designer", "Writer"] == [label.get_text() for label in bars.get_yticklabels()]
    assert 4 == sum(line.get_marker() == "o" for line in dots.lines)
    assert [25.0, 25.0] == [bar.get_width() for bar in harm.containers[0]]


def test_a_role_nobody_is_known_to_wait_for_says_so():
    """Unknown is not zero damage."""
    with theme():
        _, _, harm = plot_roles(roles("designer", damage=NAN), TWO)

    assert ["no link known"] == [text.get_text() for text in harm.texts]
    assert "no link known" in describe_roles(roles("designer", damage=NAN), TWO)


def test_many_roles_are_cut_in_the_chart_only():
    """Beyond twelve the reading says how many are shown; long names are wrapped."""
    with theme():
        bars, _, _ = plot_roles(
            roles(*[f"a role with quite a long name indeed, number {k:02d} of twenty" for k in range(20)]), TWO
        )

    assert MOST_ROWS == len(bars.get_yticklabels())
    assert all("\n" in label.get_text() for label in bars.get_yticklabels())


def test_the_alt_text_holds_every_role():
    """Skills by state, adequacy and damage in words."""
    said = describe_roles(roles("writer"), TWO)

    assert "writer: 1 critical skill covered and 1 critical skill held by nobody; has 50 % of what it needs" in said
    assert "others would gain 25 points" in said
