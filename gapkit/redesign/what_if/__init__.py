"""What a redesign would change: levers by name, the engines that answer for them, and a backtest before any promise."""

from gapkit.redesign.what_if.levers import LEVERS, Lever, Pull
from gapkit.redesign.what_if.prediction import Prediction
from gapkit.redesign.what_if.proposals import propose_levers
from gapkit.redesign.what_if.what_if import WhatIf, what_if

__all__ = ["LEVERS", "Lever", "Prediction", "Pull", "WhatIf", "propose_levers", "what_if"]
