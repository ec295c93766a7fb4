"""A private X server without hardware."""

import os
import subprocess
import time

from .client import stop_group
from .image import Picture
from .library import RigError, need


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

    def grab(self, *options, target="ppm:-"):
        """The whole screen as ImageMagick's import sees it, with its options; returns what that writes on stdout."""
        command = [need("import", "imagemagick"), "-silent", "-window", "root", *options, "-depth", "8", target]
        return subprocess.run(command, env=dict(os.environ, DISPLAY=self.name), check=True, capture_output=True).stdout

    def picture(self, attempts=20):
        """The whole screen, once two looks at it half a second apart are the same."""
        last = None
        for _ in range(attempts):
            now = self.grab()
            if now == last:
                return Picture.from_ppm(now)
            last = now
            time.sleep(0.5)
        raise RigError("the screen does not come to rest")
