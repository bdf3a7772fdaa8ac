"""A `sources:` entry proposed for a file nobody has mapped, with every word seen in it."""
