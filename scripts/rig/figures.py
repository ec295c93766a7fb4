"""The figures our library appends to the file that VIRGL_STATISTICS names."""

import os
import signal
import time
from collections import Counter
from pathlib import Path

SIGNAL = signal.SIGRTMAX - 3  # nobody else's


class Figures:
    """Blocks of `name value` lines, one at the end of each renderer and one for each request."""

    def __init__(self, path):
        self.path = Path(path)
        self.path.unlink(missing_ok=True)

    def environment(self):
        return {"VIRGL_STATISTICS": str(self.path), "VIRGL_STATISTICS_SIGNAL": str(int(SIGNAL))}

    def blocks(self):
        text = self.path.read_text() if self.path.exists() else ""
        return [{name: int(value) for name, value in (line.split() for line in block.splitlines())}
                for block in text.split("\n\n") if block.strip()]

    def request(self, pid, provoke):
        """Asks the renderer of a process; `provoke` makes it do something. The new block, or None from a library that
        writes none."""
        before = len(self.blocks())
        os.kill(pid, SIGNAL)
        provoke()
        for _ in range(50):
            if len(blocks := self.blocks()) > before:
                return blocks[-1]
            time.sleep(0.1)
        return None

    def total(self):
        """Over renderers that have ended."""
        total = Counter()
        for block in self.blocks():
            total.update(block)
        return total
