"""Clients that come and go: what they are, what became of them, and who has been silent for too long."""

import threading
import time
from collections import Counter

KILLED = 137  # of a shell: 128 and SIGKILL

# Tests that look at their own pixels, quick on an emulated CPU, many of them about the order of things.
PIGLIT_FOLDER = "/usr/lib/x86_64-linux-gnu/piglit/bin"
PIGLIT_TESTS = (
    "arb_copy_buffer-data-sync", "arb_sync-repeat-wait", "arb_texture_buffer_object-subdata-sync",
    "copy_buffer_coherency", "ext_transform_feedback-immediate-reuse", "fbo-blit-d24s8", "fbo-cubemap",
    "fbo-finish-deleted", "fbo-flushing", "fbo-generatemipmap", "fbo-mrt-alphatest", "occlusion_query",
    "vbo-subdata-sync")
PIGLIT_ENVIRONMENT = {"PIGLIT_PLATFORM": "surfaceless_egl", "PIGLIT_NO_WINDOW": "1"}

# Scenes without expensive shaders: a rasteriser in software draws them beside everything else.
GLMARK_SCENES = (
    "build:use-vbo=false", "build:use-vbo=true", "buffer:update-method=map:interleave=false",
    "buffer:update-method=subdata:interleave=true", "bump:bump-render=normals", "clear",
    "conditionals:fragment-steps=5:vertex-steps=5", "desktop:effect=blur:windows=2", "desktop:effect=shadow:windows=4",
    "effect2d", "function:fragment-steps=5", "loop:fragment-loop=true:fragment-steps=5", "pulsar:quads=5:texture=true",
    "shading:shading=phong", "shadow", "texture:texture-filter=mipmap")


def piglit_command(test):
    settings = " ".join(f"{name}={value}" for name, value in PIGLIT_ENVIRONMENT.items())
    return f"env {settings} {PIGLIT_FOLDER}/{test} -auto -fbo"


def piglit_program(test):
    return f"{PIGLIT_FOLDER}/{test}"


class Churn:
    """The record of all lanes. A lane starts one client after the other; any thread may report."""

    def __init__(self):
        self.started, self.finished, self.killed = Counter(), Counter(), Counter()
        self.failures, self.history = [], []
        self._heard, self._running, self._words = {}, {}, {}
        self._lock = threading.Lock()

    @staticmethod
    def _name(command):
        return next(word.split("/")[-1] for word in command.split() if word != "env" and "=" not in word)

    def began(self, lane, command):
        with self._lock:
            self.started[self._name(command)] += 1
            self._heard[lane], self._running[lane], self._words[lane] = time.monotonic(), command, []
            self.history.append(f"{time.strftime('%T')} {lane}: begins {command}")

    def said(self, lane, words):
        with self._lock:
            self._words.setdefault(lane, []).append(words[:120])

    def ended(self, lane, command, status):
        """Status 0 is a client that was content with what it saw."""
        with self._lock:
            self._heard[lane], self._running[lane] = time.monotonic(), None
            self.history.append(f"{time.strftime('%T')} {lane}: {status} from {command}")
            tally = self.killed if status == KILLED else self.finished
            tally[self._name(command)] += 1
            if status not in (0, KILLED):
                self.failures.append(f"{lane}: {command}: status {status}: {' | '.join(self._words.get(lane, []))}")

    def on_event(self, text):
        """A line of the guest's (scripts/guest/churn)."""
        lane, kind, status, command = (text.split(" ", 3) + [""] * 4)[:4]
        if kind == "start":
            self.began(lane, command)
        elif kind == "said":
            self.said(lane, command)
        elif kind == "end":
            self.ended(lane, command, int(status))

    def forget_lanes(self):
        """The lanes are gone, with whatever ran in them."""
        with self._lock:
            self._heard.clear()

    def silent(self, seconds):
        """What the lanes do that have not started or ended a client for so long."""
        with self._lock:
            now = time.monotonic()
            return [f"{lane}: {self._running[lane] or 'between clients'} for {now - heard:.0f} s"
                    for lane, heard in self._heard.items() if now - heard > seconds]

    def summary(self):
        with self._lock:
            return (f"{self.started.total()} clients started, {self.finished.total()} ended by themselves, "
                    f"{self.killed.total()} killed, {len(self.failures)} failed")
