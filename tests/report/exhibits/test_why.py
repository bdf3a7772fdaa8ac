from __future__ import annotations

import pytest

from gapkit.report.blocks import Callout, Exhibit
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits import why

NAMES = ("causes", "pitfalls", "levers")
RICH = ("northwind", "all causes", "all killers", "sound", "small")


@pytest.mark.parametrize("organisation", [*RICH, "nyc-capital"])
@pytest.mark.parametrize("name", NAMES)
def test_every_number_is_in_the_data(diagnosed, organisation, name):
    """Whatever the organisation, titles and readings say no number the signs do not hold."""
    block = getattr(why, name)(diagnosed(organisation))

    assert [] == disagreements([block.to_dict()])


@pytest.mark.parametrize("organisation", RICH)
@pytest.mark.parametrize("name", ("causes", "pitfalls"))
def test_every_sign_is_on_the_page(diagnosed, organisation, name):
    """Measured or not, beyond its mark or not: none is left out, and each says its n."""
    d = diagnosed(organisation)
    block = getattr(why, name)(d)
    findings = d.causes.findings if name == "causes" else d.pitfalls

    assert isinstance(block, Exhibit)
    assert not [
        sign.name for found in findings for sign in found.indicators if sign.status == "ok" and sign.name not in block.alt
    ]


@pytest.mark.parametrize("name", NAMES)
def test_what_nobody_recorded_is_one_line(diagnosed, name):
    """No empty chart: one callout names what would switch it on, in a portfolio without surveys and with programs alone."""
    portfolio, alone = (getattr(why, name)(d) for d in map(diagnosed, ("nyc-capital", "bare")))

    assert isinstance(portfolio, Callout) or name == "levers"
    assert [] == disagreements([alone.to_dict()])
    assert "would switch this on" in alone.to_text()


def test_a_shown_cause_is_titled_with_its_number(diagnosed):
    """All causes planted: what is shown comes first, with the sign that carries it."""
    d = diagnosed("all causes")
    title = why.causes(d).title

    assert title.startswith(
        ("Capability is lacking: ", "Leadership direction is unclear: ", "Execution discipline is weak: ")
    )
    assert "%" in title


def test_nothing_planted_nothing_shown(diagnosed):
    """A sound organisation: the title says that no cause and no pitfall is shown, and names them."""
    d = diagnosed("northwind")

    assert "No cause is shown: capability, leadership direction and execution discipline" == why.causes(d).title
    assert why.pitfalls(d).title.startswith("No pitfall is shown: ivory tower (0 of 4 signs clearly there)")


def test_levers_say_what_they_lack(diagnosed):
    """One row a lever: verdict, score with interval, the weakest part in figures with its n."""
    table = why.levers(diagnosed("all causes")).table

    assert ["Single source of truth", "Operating cadence", "Controllable inputs"] == [row[0] for row in table.rows]
    assert all("n = " in row[3] or "would switch this on" in row[3] or "shows a gap" in row[3] for row in table.rows)


def test_the_scale_ends_with_the_first_remedy(diagnosed):
    """What applies here, topic by topic; the sentence above says how the size was read."""
    table = why.scale(diagnosed("all causes"))

    assert "First remedy" == table.rows[-1][0]
    assert table.rows[-1][1].startswith("A program office or revenue operations, and an operating manual: cadence")
    assert 8 == len(table.rows)
    assert "read as an enterprise" in table.title
