"""How many of the open commitments will be on time, and when a program lands, from the client's own past, with its test."""

from gapkit.measurement.forecast.backtest import Backtest, Point
from gapkit.measurement.forecast.forecast import Forecast, forecast
from gapkit.measurement.forecast.landing import Landing
from gapkit.measurement.forecast.throughput import Throughput

__all__ = ["Backtest", "Forecast", "Landing", "Point", "Throughput", "forecast"]
