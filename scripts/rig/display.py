"""A private X server without hardware."""

import os
import subprocess

from .library import RigError, need
from .vtest import stop_group


class Display:
    """An Xvfb that picks a free display number itself; `name` is the value for DISPLAY."""

    def __init__(self, size="1024x768"):
        self.size = size

    def __enter__(self):
        read_end, write_end = os.pipe()
        self.process = subprocess.Popen(
            [need("Xvfb", "xvfb"), "-displayfd", str(write_end), "-screen", "0", f"{self.size}x24", "-nolisten", "tcp",
             "-noreset"],  # else it starts anew whenever the last client leaves, and the next may come too early
            pass_fds=[write_end], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            number = pipe.readline().strip()
        if not number:
            stop_group(self.process)
            raise RigError("Xvfb did not start")
        self.name = f":{number}"
        return self

    def __exit__(self, *_):
        stop_group(self.process)
