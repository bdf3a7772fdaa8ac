from __future__ import annotations

import json
from pathlib import Path

import pytest

from gapkit.report.manifest import manifest, sha256


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file whose hash is published: the message "abc" of FIPS 180-2, appendix B.1."""
    path = tmp_path / "abc"
    path.write_bytes(b"abc")
    return path


def test_hash_against_fips(file: Path) -> None:
    """SHA-256 of "abc" as FIPS 180-2 gives it."""
    assert "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" == sha256(file)


def test_everything_is_named_and_hashed(file: Path) -> None:
    """Inputs and outputs carry hash and size, outputs also whom they may go to; what is not named is internal."""
    record = manifest({"data/p.csv": file}, {"a.pdf": file, "a.ipynb": file}, {"phase": "diagnose"}, {"gapkit": "1"},
                      {"a.pdf": "client"})  # fmt: skip
    described = {"sha256": sha256(file), "bytes": 3}

    assert {"data/p.csv": described} == record["inputs"]
    assert {"a.ipynb": {**described, "audience": "internal"}, "a.pdf": {**described, "audience": "client"}} == record[
        "outputs"
    ]


def test_order_of_asking_does_not_matter(file: Path) -> None:
    """The same run gives the same text, and no path of the machine is in it."""
    one = manifest({"a": file, "b": file}, {}, {"x": 1, "y": 2}, {}, {})
    two = manifest({"b": file, "a": file}, {}, {"y": 2, "x": 1}, {}, {})

    assert json.dumps(one) == json.dumps(two)
    assert str(file.parent) not in json.dumps(one)


@pytest.mark.parametrize("name", ["/etc/passwd", "../a.csv", "C:/a.csv", "a\\b.csv"])
def test_only_relative_paths(file: Path, name: str) -> None:
    """A path that leads out of the engagement is refused."""
    with pytest.raises(ValueError, match="must be relative"):
        manifest({name: file}, {}, {}, {}, {})


def test_audience_of_what_is_not_there(file: Path) -> None:
    """A slip in a name must not let a file go out as internal by default."""
    with pytest.raises(ValueError, match=r"audience given for b\.pdf"):
        manifest({}, {"a.pdf": file}, {}, {}, {"b.pdf": "client"})
