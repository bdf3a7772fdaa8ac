"""Diagnoses of organisations of every kind, each made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import gapkit as gk
from gapkit.diagnosis import Diagnosis
from gapkit.sample import synthetic_organisation, write_engagement
from gapkit.sample.arguments import CONDITIONS
from gapkit.vocabulary import KILLERS

SYNTHETIC: dict[str, dict[str, Any]] = {
    "all killers": {"seed": 5, "scale": "enterprise", "killers": dict.fromkeys(KILLERS, "strong")},
    "small": {"seed": 3, "scale": "smb", "killers": {"unclear_ownership": "strong"}},
    "strategy": {"seed": 2, "world": "strategy_limited"},
    "sound": {"seed": 4, "world": "neither"},
    "all causes": {"seed": 5, "scale": "enterprise", "conditions": dict.fromkeys(CONDITIONS, "strong")},
}


@pytest.fixture(scope="session")
def diagnosed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Diagnosis]:
    """The diagnosis of an engagement of the repository, or of a synthetic organisation named above."""

    @cache
    def diagnose(name: str) -> Diagnosis:
        if name in SYNTHETIC:
            folder = tmp_path_factory.mktemp("synthetic") / name
            write_engagement(synthetic_organisation(client=name, **SYNTHETIC[name]), folder)
            return gk.diagnose(gk.load(folder, phase="diagnose"))
        return gk.diagnose(gk.load(name, phase="diagnose"))

    return diagnose
