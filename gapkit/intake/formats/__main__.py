"""Print the index of formats: ``python -m gapkit.intake.formats > docs/trackers/README.md``."""

import sys

from gapkit.intake.formats import index_markdown

if __name__ == "__main__":
    # Written as UTF-8 with plain line ends on every machine, whatever its console is set to.
    sys.stdout.buffer.write(index_markdown().encode("utf-8"))
