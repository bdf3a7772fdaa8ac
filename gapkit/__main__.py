"""``python -m gapkit``: the command, where its script is not on the path."""

from gapkit.cli import main

main(prog_name="gapkit")
