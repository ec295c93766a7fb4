"""Starting GL clients: on the machine's own rasteriser here, through virgl in `rig.vtest`."""

import os
import signal
import subprocess


def stop_group(process, grace=3.0):
    """Ends a process started with start_new_session, and everything it started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(grace)
        except subprocess.TimeoutExpired:
            continue
    process.wait()


class Host:
    """Where GL clients draw. A context manager: clients can be started while it is open."""

    renderer = ""  # what GL_RENDERER of its clients contains

    def client_command(self, command, system=None):
        """`command`, wrapped as its clients need it; with the Mesa of `system`, a debian.System, instead of this
        machine's."""
        return system.command(command) if system else list(command)

    def client_environment(self, extra=None):
        """The client's own library path is the system's, never the library under test."""
        environment = dict(os.environ)
        for name in ("LD_LIBRARY_PATH", "LD_PRELOAD"):
            environment.pop(name, None)
        environment.update(LIBGL_ALWAYS_SOFTWARE="1", MESA_SHADER_CACHE_DISABLE="true")
        environment.update(extra or {})
        return environment

    def stderr(self):
        """What the side of the renderer has said, here nothing."""
        return ""

    def start(self, command, environment=None, system=None, **options):
        """Starts a client in a process group of its own, for stop_group; options are those of Popen."""
        return subprocess.Popen(
            self.client_command(command, system), env=self.client_environment(environment), stdin=subprocess.DEVNULL,
            text=True, errors="replace", start_new_session=True, **options)

    def run(self, command, timeout=60, environment=None, **options):
        """Runs a client to its end. Returns a CompletedProcess; status 124 is a timeout, as with timeout(1)."""
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, **options}
        process = self.start(command, environment, **options)
        try:
            output, _ = process.communicate(timeout=timeout)
            status = process.returncode
        except subprocess.TimeoutExpired:
            stop_group(process)
            output, _ = process.communicate()
            status = 124
        return subprocess.CompletedProcess(command, status, output, None)


class Direct(Host):
    """Clients draw with Mesa's llvmpipe themselves: what everything in between has to equal."""

    renderer = "llvmpipe"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def client_environment(self, extra=None):
        return super().client_environment({"GALLIUM_DRIVER": "llvmpipe", **(extra or {})})
