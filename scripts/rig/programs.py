"""The programs of scripts/compare-programs. Each has a name, and draws the same pictures wherever it is run:

  prepare(display, folder)      once, before anything is compared
  draw(host, display, folder)   {name of a picture: Picture, with GL_RENDERER as its note}
"""

import os

from . import browser
from .image import Picture
from .library import REPOSITORY, RigError, need
from .traces import Recorded

# Where Debian keeps games.
os.environ["PATH"] += ":/usr/games"


class Page:
    """The WebGL scenes of Conformance/webgl in a browser."""

    def __init__(self, name, command):
        self.name, self.command = name, command

    def prepare(self, display, folder):
        pass

    def draw(self, host, display, folder):
        return browser.draw_page(self.command, host, display, folder)


class Blender:
    """A scene with materials, shadows and reflections in both of Blender's OpenGL engines."""

    name = "blender"
    script = REPOSITORY / "scripts/capture/blender-scene.py"
    pictures = ("eevee", "workbench")

    def prepare(self, display, folder):
        need("blender", "blender")

    def draw(self, host, display, folder):
        for name in self.pictures:
            (folder / f"{name}.ppm").unlink(missing_ok=True)
        result = host.run(["blender", "--background", "--factory-startup", "--python-exit-code", "3",
                           "--python", str(self.script), "--", str(folder)], timeout=500,
                          environment={"DISPLAY": display.name, "HOME": str(folder)})
        if result.returncode != 0:
            raise RigError(f"blender ended with {result.returncode}\n{result.stdout[-1500:]}")
        return {name: Picture.read_ppm(folder / f"{name}.ppm") for name in self.pictures}


PROGRAMS = (
    Page("chromium-gl", browser.chromium("gl")),
    Page("chromium-gles", browser.chromium("gles")),
    Page("firefox", browser.firefox),
    Blender(),
    Recorded("supertuxkart", "supertuxkart", (
        "supertuxkart", "--no-start-screen", "--race-now", "--track=zengarden", "--numkarts=4", "--windowed",
        "--screensize=400x300", "--seed=1", "--xmas=2", "--easter=2", "--disable-dynamic-lights"),
        frames=90, shown=(5, 40, 89)),
)
