"""Owners: who answers for every open program within what people can carry, and who else takes part in it."""
