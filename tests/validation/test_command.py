from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import validation
from accuracy.cells import Cell
from accuracy.figures import Bar, share
from accuracy.page import BEGIN, END, block, with_block

CELL = Cell("strong", "mid: one killer strong", ("killers",), "one")


def test_a_run_that_was_interrupted_goes_on_where_it_stopped(tmp_path, monkeypatch):
    """What is on file is not computed again, a line that was cut off is; one unfit for the cell is made up for."""
    asked = []

    def trial(cell, number, seed):
        asked.append(number)
        return {"number": number, "programs": 80, "respondents": 5 if number == 1 else 20}

    monkeypatch.setattr(validation, "put_to_trial", trial)
    store = validation.Store(tmp_path)
    store.add(CELL.name, trial(CELL, 0, 1))
    with (tmp_path / "strong.jsonl").open("a") as file:
        file.write('\n{"number": 1, "pro')
    asked.clear()
    with ThreadPoolExecutor(1) as pool:
        trials = validation.compute(CELL, 3, 1, validation.Store(tmp_path), pool)

    assert ([1, 2, 3], [0, 1, 2, 3]) == (sorted(asked), [one["number"] for one in trials])
    assert 3 == sum(CELL.is_fit(one) for one in trials)
    assert {0, 1, 2, 3} == set(store.read(CELL.name))


def test_only_what_stands_between_the_marks_is_replaced():
    """The words of the page stay; written twice, the figures stand there once."""
    figures = share("killers", "planted killer among the first two", "mid", [[False]] * 20, Bar(0.95, "at least"))
    written = block(figures, "python benchmarks/validation.py", 1)
    page = with_block(with_block(f"# Validation\n\n{BEGIN}\n{END}\n\nWords.\n", "old"), written)

    assert "0 of 1 bars are met." in written
    assert "- planted killer among the first two; mid" in written
    assert page.startswith(f"# Validation\n\n{BEGIN}\n\nMade on ")
    assert page.endswith(f"\n\n{END}\n\nWords.\n")
    assert "old" not in page
