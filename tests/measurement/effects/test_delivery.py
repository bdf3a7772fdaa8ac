from __future__ import annotations

import datetime as dt

import pytest

from gapkit.baseline.outcomes import judge_programs
from gapkit.measurement.effects import estimate_effects
from gapkit.measurement.effects.delivery import commitments_due, compare_rates, delivery_rates, measure_after
from gapkit.results import Result


@pytest.fixture
def effects(compared, rows):
    """Effects of 2026Q3 with the given counts on time, against a frozen on-time rate of 31 of 62."""

    def build(on_time, late, **options):
        found = compared(programs=rows("A", due="2026-08-20", on_time=on_time, late=late), **options)
        return {item.measure: item for item in estimate_effects(found)}

    return build


def test_the_worked_example_of_the_method(effects):
    """31 of 62 before, 23 of 30 after: +27 pp, 95 % CI 5 to 43, improved, size uncertain."""
    found = effects(23, 7)["on_time_rate"]

    assert (found.judgement.verdict, found.judgement.qualification) == ("improved", "size uncertain")
    assert "31 of 62 before" in found.sentence
    assert "23 of 30 after" in found.sentence
    assert "+27 pp, 95 % CI +5 to +43 pp" in found.sentence
    assert found.sentence.endswith("other causes possible.")


@pytest.mark.parametrize(
    ("after", "before", "limits"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
    ],
)
def test_newcombe_by_its_published_numbers(after, before, limits):
    """Method 10 of Newcombe (1998b), table II."""
    sides = [Result("r", x / n, n=n, events=x) for x, n in (before, after)]

    gap, _ = compare_rates(*sides)

    assert limits == (round(gap.low, 4), round(gap.high, 4))


def test_boschloo_with_the_periods_as_samples():
    """56/70 v 48/80: p .00884 (scipy.stats.boschloo_exact, columns as samples)."""
    _, p_value = compare_rates(Result("r", 0.6, n=80, events=48), Result("r", 0.8, n=70, events=56))

    assert p_value == pytest.approx(0.00884, abs=1e-5)


def test_swapping_the_periods_flips_the_sign():
    """What is gained one way is lost the other way, with the same p."""
    sides = Result("r", 0.6, n=80, events=48), Result("r", 0.8, n=70, events=56)
    (there, p_there), (back, p_back) = compare_rates(*sides), compare_rates(*sides[::-1])

    assert there.value == pytest.approx(-back.value)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert p_there == pytest.approx(p_back)


def test_the_frozen_counts_stand(compared, rows):
    """Whatever today's tables say of the baseline quarters, the frozen figures are the yardstick."""
    found = compared(programs=rows("B", due="2026-02-20", on_time=40) + rows("A", due="2026-08-20", on_time=20, late=10))

    drafts = {draft.measure: draft for draft in delivery_rates(found)}

    assert drafts["on_time_rate"].before is found.frozen.results["on_time_rate"]


def test_the_primary_measure_comes_first_and_alone_is_judged_by_its_interval(effects):
    """The others carry Holm-adjusted p-values."""
    found = effects(23, 7)

    assert next(iter(found)) == "on_time_rate"
    assert found["on_time_rate"].adjusted_p is None
    assert found["execution_rate"].adjusted_p is not None
    assert found["execution_rate"].adjusted_p >= found["execution_rate"].p_value


def test_too_little_data_and_not_measured_stay_apart(effects):
    """Eight commitments due give no verdict; a measure nobody recorded is not measured."""
    found = effects(5, 3)

    assert found["on_time_rate"].judgement.verdict == "too little data"
    assert found["otif_rate"].judgement.verdict == "not measured"
    assert "5 of 8 after" in found["on_time_rate"].sentence


def test_too_little_data_says_what_is_needed_and_how_long_it_takes(effects):
    """62 before at 50 %: no number after shows +10 pp; +17 pp is the least such a baseline can show."""
    needed = effects(5, 3)["on_time_rate"].needed

    assert (
        needed == "A baseline of 62 programs is too small to show +10 pp, however many follow; at best it can show +17 pp."
    )


def test_without_recorded_deliveries_nothing_is_measured(effects):
    """A tracker that cannot tell a delivery gives no rate of zero."""
    found = effects(0, 12, records_delivery=False)

    assert {found[name].judgement.verdict for name in ("on_time_rate", "execution_rate", "velocity_per_week")} == {
        "not measured"
    }


