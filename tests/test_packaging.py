"""Versions: pyproject.toml says which would do, constraints.txt which are used, by make and conda alike."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distributions, requires, version
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import gapkit

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DIRECT = [Requirement(text) for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]]
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = {canonicalize_name(name): pin for name, _, pin in (line.partition("==") for line in LINES)}
# pip and setuptools come with the environment itself.
WITH_THE_ENVIRONMENT = {"pip", "setuptools", "wheel"}


def needed_by(requirement: Requirement, *, any_python: bool) -> list[Requirement]:
    """Requirements of an installed package, on this Python or on any."""
    try:
        texts = requires(requirement.name) or []
    except PackageNotFoundError:
        return []
    extras = requirement.extras or {""}
    needs = [Requirement(text) for text in texts]
    return [
        need
        for need in needs
        if need.marker is None
        or any(need.marker.evaluate({"extra": extra}) for extra in extras)
        or (any_python and "extra" not in str(need.marker))
    ]


def closure(*, any_python: bool) -> list[Requirement]:
    """Every requirement met on the way from the project's own down to the last."""
    found: dict[str, Requirement] = {}
    waiting = list(DIRECT)
    while waiting:
        requirement = waiting.pop()
        if canonicalize_name(requirement.name) not in WITH_THE_ENVIRONMENT and str(requirement) not in found:
            found[str(requirement)] = requirement
            waiting += needed_by(requirement, any_python=any_python)
    return list(found.values())


def test_constraints_are_exact_versions() -> None:
    """A constraint that is not exact does not make two installs alike."""
    assert [] == [line for line in LINES if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", line)]


def test_constraints_are_in_order_and_given_once() -> None:
    """Lines in alphabetical order show a change as what it is."""
    assert sorted(PINS) == [canonicalize_name(line.partition("==")[0]) for line in LINES]


def test_everything_needed_is_pinned_within_its_range() -> None:
    """Each package that comes along has a pin that everybody who needs it accepts."""
    unpinned = {str(need) for need in closure(any_python=False) if canonicalize_name(need.name) not in PINS}
    outside = {
        str(need)
        for need in closure(any_python=False)
        if need.specifier and not need.specifier.contains(PINS.get(canonicalize_name(need.name), "0"), prereleases=True)
    }

    assert (set(), set()) == (unpinned, outside)


def test_pins_are_for_every_python_the_project_supports() -> None:
    """The oldest Python it claims, such as Debian's 3.11.2, can install each pin; newer releases often ask for more."""
    oldest = PROJECT["requires-python"].removeprefix(">=") + ".0"
    pinned = [dist for dist in distributions() if PINS.get(canonicalize_name(dist.name)) == dist.version]
    asked = {f"{dist.name} {dist.version}": dist.metadata.get("Requires-Python") or "" for dist in pinned}

    assert {} == {name: pythons for name, pythons in asked.items() if not SpecifierSet(pythons).contains(oldest)}


def test_nothing_is_pinned_in_vain() -> None:
    """A pin that nobody needs on any Python is a leftover."""
    needed = {canonicalize_name(need.name) for need in closure(any_python=True)}

    assert set() == set(PINS) - needed


def test_conda_environment_uses_the_same_files() -> None:
    """With conda the same versions are installed, on a Python the project supports."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, from_pip = environment["dependencies"]

    assert python.startswith("python" + PROJECT["requires-python"])
    assert ("pip", ["-c constraints.txt", "-e .[dev]"]) == (pip, from_pip["pip"])


def test_makefile_installs_within_the_constraints() -> None:
    """No install of make goes without the pins."""
    installs = [line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "$(PIP) install" in line]

    assert installs
    assert all("-c constraints.txt" in line for line in installs)


def test_version_is_written_once() -> None:
    """The package reads its version from its metadata, which comes from pyproject.toml."""
    assert PROJECT["version"] == version("gapkit") == gapkit.__version__
