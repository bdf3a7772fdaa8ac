"""Cost of the gap: what goes into work that brings nothing, what delay costs, and on which assumptions that rests."""

from gapkit.cost.estimate import Cost, estimate_cost
from gapkit.cost.figures import Bucket, Driver
from gapkit.cost.ledger import Assumption

__all__ = ["Assumption", "Bucket", "Cost", "Driver", "estimate_cost"]
