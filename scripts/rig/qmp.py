"""QEMU's machine protocol, as far as the rigs need it: one command, one answer."""

import json
import socket

from .library import RigError


class Monitor:
    """A connection to the QMP socket at `path`. Answers come within seconds, or QEMU's main loop stands still."""

    TIMEOUT = 60

    def __init__(self, path):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(self.TIMEOUT)
        self._socket.connect(path)
        self._answers = self._socket.makefile("r")
        self._answers.readline()  # the greeting
        self.execute("qmp_capabilities")

    def execute(self, command, **arguments):
        self._socket.sendall(json.dumps({"execute": command, "arguments": arguments}).encode() + b"\n")
        try:
            for line in self._answers:
                answer = json.loads(line)
                if "return" in answer:
                    return answer["return"]
                if "error" in answer:
                    raise RigError(f"QEMU: {command}: {answer['error'].get('desc')}")
        except TimeoutError:
            raise RigError(f"QEMU did not answer {command} in {self.TIMEOUT} s") from None
        raise RigError(f"QEMU closed its monitor instead of answering {command}")

    def virtio_gpu(self):
        """How the graphics device stands: its status, and what its control queue took and gave back."""
        words = []
        for device in self.execute("x-query-virtio"):
            if "gpu" in device["name"]:
                path = device["path"]
                words.append(json.dumps(self.execute("x-query-virtio-status", path=path)))
                words.append(json.dumps(self.execute("x-query-virtio-queue-status", path=path, queue=0)))
        return words
