"""The synthetic organisation: every table an engagement can hold, from one seed, with the truth known.

`synthetic_organisation` makes one, with the killers, the world and the improvement asked for; `write_engagement` files it
as an engagement folder; `northwind` is the one the package ships. `attributable_failures` and `expected_rates` compute what
no client could know: what each killer cost, and what the rates would be over endlessly many such quarters.
"""

from gapkit.sample.arguments import Arguments
from gapkit.sample.levers import Levers
from gapkit.sample.organisation import SyntheticOrganisation, make_organisation, northwind, synthetic_organisation
from gapkit.sample.truth import Truth, attributable_failures, expected_rates
from gapkit.sample.worlds import WORLDS
from gapkit.sample.write import write_engagement

__all__ = [
    "WORLDS", "Arguments", "Levers", "SyntheticOrganisation", "Truth", "attributable_failures", "expected_rates",
    "make_organisation", "northwind", "synthetic_organisation", "write_engagement",
]  # fmt: skip
