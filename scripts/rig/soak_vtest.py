"""Clients that come and go on virgl_test_server, in each of the ways in which it runs and is told of fences."""

import contextlib
import os
import random
import shlex
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from fnmatch import fnmatch

from .churn import GLMARK_SCENES, KILLED, PIGLIT_TESTS, Churn, piglit_command
from .display import Display
from .figures import Figures
from .library import Library, RigError
from .vtest import VtestServer
from .watch import Watch

CYCLES = 5
# Ends only when it is killed.
ENDLESS = ("es2gears_x11",)
COMMANDS = (*ENDLESS, *(f"glmark2-es2 -s 200x150 -b {scene}:duration=1" for scene in GLMARK_SCENES),
            *map(piglit_command, PIGLIT_TESTS))


# The server writes to clients that are dead. Forked, that costs a child; in one process it would end everything.
IGNORING_PIPES = ("env", "--ignore-signal=PIPE")


@dataclass(frozen=True)
class Mode:
    """How the server runs. Forked: a process and a renderer for each client. Alone: one process, one client after the
    other, each with a renderer of its own. Together: one process, one renderer, a context for each client; these have
    to speak the protocol of Mesa 25 or newer. The server asks for a fence thread and waits on its descriptor, unless
    the environment takes that away: then it polls.
    """

    name: str
    arguments: tuple = ()
    environment: dict = field(default_factory=dict)
    profile: str = "core"
    lanes: int = 4
    # GLES does not count samples: a query that passed says 1024.
    unfit: tuple = ()

    @property
    def needs_new_clients(self):
        return "--multi-clients" in self.arguments


POLLED = {"VIRGL_DISABLE_MT": "1"}
ALONE = ("--no-fork",)
TOGETHER = ("--no-fork", "--multi-clients")
MODES = (
    Mode("forked"),
    Mode("forked, polled", environment=POLLED),
    Mode("alone", ALONE, lanes=2),
    Mode("alone, polled", ALONE, POLLED, lanes=2),
    Mode("alone, GLES host", ALONE, profile="es-host", lanes=2, unfit=("occlusion_query",)),
    Mode("together", TOGETHER),
    Mode("together, polled", TOGETHER, POLLED),
    Mode("together, GLES host", TOGETHER, profile="es-host", unfit=("occlusion_query",)),
)


class Lane(threading.Thread):
    """One client after the other until `stop`; every second one is killed somewhere in its work."""

    def __init__(self, name, server, commands, system, display, churn, stop):
        super().__init__(name=name, daemon=True)
        self.server, self.commands, self.system, self.display = server, commands, system, display
        self.churn, self.stop, self.process = churn, stop, None

    def run(self):
        while not self.stop.is_set():
            command = random.choice(self.commands)
            self.churn.began(self.name, command)
            status, words = self.run_client(command)
            for line in words[-5:]:
                self.churn.said(self.name, line)
            self.churn.ended(self.name, command, status)

    def run_client(self, command):
        environment = self.server.client_environment({"DISPLAY": self.display.name})
        with tempfile.TemporaryFile("w+", errors="replace") as output:
            self.process = subprocess.Popen(
                self.server.client_command(shlex.split(command), self.system), env=environment, stdout=output,
                stderr=output, stdin=subprocess.DEVNULL, start_new_session=True)
            is_killed = command in ENDLESS or random.random() < 0.5
            try:
                status = self.process.wait(random.uniform(0, 3) if is_killed else None)
            except subprocess.TimeoutExpired:
                self.kill()
                status = self.process.wait()
            output.seek(0)
            return KILLED if status == -signal.SIGKILL else status, output.read().splitlines()

    def kill(self):
        if self.process and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


class ModeSoak:
    """One server's life."""

    def __init__(self, title, server, mode, systems, display, options, checks):
        self.title, self.server, self.mode, self.systems, self.display = title, server, mode, systems, display
        self.options, self.checks = options, checks
        self.churn, self.stacks = Churn(), ""
        self.watch = Watch(server.process, lambda: time.monotonic() - checks.started)

    def run(self, seconds):
        commands = [command for command in COMMANDS if not any(name in command for name in self.mode.unfit)]
        for _ in range(CYCLES):
            stop = threading.Event()
            lanes = [Lane(f"{self.title} {number}", self.server, commands, self.systems[number % len(self.systems)],
                          self.display, self.churn, stop) for number in range(self.mode.lanes)]
            for lane in lanes:
                lane.start()
            try:
                self.let_run(seconds / CYCLES)
                stop.set()
                while any(lane.is_alive() for lane in lanes):
                    self.let_run(0.2)
            finally:
                stop.set()
                for lane in lanes:
                    lane.kill()
            self.churn.forget_lanes()
            time.sleep(2)
            self.checks.say(f"{self.title}: {self.watch.sample('quiet', quiet=True)}; {self.churn.summary()}")

    def let_run(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(min(5, seconds))
            if not self.server.is_alive():
                raise RigError(f"the server ended with {self.server.process.returncode}")
            self.watch.sample()
            if silent := self.churn.silent(self.options.stall):
                self.stacks = self.watch.stacks()
                raise RigError(f"it stands still: {'; '.join(silent)}; stacks are in the log")


def soak(name, options, checks, system):
    """Divides the time between the modes. With `system`, clients are in turn of this machine's Mesa and of its."""
    modes = [mode for mode in MODES if fnmatch(mode.name, options.modes) and (system or not mode.needs_new_clients)]
    if not modes:
        raise RigError(f"no mode matches {options.modes}")
    with contextlib.ExitStack() as stack:
        library = stack.enter_context(Library(options.lib, system))
        display = stack.enter_context(Display())
        for mode in modes:
            title = f"{name}, {mode.name}"
            stem = options.output.resolve() / title.replace(", ", "-").replace(" ", "-")
            figures = Figures(f"{stem}-figures.txt") if options.lib != "reference" else None
            environment = {**mode.environment, **(figures.environment() if figures else {})}
            server = VtestServer(library, mode.profile, environment, mode.arguments, IGNORING_PIPES, system)
            systems = (system,) if mode.needs_new_clients else (None, system) if system else (None,)
            with server:
                run = ModeSoak(title, server, mode, systems, display, options, checks)
                try:
                    checks.that(library.is_mapped_by(server.process.pid), f"{title}: {library.path}")
                    run.run(60 * options.minutes / len(modes))
                    conclude(run, figures)
                except RigError as error:
                    checks.that(False, f"{title}: {error}")
            stem.with_suffix(".log").write_text("\n".join([*run.churn.history, server.last_log, run.stacks]))


def conclude(run, figures):
    title, checks, churn = run.title, run.checks, run.churn
    checks.that(churn.finished.total() and churn.killed.total(), f"{title}: {churn.summary()}")
    for failure in churn.failures[:10]:
        checks.say(f"{title}: {failure}")
    checks.that(not churn.failures, f"{title}: no client failed that was not killed")
    run.watch.check_growth(checks, title)
    if figures:
        total = figures.total()
        checks.say(f"{title}: {len(figures.blocks())} renderers, {total['submissions']} submissions, {total['draws']} "
                   f"draws, {total['fences_reported']} fences reported")
