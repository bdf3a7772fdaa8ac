from __future__ import annotations

from dataclasses import replace

from gapkit.redesign.what_if.association import CAVEAT, named_owner


def test_the_planted_owner_effect_is_associated(northwind, northwind_baseline):
    """Unclear ownership is planted strong in the example: programs with one owner succeed more often, and no promise."""
    changes, refused, caveats = named_owner(northwind, northwind_baseline)

    assert "" == refused
    assert changes["otif_rate"].low > 0
    assert CAVEAT in caveats


def test_without_owners_it_refuses(northwind, northwind_baseline):
    """Nobody recorded: one sentence with what would switch it on."""
    blank = ["owners_at_start", "owner_type_at_start", "owners_now"]
    programs = northwind.programs.assign(**dict.fromkeys(blank))
    events = northwind.status_events.loc[northwind.status_events["field"] != "owner"]
    eng = replace(northwind, tables={**northwind.tables, "programs": programs, "status_events": events})

    changes, refused, _ = named_owner(eng, northwind_baseline)

    assert {} == changes
    assert "Owners per program" in refused


def test_too_few_programs_refuse(northwind, northwind_baseline):
    """Below the size of a model nothing is said but that."""
    few = replace(northwind_baseline, judged=northwind_baseline.judged.head(50))
    changes, refused, _ = named_owner(northwind, few)

    assert {} == changes
    assert "are needed for a model" in refused or "to compare them" in refused
