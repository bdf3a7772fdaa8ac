"""Charts: a result in, Axes out. One theme for all of them, in `gapkit.plots.theme`."""
