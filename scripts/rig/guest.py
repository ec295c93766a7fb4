"""A running QEMU guest with virtio-gpu on the library under test, driven over its serial line."""

import base64
import gzip
import os
import queue
import subprocess
import tempfile
import threading
import time

from . import guest_image, guest_kernel
from .client import stop_group
from .library import RigError, need, only_one
from .qmp import Monitor


class Guest:
    """QEMU on `library`, showing its window on `display`. Emulated CPU: works on any machine.

    `image` says what is in the guest, `payload` adds files ({path in the guest: file here}), `suite` is the Debian
    suite of the kernel (None: this system's). QEMU is this machine's or that of `system`, a debian.System;
    `environment` is added to its own, `accelerator` to the options of the emulated CPU, `devices` to the machine. Lines
    of the guest that start with "rig-event" go to `on_event`, on a thread of its own, and are nobody's output.
    """

    BOOT_TIMEOUT = 120
    MEMORY_MIB = 1536

    def __init__(self, library, display, image=guest_image.CLIENTS, payload=None, suite=None, system=None,
                 environment=None, accelerator="", devices=(), on_event=None):
        self.library, self.display = library, display
        self.image, self.payload, self.suite = image, payload or {}, suite
        self.system, self.environment, self.accelerator = system, environment or {}, accelerator
        self.devices, self.on_event = devices, on_event
        self.transcript = []

    def __enter__(self):
        with only_one(guest_image.CACHE):
            self.kernel = guest_kernel.prepare(guest_image.CACHE, self.suite)
            initramfs = guest_image.prepare(self.image, self.kernel)
        self._scratch = tempfile.TemporaryDirectory(prefix="guest-", dir=guest_image.CACHE)
        if self.payload:
            initramfs = guest_image.with_payload(initramfs, self.payload, self._scratch.name)
        environment = dict(os.environ, DISPLAY=self.display.name, LD_LIBRARY_PATH=self.library.directory,
                           LIBGL_ALWAYS_SOFTWARE="1", SDL_VIDEODRIVER="x11", **self.environment)
        # The guest's memory is a file of its own, so that QEMU's anonymous memory is QEMU's and the library's.
        memory = f"memory-backend-memfd,id=memory,size={self.MEMORY_MIB}M,share=on"
        monitor = f"{self._scratch.name}/monitor"
        command = [self._program(), "-accel", f"tcg,thread=multi{self.accelerator}", "-cpu", "max",
                   "-machine", "q35,memory-backend=memory", "-object", memory, "-m", str(self.MEMORY_MIB), "-smp", "2",
                   "-nodefaults", "-kernel", str(self.kernel.image), "-initrd", str(initramfs),
                   "-append", "console=ttyS0 quiet panic=-1", "-device", "virtio-vga-gl", "-display", "sdl,gl=on",
                   "-serial", "stdio", "-qmp", f"unix:{monitor},server=on,wait=off"]
        for device in self.devices:
            command += ["-device", device]
        if self.system:
            command = self.system.command(command)
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, start_new_session=True)
        self._lines = queue.Queue()
        threading.Thread(target=self._pump_messages, daemon=True).start()
        threading.Thread(target=self._pump, daemon=True).start()
        try:
            self.wait_for("rig-ready", self.BOOT_TIMEOUT)
            if not self.library.is_mapped_by(self.process.pid):
                raise RigError(f"QEMU did not load {self.library.path}")
            self.monitor = Monitor(monitor)
        except RigError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        stop_group(self.process, grace=1.0)
        self._scratch.cleanup()

    def _program(self):
        name = "qemu-system-x86_64"
        return name if self.system else need(name, "qemu-system-x86")

    def _pump(self):
        for line in self.process.stdout:
            text = line.decode(errors="replace").rstrip("\r\n")
            if text.startswith("rig-event ") and self.on_event:
                self.on_event(text.removeprefix("rig-event "))
            else:
                self._lines.put(text)
        self._lines.put(None)

    def _pump_messages(self):
        """What QEMU and the library print goes into the transcript only: it would tear the serial lines apart."""
        for line in self.process.stderr:
            self.transcript.append("qemu: " + line.decode(errors="replace").rstrip())

    def wait_for(self, mark, timeout):
        """Reads the serial line up to the line that starts with `mark`; returns (lines before it, that line)."""
        before, deadline = [], time.monotonic() + timeout
        while True:
            try:
                line = self._lines.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise RigError(f"guest: no {mark} in {timeout} s; it said:\n" + "\n".join(before[-20:])) from None
            if line is None:
                raise RigError(f"QEMU ended with {self.process.wait()}; last words:\n" + "\n".join(before[-20:]))
            self.transcript.append(line)
            if mark in line:
                return before, line[line.index(mark):]
            before.append(line)

    def type(self, command):
        self.process.stdin.write(command.encode() + b"\n")
        self.process.stdin.flush()

    def run(self, command, timeout=60):
        """Runs a shell command in the guest: (exit status, output lines)."""
        self.type(command)
        lines, status = self.wait_for("rig-status", timeout)
        return int(status.split()[1]), lines

    def reboot(self):
        """Resets the machine without ending anything first; returns when it is up again.

        By the kernel's emergency restart: an orderly one resets the virtio device from a CPU thread, in which QEMU 7.2
        now and then crashes in its own SDL code, whatever the library.
        """
        self.type("echo b > /proc/sysrq-trigger")
        self.wait_for("rig-ready", self.BOOT_TIMEOUT)

    def reset(self):
        """Resets the machine from outside, as its reset button does; returns when it is up again."""
        self.monitor.execute("system_reset")
        self.wait_for("rig-ready", self.BOOT_TIMEOUT)

    def end(self):
        """Asks QEMU to end and returns its exit status."""
        self.process.terminate()
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            raise RigError("QEMU did not end when asked to") from None

    def fetch(self, path):
        """The bytes of a file in the guest. It comes packed, over the serial line."""
        status, lines = self.run(f"gzip -c {path} | base64", 120)
        if status != 0:
            raise RigError(f"guest: no {path}")
        return gzip.decompress(base64.b64decode("".join(lines)))

    def take_picture(self, path):
        """Writes the whole X screen, on which QEMU's window is the only thing."""
        self.display.grab("-trim", "+repage", "-type", "TrueColor", target=str(path))

    @staticmethod
    def colours(path):
        out = subprocess.run([need("convert", "imagemagick"), str(path), "-format", "%k", "info:"], check=True,
                             capture_output=True, text=True)
        return int(out.stdout)
