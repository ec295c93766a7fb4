"""Debian's unmodified virgl_test_server on a chosen library, and Mesa clients connected to it.

Mesa before 25 knows only one socket path, /tmp/.virgl_test. Clients therefore run in a private mount namespace in
which that path is this server's own socket, so that any number of servers can run side by side.
"""

import os
import shlex
import subprocess
import tempfile
import time
from pathlib import Path

from .client import Host, stop_group
from .library import RigError, need

CLIENT_SOCKET = "/tmp/.virgl_test"
# SO_ACCEPTCON in the flags of /proc/net/unix: somebody listens. linux/net.h
ACCEPTS_CONNECTIONS = 1 << 16


def is_listened_on(path, table="/proc/net/unix"):
    """Whether a process listens on the unix socket `path`; a connection, by which to tell, would be a client."""
    with open(table, encoding="utf-8", errors="replace") as sockets:
        for line in list(sockets)[1:]:
            fields = line.rstrip("\n").split(maxsplit=7)
            if fields[7:] == [path] and int(fields[3], 16) & ACCEPTS_CONNECTIONS:
                return True
    return False


class VtestServer(Host):
    """A running server, and its clients. `profile` is "core" (desktop GL host) or "es-host" (GLES host).

    The server is this machine's or that of `system`, a debian.System; `command` is put before it.
    """

    renderer = "virgl"

    def __init__(self, library, profile="core", environment=None, arguments=(), command=(), system=None):
        self.library = library
        self.system = system
        self.profile = profile
        self.environment = dict(environment or {})
        self.arguments = list(arguments)
        self.command = list(command)

    def __enter__(self):
        program = "virgl_test_server" if self.system else need("virgl_test_server", "virgl-server")
        self._holder = tempfile.TemporaryDirectory(prefix="vtest-")
        self.socket = f"{self._holder.name}/socket"
        self.log = Path(self._holder.name) / "server.log"
        arguments = ["--use-egl-surfaceless", f"--socket-path={self.socket}", *self.arguments]
        if self.profile == "es-host":
            arguments.append("--use-gles")
        elif self.profile != "core":
            raise RigError(f"unknown host profile {self.profile}")
        environment = dict(os.environ, LIBGL_ALWAYS_SOFTWARE="1", LD_LIBRARY_PATH=self.library.directory)
        environment.pop("GALLIUM_DRIVER", None)
        if preload := environment.get("VIRGL_SERVER_PRELOAD"):
            environment["LD_PRELOAD"] = preload  # the runtime of a library built for AddressSanitizer
        environment.update(self.environment)
        command = [*self.command, program, *arguments]
        if self.system:
            command = self.system.command(command)
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            self._wait_until_listening()
        except RigError:
            self.__exit__()
            raise
        return self

    def _wait_until_listening(self):
        deadline = time.monotonic() + 30
        while not is_listened_on(self.socket):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RigError(f"virgl_test_server did not start:\n{self.stderr()}")
            time.sleep(0.02)
        if not self.command and not self.library.is_mapped_by(self.process.pid):
            raise RigError(f"virgl_test_server did not load {self.library.path}")

    def __exit__(self, *_):
        stop_group(self.process)
        self.last_log = self.stderr()
        self._holder.cleanup()

    def stderr(self):
        """What the server and its per-client children have said so far."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def is_alive(self):
        return self.process.poll() is None

    def client_command(self, command, system=None):
        """`command` wrapped so that it finds this server at Mesa's fixed socket path; with the Mesa of `system`."""
        command = super().client_command(command, system)
        Path(CLIENT_SOCKET).touch(exist_ok=True)  # a place to mount on
        inside = f"mount --bind {shlex.quote(self.socket)} {CLIENT_SOCKET} && exec \"$@\""
        as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
        return ["unshare", "--mount", *as_root, "--propagation", "private", "sh", "-c", inside, "client", *command]

    def client_environment(self, extra=None):
        return super().client_environment({
            "GALLIUM_DRIVER": "virpipe", "VTEST_SOCKET_NAME": self.socket, **(extra or {})})
