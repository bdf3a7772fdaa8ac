from __future__ import annotations

import pytest

from gapkit.measurement.explanations.comparison_group import comparison_group


def teams(rows, treated, others, rose_with=0):
    """Teams of ten programs: half met before; after nine under the new model, and five (plus `rose_with`) elsewhere."""
    made = []
    for number in range(treated + others):
        is_new, met = number < treated, 9 if number < treated else 5 + rose_with
        made += rows(f"B{number}", "2026-02-10", 5, 5, team=f"T{number}")
        made += rows(f"A{number}", "2026-08-10", met, 10 - met, team=f"T{number}", new_model=is_new)
    return made


def test_teams_under_the_new_model_changed_more(compared, rows):
    """Four teams +40 pp, three teams 0: a difference of 40 pp, and no common cause."""
    told = comparison_group(*compared(programs=teams(rows, 4, 3)))

    assert told.result.value == pytest.approx(0.4)
    assert told.standing == "does not explain it"
    assert "4 teams under the new model went from 50 % to 90 % (+40 pp), 3 teams not yet under it" in told.sentence
    assert told.caveats[0].startswith("A team counts as not yet under the new model")


def test_what_reached_every_team_may_explain_it(compared, rows):
    """Both groups +40 pp: the difference is zero."""
    told = comparison_group(*compared(programs=teams(rows, 4, 3, rose_with=4)))

    assert told.result.value == pytest.approx(0)
    assert told.standing == "may explain it"


@pytest.mark.parametrize(("treated", "others"), [(5, 2), (2, 5), (6, 0)])
def test_never_with_fewer_than_three_teams_in_an_arm(compared, rows, treated, others):
    """No figure; how many there are, and what would switch it on."""
    told = comparison_group(*compared(programs=teams(rows, treated, others)))

    assert (told.standing, told.result) == ("cannot be told", None)
    assert "each group needs three" in told.sentence and "new_model" in told.sentence


def test_without_the_column_it_is_not_measured(compared, rows):
    """Nothing says which programs ran under the new model."""
    told = comparison_group(*compared(programs=rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 25, 5)))

    assert told.sentence.startswith("Not measured: new_model")
