"""Half an hour in the life of a guest: clients come and go, the machine is reset, nothing may hang or grow."""

import contextlib
import itertools
import re
import tempfile
import time
from pathlib import Path

from . import cube, guest_image
from .churn import GLMARK_SCENES, PIGLIT_TESTS, Churn, piglit_command, piglit_program
from .display import Display
from .figures import Figures
from .guest import Guest
from .library import REPOSITORY, Library, RigError
from .watch import Watch

# The screen belongs to whoever opened the card first, glmark2 does so even to draw off-screen: they share one lane. The
# others draw on the render node.
LANES = {"screen": "screen", "draw-1": "draw", "draw-2": "draw"}
COMMANDS = {
    "screen": [f"{cube.COMMAND.format(frames=frames)} -M {mode}" for frames in (3, 20, 60, 200)
               for mode in ("smooth", "rgba")]
              + [f"glmark2-es2-drm --off-screen -s 128x128 -b {scene}:duration=1" for scene in GLMARK_SCENES],
    "draw": [piglit_command(test) for test in PIGLIT_TESTS],
}
IMAGE = guest_image.GuestImage(
    "soak", guest_image.CLIENTS.modules, guest_image.CLIENTS.files + tuple(map(piglit_program, PIGLIT_TESTS)),
    guest_image.CLIENTS.data)

# Translated code of the emulated CPU: a small buffer fills up soon and grows no more.
ACCELERATOR = ",tb-size=128"
# What the guest's kernel says when something stood still or broke.
KERNEL_TROUBLE = re.compile(
    r"Kernel panic|BUG:|Oops|blocked for more than|soft lockup|\*ERROR\*|Call Trace|Out of memory")
CYCLES = 8


class GuestSoak:
    """One run. `figures` are those of our library, or None."""

    def __init__(self, name, guest, churn, figures, options, checks):
        self.name, self.guest, self.churn, self.figures = name, guest, churn, figures
        self.options, self.checks = options, checks
        self.watch = Watch(guest.process, lambda: time.monotonic() - checks.started)
        self.resets = 0

    def run(self):
        """Cycles of churn, a quiet moment, churn again, and a reset in the middle of it."""
        end = time.monotonic() + 60 * self.options.minutes
        length = max(15, 60 * self.options.minutes / CYCLES - 40)  # a boot takes the rest
        for reset in itertools.cycle((self.guest.reset, self.guest.reboot)):
            self.start_lanes()
            self.let_run(length)
            self.stop_lanes()
            self.quiet_moment()
            if time.monotonic() > end:
                return
            self.start_lanes()
            self.let_run(8)
            self.churn.forget_lanes()
            self.guarded(reset)
            self.resets += 1
            self.checks.say(f"{self.name}: reset {self.resets} (by {reset.__name__}); {self.churn.summary()}")

    def start_lanes(self):
        self.guarded(self.guest.run, "rm -f /tmp/churn-end")
        for lane, commands in LANES.items():
            self.guarded(self.guest.run, f"sh /rig/churn {lane} /rig/{commands} &")

    def stop_lanes(self):
        """Lets the last clients end."""
        self.guarded(self.guest.run, "touch /tmp/churn-end; wait; true", 2 * self.options.stall)
        self.churn.forget_lanes()

    def let_run(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(min(5, seconds))
            if self.guest.process.poll() is not None:
                raise RigError(f"QEMU ended with {self.guest.process.returncode}")
            self.watch.sample()
            if silent := self.churn.silent(self.options.stall):
                self.diagnose("; ".join(silent))

    def quiet_moment(self):
        """No client is there: what is still held is held by the library, by QEMU and by the console."""
        time.sleep(2)
        sample = self.watch.sample("quiet", quiet=True)
        block = self.figures and self.figures.request(
            self.guest.process.pid, lambda: self.guarded(self.guest.run, COMMANDS["screen"][0] + " >/tmp/cube 2>&1"))
        words = ", ".join(f"{key} {block[key]}" for key in (
            "contexts", "resources", "submissions", "draws", "fences_reported", "fences_outstanding")) if block else ""
        self.checks.say(f"{self.name}: {sample}{'; ' + words if words else ''}")

    def guarded(self, action, *arguments):
        try:
            return action(*arguments)
        except RigError as error:
            if self.guest.process.poll() is not None:
                raise
            self.diagnose(str(error).splitlines()[0])

    def diagnose(self, why):
        """Writes down where everything stands, and gives up."""
        self.guest.transcript += ["rig: " + why, *self.watch.stacks().splitlines()]
        with contextlib.suppress(RigError):
            self.guest.transcript += self.guest.monitor.virtio_gpu()
        self.guest.type("echo w > /proc/sysrq-trigger; dmesg | tail -n 80")
        with contextlib.suppress(RigError):
            self.guest.wait_for("rig-status", 20)
        raise RigError(f"the guest stands still: {why}; stacks are in the log")


def payload(folder):
    """The lanes' script and lists, as files of the guest."""
    files = {"/rig/churn": REPOSITORY / "scripts/guest/churn"}
    for name, commands in COMMANDS.items():
        path = Path(folder) / name
        path.write_text("".join(f"{command}\n" for command in commands))
        files[f"/rig/{name}"] = path
    return files


def soak(name, options, checks, system):
    churn = Churn()
    figures = Figures(options.output.resolve() / f"{name}-figures.txt") if options.lib != "reference" else None
    with contextlib.ExitStack() as stack:
        library = stack.enter_context(Library(options.lib, system))
        display = stack.enter_context(Display("1920x1440"))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="soak-"))
        guest = Guest(library, display, IMAGE, payload(folder), system=system, accelerator=ACCELERATOR,
                      environment=figures.environment() if figures else {}, on_event=churn.on_event)
        try:
            with guest:
                run = GuestSoak(name, guest, churn, figures, options, checks)
                version = run.guest.monitor.execute("query-version")["qemu"]
                checks.say(f"{name}: QEMU {version['major']}.{version['minor']}.{version['micro']} on {library.path}")
                run.run()
                conclude(run)
        finally:
            (options.output / f"{name}.log").write_text("\n".join(churn.history + guest.transcript) + "\n")


def conclude(run):
    name, checks, churn = run.name, run.checks, run.churn
    cube.draw(run.guest, checks, run.options.output / f"{name}.png", name)
    run.guest.run("kill %1; wait", 20)
    run.watch.write(run.options.output / f"{name}.tsv")
    checks.that(churn.finished.total() and churn.killed.total(), f"{name}: {run.resets} resets, {churn.summary()}")
    for failure in churn.failures[:10]:
        checks.say(f"{name}: {failure}")
    checks.that(not churn.failures, f"{name}: no client failed that was not killed")
    trouble = [line for line in run.guest.transcript if KERNEL_TROUBLE.search(line)]
    checks.that(not trouble, f"{name}: the guest's kernel complained {len(trouble)} times {trouble[:3]}")
    words = [line for line in run.guest.transcript if line.startswith("qemu: ")]
    checks.say(f"{name}: QEMU and the library said {len(words)} lines {words[:3]}")
    run.watch.check_growth(checks, name)
    status = run.guest.end()
    checks.that(status == 0, f"{name}: QEMU ended with status {status} when asked to")
