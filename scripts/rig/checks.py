"""What a rig found, line by line."""

import time


class Checks:
    """Prints each check with the time since the start, and remembers the failures."""

    def __init__(self):
        self.started, self.failed, self.passed = time.monotonic(), 0, 0

    def say(self, text):
        print(f"[{time.monotonic() - self.started:5.1f} s] {text}", flush=True)

    def that(self, holds, text):
        self.passed += bool(holds)
        self.failed += not holds
        self.say(f"{'ok    ' if holds else 'FAILED'} {text}")
