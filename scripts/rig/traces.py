"""GL calls of a program, recorded once on llvmpipe with apitrace and replayed anywhere: the same calls, frame by frame.

A program that reads the clock or the keyboard never draws the same frame twice; its trace does.
"""

import re
import subprocess
import time

from .client import Direct, stop_group
from .image import Picture
from .library import RigError, need

# What virgl's client has over vtest: programs must not use more while they are recorded.
WITHIN_VIRGL = {
    "MESA_GL_VERSION_OVERRIDE": "4.3",
    "MESA_EXTENSION_OVERRIDE": "-GL_ARB_buffer_storage -GL_EXT_buffer_storage",
}
RECORDING_TIMEOUT = 150
REPLAY_TIMEOUT = 300


class Recorded:
    """A program to record: command with its Debian package, how many frames, and which of them to look at (from 0).

    `api` is apitrace's name of its way to GL: "gl" (GLX) or "egl".
    """

    def __init__(self, name, package, command, frames, shown, api="gl"):
        self.name, self.package, self.command = name, package, tuple(command)
        self.frames, self.shown, self.api = frames, shown, api
        self.replayer = f"{api}retrace"
        self.trace = None

    def prepare(self, display, folder):
        """Runs the program until it has drawn its frames, and keeps their calls in `folder`."""
        need("apitrace", "apitrace")
        need(self.command[0], self.package)
        whole, self.trace = folder / "whole.trace", folder / "cut.trace"
        environment = {**WITHIN_VIRGL, "DISPLAY": display.name, "HOME": str(folder), "SDL_AUDIODRIVER": "dummy",
                       "ALSOFT_DRIVERS": "null"}
        with open(folder / "output", "w+") as output:
            process = Direct().start(["apitrace", "trace", "--api", self.api, "--output", str(whole),
                                      *self.command], environment, stdout=output, stderr=subprocess.STDOUT)
            try:
                self._wait_for_frames(process, whole)
            except RigError as error:
                output.seek(0)
                raise RigError(f"{error}; it said:\n{output.read()[-1500:]}") from None
            finally:
                stop_group(process)
        subprocess.run(["apitrace", "trim", f"--frames=0-{self.frames - 1}", "--output", str(self.trace), str(whole)],
                       check=True, capture_output=True)
        whole.unlink()

    def _wait_for_frames(self, process, trace):
        deadline = time.monotonic() + RECORDING_TIMEOUT
        while (drawn := len(_frame_calls(trace))) <= self.frames:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RigError(f"{drawn} of {self.frames} frames recorded")
            time.sleep(1)

    def draw(self, host, display, folder):
        """Replays the calls on `host`: {"frame N": picture} of the frames to look at."""
        ends = _frame_calls(self.trace)
        calls = {ends[frame]: f"frame-{frame}" for frame in self.shown}
        output = self._glretrace(host, display, folder, "--snapshot-prefix=-", "--snapshot-format=PNM",
                                 f"--snapshot={','.join(calls)}")
        pictures = Picture.all_from_ppm(output)
        if [picture.note for picture in pictures] != list(calls):
            raise RigError(f"frames drawn: {[picture.note for picture in pictures]}, wanted: {list(calls)}")
        state = self._glretrace(host, display, folder, f"--dump-state={ends[0]}")
        renderer = re.search(rb'"GL_RENDERER": "([^"]*)"', state)
        for picture in pictures:
            picture.note = renderer[1].decode() if renderer else "unknown"
        return dict(zip(calls.values(), pictures))

    def _glretrace(self, host, display, folder, *options):
        """What glretrace writes on stdout when it replays the trace on `host`."""
        target, messages = folder / "replay", folder / "messages"
        with open(target, "wb") as output, open(messages, "wb") as errors:
            result = host.run([self.replayer, "--headless", *options, str(self.trace)], timeout=REPLAY_TIMEOUT,
                              environment={"DISPLAY": display.name}, stdout=output, stderr=errors)
        if result.returncode != 0:
            raise RigError(f"{self.replayer} ended with {result.returncode}: "
                           + messages.read_text(errors="replace")[-1500:])
        return target.read_bytes()


def _frame_calls(trace):
    """Numbers of the calls that end a frame, as glretrace wants them."""
    dump = subprocess.run(["apitrace", "dump", "--calls=frame", str(trace)], capture_output=True, check=False)
    return [match.decode() for match in re.findall(rb"^(\d+) \w*SwapBuffers", dump.stdout, re.MULTILINE)]
