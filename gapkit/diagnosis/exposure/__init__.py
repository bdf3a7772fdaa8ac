"""Which programs began under which killer, and of which programs a comparison may speak."""
