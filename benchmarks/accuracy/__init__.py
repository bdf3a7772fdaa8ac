"""How right the diagnosis is on organisations whose truth is known.

`cells` says which organisations are made; `organisations` reads them as the diagnosis does, and knows their truth; `trials`
puts one organisation to the diagnosis; `scoring` turns trials into figures; `figures` holds each against its bar.
``benchmarks/validation.py`` runs hundreds per cell, ``tests/validation`` a few.
"""
