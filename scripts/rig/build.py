"""The rigs' own C programs, compiled when their source is newer."""

import os
import subprocess

from .library import REPOSITORY, need

FOLDER = REPOSITORY / ".build-rigs"


def _compiled(source, name, *flags):
    source, product = REPOSITORY / "scripts" / source, FOLDER / name
    FOLDER.mkdir(exist_ok=True)
    if not product.exists() or product.stat().st_mtime < source.stat().st_mtime:
        fresh = FOLDER / f"{name}.{os.getpid()}"  # renamed into place: other rigs may be building too
        subprocess.run([need("cc", "gcc"), "-O1", "-Wall", "-Wextra", *flags, "-o", fresh, source, "-ldl"], check=True)
        fresh.rename(product)
    return product


def framegrab():
    """The preload that turns an animation into one picture."""
    return _compiled("capture/framegrab.c", "framegrab.so", "-shared", "-fPIC")


def launcher():
    """What opens devices for weston in a guest."""
    return _compiled("guest/launcher.c", "launcher")
