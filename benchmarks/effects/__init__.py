"""How right the measurement is on organisations whose truth is known: nothing changed, or exactly so much did.

`worlds` says which organisations are made; `organisations` puts before and after side by side as gapkit does; `trials` has
one organisation measured; `scoring` turns trials into figures; `page` writes them down.
``benchmarks/validation_measure.py`` runs hundreds per world, ``tests/validation`` a few.
"""
