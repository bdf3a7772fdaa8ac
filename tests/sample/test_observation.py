from __future__ import annotations

import pandas as pd
import pytest

from gapkit.sample import Arguments, SyntheticOrganisation, synthetic_organisation
from gapkit.sample.observation import draw_observation
from gapkit.sample.streams import Streams


@pytest.fixture(scope="module")
def clear() -> SyntheticOrganisation:
    return synthetic_organisation(seed=10, observation="none")


@pytest.fixture(scope="module")
def blurred() -> SyntheticOrganisation:
    """The same organisation, recorded as badly as organisations do."""
    return synthetic_organisation(seed=10, observation="full")


def programs(org: SyntheticOrganisation) -> pd.DataFrame:
    table = org.tables["programs"]
    return table.loc[table["level"] == "program"].set_index("program_id")


def test_errors_of_recording_leave_what_happened_alone(
    clear: SyntheticOrganisation, blurred: SyntheticOrganisation
) -> None:
    """Truth and statuses are the same, only the record is worse."""
    assert clear.truth.programs.equals(blurred.truth.programs)
    assert programs(clear)["status"].equals(programs(blurred)["status"])


def test_dates_go_missing_at_the_share_drawn(clear: SyntheticOrganisation, blurred: SyntheticOrganisation) -> None:
    """Promised dates are missing in half of the share, within four standard errors; no date is wrong."""
    share = blurred.truth.observation["missing_date_share"]
    was = programs(clear)["baseline_end"]
    now = programs(blurred)["baseline_end"]
    missing = now[was.notna()].isna()

    assert share / 2 == pytest.approx(missing.mean(), abs=4 * (share / 2 / len(missing)) ** 0.5)
    assert was[now.notna()].equals(now[now.notna()])


def test_surprise_work_keeps_its_start() -> None:
    """Without a promise the start is all that dates it, so it is never the date that is missing."""
    org = synthetic_organisation(seed=3, observation="full")
    own = programs(org)

    assert own.loc[own["origin"] == "unplanned", "actual_start"].notna().all()


def test_three_in_ten_keep_no_history() -> None:
    """Some trackers hold no events at all; the share over seeds is about .3."""
    kept = [draw_observation(Arguments(seed=seed), Streams(seed)).has_history for seed in range(400)]

    assert 0.7 == pytest.approx(sum(kept) / len(kept), abs=4 * (0.21 / 400) ** 0.5)


def test_no_history_means_no_events() -> None:
    """Where the tracker keeps no history the table is there, typed and empty."""
    seed = next(seed for seed in range(20) if not draw_observation(Arguments(seed=seed), Streams(seed)).has_history)
    org = synthetic_organisation(seed=seed, scale="smb")

    assert org.tables["status_events"].empty
    assert "new" in org.tables["status_events"]
    assert not org.tables["stage_visits"].empty


def test_a_wrong_owner_shows_up_in_the_second_source(blurred: SyntheticOrganisation, clear: SyntheticOrganisation) -> None:
    """Some programs show somebody else than the true owner, never a different number of owners."""
    was, now = programs(clear)["owners_at_start"], programs(blurred)["owners_at_start"]
    wrong = (was != now) & was.notna()

    assert 0.01 < wrong.mean() < 0.1
    assert was.isna().equals(now.isna())
    assert was[wrong].str.fullmatch(r"P\d+").all()
