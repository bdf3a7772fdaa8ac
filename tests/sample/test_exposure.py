from __future__ import annotations

import pytest

from gapkit.sample import Arguments
from gapkit.sample.story import Story, tell
from gapkit.vocabulary import KILLERS

ALL_STRONG = dict.fromkeys(KILLERS, "strong")


@pytest.fixture(scope="module")
def everything() -> Story:
    return tell(Arguments(seed=7, killers=ALL_STRONG))


@pytest.mark.parametrize("killer", KILLERS)
def test_a_stronger_killer_exposes_more_of_the_same_programs(killer: str, everything: Story) -> None:
    """Who is exposed at low severity is exposed at high severity too: the draws are the same."""
    calm = tell(Arguments(seed=7, killers={**ALL_STRONG, killer: 0.0}))
    weak, strong = calm.exposed[killer], everything.exposed[killer]

    assert weak.sum() < strong.sum()
    assert (strong | ~weak).all()


@pytest.mark.parametrize("killer", KILLERS)
def test_a_cleared_killer_exposes_nobody_and_leaves_the_others(killer: str, everything: Story) -> None:
    """Freed of one killer, every program keeps its exposure to the other four."""
    freed = tell(Arguments(seed=7, killers=ALL_STRONG), cleared=[killer])
    others = [name for name in KILLERS if name != killer]

    assert not freed.exposed[killer].any()
    assert everything.exposed[others].equals(freed.exposed[others])


def test_paths_begin_with_the_brief_and_end_with_the_launch(everything: Story) -> None:
    """Every program is briefed first and launched last."""
    ends = {(path[0].name, path[-1].name) for path in everything.exposed["path"]}

    assert {("brief", "launch")} == ends
