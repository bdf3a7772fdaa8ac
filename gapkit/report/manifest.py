"""What a report was made from and what was made: hashes, parameters, versions; the same text for the same run, any day."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Literal

Audience = Literal["client", "internal"]


def manifest(
    inputs: Mapping[str, Path],
    outputs: Mapping[str, Path],
    parameters: Mapping[str, Any],
    versions: Mapping[str, str],
    audience: Mapping[str, Audience],
) -> dict[str, Any]:
    """Return the manifest as plain data.

    Parameters
    ----------
    inputs, outputs : mapping of str to Path
        Files by the relative path they are known by (``data/programs.csv``), with where they lie now.
    parameters : mapping
        What the run was asked: phase, as-of date, seed. Plain values, no clock.
    versions : mapping of str to str
        Of gapkit, Python and the libraries that compute.
    audience : mapping of str to {"client", "internal"}
        Who each output may go to; an output that is not named is internal.

    Returns
    -------
    dict
        ``parameters``, ``versions``, and ``inputs`` and ``outputs``: by path, ``sha256`` and ``bytes``, outputs also
        ``audience``. Everything in order of name; no time, no absolute path.

    Raises
    ------
    ValueError
        When a path is absolute or leads out of its folder, or an audience names no output.

    Examples
    --------
    >>> manifest({}, {}, {"phase": "diagnose"}, {"gapkit": "0.1.0"}, {})["parameters"]
    {'phase': 'diagnose'}
    """
    for name in (*inputs, *outputs):
        _require_relative(name)
    if unknown := sorted(set(audience) - set(outputs)):
        raise ValueError(f"audience given for {', '.join(unknown)}, which is no output")
    made = {
        name: {**described, "audience": audience.get(name, "internal")} for name, described in described(outputs).items()
    }
    return {
        "parameters": dict(sorted(parameters.items())),
        "versions": dict(sorted(versions.items())),
        "inputs": described(inputs),
        "outputs": made,
    }


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as hexadecimal text.

    Parameters
    ----------
    path : Path
        An existing file.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def described(files: Mapping[str, Path]) -> dict[str, dict[str, Any]]:
    """Return SHA-256 and size of each file, in order of name."""
    return {name: {"sha256": sha256(files[name]), "bytes": files[name].stat().st_size} for name in sorted(files)}


def _require_relative(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name.split("/")[0]:
        raise ValueError(f"path == {name!r}, must be relative, with forward slashes, inside its folder")