def test_only_commitments_whose_day_has_passed_are_judged(compared):
    """Due after the data was read: not yet; due before the window: no longer."""
    found = compared(
        as_of=dt.date(2026, 7, 15),
        programs=[
            {"program_id": "in", "committed_at": "2026-07-01", "baseline_end": "2026-07-10"},
            {"program_id": "before", "committed_at": "2026-01-01", "baseline_end": "2026-03-31"},
            {"program_id": "later", "committed_at": "2026-07-01", "baseline_end": "2026-07-20"},
            {"program_id": "added", "committed_at": "2026-07-14", "baseline_end": "2026-07-14"},
        ],
    )

    due = commitments_due(found.after.judged, dt.date(2026, 7, 1), dt.date(2026, 7, 31), dt.date(2026, 7, 15), 0)

    assert due.index.tolist() == ["in"]


def test_measure_after_gives_the_frozen_measures_alone(compared, rows):
    """The four measures of the frozen record, by the same definitions."""
    found = compared(programs=rows("A", due="2026-08-20", on_time=12))
    side = found.after

    results = measure_after(side.judged, found.config, side.eng.as_of, side.start, side.end, delivery_recorded=True)

    assert list(results) == ["execution_rate", "on_time_rate", "otif_rate", "velocity_per_week"]


def test_no_change_is_rarely_called_improved():
    """The same true rate before and after: improved at most 3.5 % of the time (simulated, 2,000 comparisons)."""
    import numpy as np

    from gapkit.measurement.verdict import judge_effect
    from gapkit.stats.differences import newcombe_difference

    rng = np.random.default_rng(7)
    improved = 0
    for first, second in zip(rng.binomial(60, 0.55, 2000), rng.binomial(30, 0.55, 2000), strict=True):
        gap = newcombe_difference(int(second), 30, int(first), 60)
        improved += judge_effect(gap.low, gap.high, 0.10, is_primary=True).verdict == "improved"

    assert improved / 2000 <= 0.035


def execution(table, config, start, end, as_of, dues):
    """The execution rate of a window in which programs fell due on these days, each delivered 20 days later."""
    rows = [{"program_id": f"P{k:03d}", "committed_at": "2026-04-01", "baseline_end": str(day), "status": "delivered",
             "actual_end": str(day + dt.timedelta(days=20))} for k, day in enumerate(dues)]  # fmt: skip
    judged, _ = judge_programs(table("programs", *rows), table("status_events"), config, as_of)
    return measure_after(judged, config, as_of, start, end, delivery_recorded=True)["execution_rate"]


APRIL, JUNE, READ = dt.date(2026, 4, 20), dt.date(2026, 6, 20), dt.date(2026, 7, 20)
QUARTER = dt.date(2026, 4, 1), dt.date(2026, 6, 30)


def test_a_part_of_a_quarter_gives_no_execution_rate(table, config):
    """What falls due in its first month has longer to finish than the whole quarters of the baseline: not comparable."""
    found = execution(table, config, dt.date(2026, 4, 1), dt.date(2026, 4, 30), READ, [APRIL] * 20)

    assert "not_assessable" == found.status
    assert "no whole quarter" in found.caveats[0]


def test_only_whole_quarters_inside_the_window_count(table, config):
    """Ten days more change nothing: their quarter is not whole."""
    dues = [APRIL] * 10 + [JUNE] * 10
    whole, longer = (execution(table, config, QUARTER[0], end, READ, [*dues, dt.date(2026, 7, 5)])
                     for end in (QUARTER[1], dt.date(2026, 7, 10)))  # fmt: skip

    assert (whole.events, whole.n) == (longer.events, longer.n) == (10, 20)


def test_before_the_quarter_ends_what_is_due_is_counted_and_not_judged(table, changed):
    """Not measured would be false: the rate is read at the end of the quarter."""
    config = changed(measure_start=QUARTER[0], measure_end=QUARTER[1])
    found = execution(table, config, QUARTER[0], dt.date(2026, 5, 31), dt.date(2026, 5, 31), [APRIL] * 12)

    assert ("thin", 0) == (found.status, found.n)
    assert found.caveats[0].startswith("12 commitments of the window")
    assert "30 June 2026" in found.caveats[0]
