"""How much memory a fresh process takes to read a feed's file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_COUNT = """
import resource
import sys
from datetime import date
from pathlib import Path
from catalogue.feeds import Feed
from domain.feed import FeedOptions
count = sum(1 for _ in Feed(Path(sys.argv[1]), FeedOptions("EUR", "DE", date(2026, 11, 22))))
status = Path("/proc/self/status")
if status.exists():  # Linux counts what the parent held as well in what getrusage tells
    peak = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
print(count, peak)
"""


def count_and_peak(path: Path) -> tuple[int, int]:
    """How many records a fresh process reads of a file, and the most memory that it took, in kilobytes."""
    done = subprocess.run(
        [sys.executable, "-c", _COUNT, str(path)], capture_output=True, text=True, check=True
    )
    count, peak = done.stdout.split()
    return int(count), int(peak)
