"""Tooling: the gaps worth closing, and the ways the client listed to close them."""
