"""The clients whose pictures are compared, and how one repeatable frame of each is taken."""

from dataclasses import dataclass
from pathlib import Path

from . import build
from .image import Picture
from .library import RigError, need

SIZE = "400x300"


@dataclass(frozen=True)
class Scene:
    """One client command and the frame to take."""

    name: str
    command: tuple
    frame: int = 5


def _glmark(name, benchmark, **options):
    return Scene(name, ("glmark2-es2", "-s", SIZE, "-b", benchmark), **options)


SCENES = (
    Scene("es2gears", ("es2gears_x11",)),
    Scene("glxgears", ("glxgears",)),
    _glmark("build", "build:use-vbo=false"),
    _glmark("build-vbo", "build:use-vbo=true"),
    _glmark("buffer-map", "buffer:columns=40:interleave=false:update-dispersion=0.9:update-fraction=0.5:"
            "update-method=map"),
    _glmark("buffer-subdata", "buffer:columns=40:interleave=true:update-dispersion=0.9:update-fraction=0.5:"
            "update-method=subdata"),
    _glmark("bump-high-poly", "bump:bump-render=high-poly"),
    _glmark("bump-normals", "bump:bump-render=normals"),
    _glmark("bump-height", "bump:bump-render=height"),
    _glmark("clear", "clear"),
    _glmark("conditionals", "conditionals:fragment-steps=5:vertex-steps=5"),
    _glmark("desktop-blur", "desktop:effect=blur:blur-radius=5:passes=1:separable=true:windows=4"),
    _glmark("desktop-shadow", "desktop:effect=shadow:windows=4"),
    _glmark("effect2d-edge", "effect2d:kernel=0,1,0;1,-4,1;0,1,0;"),
    _glmark("effect2d-blur", "effect2d:kernel=1,1,1,1,1;1,1,1,1,1;1,1,1,1,1;"),
    _glmark("function", "function:fragment-complexity=medium:fragment-steps=5"),
    _glmark("ideas", "ideas:speed=duration", frame=30),
    _glmark("jellyfish", "jellyfish"),
    _glmark("loop", "loop:fragment-loop=true:fragment-steps=5:vertex-steps=5"),
    _glmark("loop-uniform", "loop:fragment-steps=5:fragment-uniform=true:vertex-steps=5"),
    _glmark("pulsar", "pulsar:light=false:quads=5:texture=true"),
    _glmark("refract", "refract"),
    _glmark("shading-gouraud", "shading:shading=gouraud"),
    _glmark("shading-phong", "shading:shading=phong"),
    _glmark("shading-cel", "shading:shading=cel"),
    _glmark("shadow", "shadow"),
    _glmark("texture-nearest", "texture:texture-filter=nearest"),
    _glmark("texture-linear", "texture:texture-filter=linear"),
    _glmark("texture-mipmap", "texture:texture-filter=mipmap"),
    _glmark("terrain", "terrain", frame=1),
)


def take(scene, server, display, target, timeout=60, system=None):
    """Runs the scene's client, of `system` if given, on the server and returns its picture, left as a PPM file at
    `target`."""
    if system is None:
        need(scene.command[0], "glmark2-es2-x11" if scene.command[0] == "glmark2-es2" else "mesa-utils")
    target = Path(target)
    target.unlink(missing_ok=True)
    preload = [f"LD_PRELOAD={build.framegrab()}", f"FRAMEGRAB_OUTPUT={target}", f"FRAMEGRAB_FRAME={scene.frame}"]
    result = server.run(["env", *preload, *scene.command], timeout=timeout,
                        environment={"DISPLAY": display.name}, system=system)
    if result.returncode != 0 or not target.exists():
        tail = "\n".join((result.stdout or "").splitlines()[-8:])
        raise RigError(f"{scene.name}: client ended with {result.returncode}\n{tail}\n"
                       + "\n".join(server.stderr().splitlines()[-8:]))
    return Picture.read_ppm(target)
