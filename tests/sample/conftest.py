from __future__ import annotations

import pytest

from gapkit.sample import Arguments, SyntheticOrganisation, synthetic_organisation
from gapkit.sample.record import Record, open_record
from gapkit.sample.story import Story, tell

TWO_STRONG = {"structural_bottlenecks": "strong", "unclear_ownership": "strong"}


@pytest.fixture(scope="session")
def org() -> SyntheticOrganisation:
    """A mid-sized organisation with two strong killers, recorded without any error."""
    return synthetic_organisation(seed=5, killers=TWO_STRONG, observation="none")


@pytest.fixture(scope="session")
def story() -> Story:
    """What happened in the same organisation."""
    return tell(Arguments(seed=5, killers=TWO_STRONG, observation="none"))


@pytest.fixture(scope="session")
def record(story: Story) -> Record:
    """What of it the tracker holds."""
    return open_record(story)
