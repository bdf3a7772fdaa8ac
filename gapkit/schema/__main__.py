"""Print the reference of all tables: ``python -m gapkit.schema > docs/tables.md``."""

import sys

from gapkit.schema.reference import reference_markdown

if __name__ == "__main__":
    # Written as UTF-8 with plain line ends on every machine, whatever its console is set to.
    sys.stdout.buffer.write(reference_markdown().encode("utf-8"))
