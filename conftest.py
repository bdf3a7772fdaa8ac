"""Before any test, and before numpy is imported: linear algebra on one thread as in a run."""

from __future__ import annotations

import os

from gapkit.runner.kernel import ONE_THREAD

for name, number in ONE_THREAD.items():
    os.environ.setdefault(name, number)
