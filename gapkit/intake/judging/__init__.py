"""How far the data carries: checks, the plan's history, sources and figures, before any figure is computed."""
