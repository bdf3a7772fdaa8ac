"""Statistics: arrays in, numbers with their intervals out. Nothing here knows of programs, teams or quarters.

- `intervals`: the shape of an estimate with its limits.
- `rates`: a share with its interval (Wilson, Jeffreys, with clusters), and the ratio of two sums.
- `bounds`: worst and best case of a rate when some units are unknown.
- `differences`: two rates compared, and the difference one could hope to see.
- `clustered_difference`: two rates compared when units come in clusters.
- `counts`, `overdispersed`: events per unit of time, velocity, and the ratio of two such rates.
- `risk_set`: who is at risk when, with delayed entry.
- `kaplan_meier`, `log_rank`, `rmst`, `competing`: durations with unfinished work in them.
- `clustered_rmst`: restricted means compared over strata, when units come in clusters.
- `flow`: Little's law as an identity.
- `case_mix`, `shrinkage`: two ways in which a change can be an illusion.
- `diff_in_diff`, `interrupted`: a change against those not treated, and against the trend that was running.
- `resample`: the bootstrap behind the intervals that have no formula.
"""
