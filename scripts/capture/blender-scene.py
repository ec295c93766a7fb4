"""Runs inside Blender: builds one scene and renders it with both OpenGL engines.

  blender --background --factory-startup --python blender-scene.py -- FOLDER

FOLDER gets eevee.ppm and workbench.ppm; their comment line is the name of the GL renderer.
"""

import math
import sys
from pathlib import Path

import bpy
import gpu

WIDTH, HEIGHT = 320, 240


def material(name, colour, **inputs):
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    made.diffuse_color = colour
    shader = made.node_tree.nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = colour
    for label, value in inputs.items():
        shader.inputs[label.replace("_", " ")].default_value = value
    return made


def put(thing, what):
    thing.data.materials.append(what)
    return thing


def textured(name):
    """A surface of procedural textures that bump it."""
    made = material(name, (0.8, 0.4, 0.1, 1), Roughness=0.6)
    nodes, links = made.node_tree.nodes, made.node_tree.links
    noise, ramp, bump = (nodes.new(kind) for kind in ("ShaderNodeTexNoise", "ShaderNodeValToRGB", "ShaderNodeBump"))
    noise.inputs["Scale"].default_value = 6
    ramp.color_ramp.elements[0].color = (0.1, 0.2, 0.7, 1)
    shader = nodes["Principled BSDF"]
    links.new(noise.outputs["Fac"], ramp.inputs["Fac"])
    links.new(ramp.outputs["Color"], shader.inputs["Base Color"])
    links.new(noise.outputs["Fac"], bump.inputs["Height"])
    links.new(bump.outputs["Normal"], shader.inputs["Normal"])
    return made


def build():
    for thing in list(bpy.data.objects):
        bpy.data.objects.remove(thing)
    add = bpy.ops.mesh
    add.primitive_plane_add(size=20)
    put(bpy.context.object, material("floor", (0.5, 0.5, 0.55, 1), Roughness=0.3))
    add.primitive_monkey_add(location=(0, 0, 1.1), rotation=(0, 0, 0.5))
    monkey = put(bpy.context.object, textured("textured"))
    monkey.modifiers.new("smooth", "SUBSURF").render_levels = 2
    add.primitive_uv_sphere_add(radius=0.7, location=(-1.9, 0.3, 0.7))
    put(bpy.context.object, material("metal", (0.9, 0.8, 0.5, 1), Metallic=1.0, Roughness=0.1))
    bpy.ops.object.shade_smooth()
    add.primitive_torus_add(location=(1.9, -0.3, 0.6), rotation=(0.9, 0.2, 0), major_radius=0.6, minor_radius=0.25)
    put(bpy.context.object, material("lamp", (0.1, 0.6, 0.2, 1), Emission=(0.1, 1, 0.3, 1), Emission_Strength=2.0))
    for kind, place, energy in (("AREA", (3, -3, 5), 400), ("SPOT", (-4, -2, 4), 500), ("POINT", (0, 3, 3), 150)):
        bpy.ops.object.light_add(type=kind, location=place)
        light = bpy.context.object
        light.data.energy = energy
        light.rotation_euler = (0.7, 0.1, math.atan2(place[0], -place[1]))
    bpy.ops.object.camera_add(location=(0.5, -6.5, 3), rotation=(1.2, 0, 0.08))
    bpy.context.scene.camera = bpy.context.object


def settings(scene):
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = WIDTH, HEIGHT, 100
    scene.render.image_settings.file_format = "PNG"
    scene.render.dither_intensity = 0
    scene.eevee.taa_render_samples = 4
    scene.eevee.use_gtao = scene.eevee.use_bloom = scene.eevee.use_ssr = True
    scene.eevee.shadow_cube_size = scene.eevee.shadow_cascade_size = "256"


def write_ppm(source, target):
    """The rendered PNG as the PPM that the rig reads; pixels come as floats, lowest row first."""
    image = bpy.data.images.load(str(source))
    values = image.pixels[:]
    rows = []
    for y in reversed(range(HEIGHT)):
        row = values[y * WIDTH * 4:(y + 1) * WIDTH * 4]
        rows.append(bytes(round(row[x * 4 + channel] * 255) for x in range(WIDTH) for channel in range(3)))
    head = f"P6\n# {gpu.platform.renderer_get()}\n{WIDTH} {HEIGHT}\n255\n"
    target.write_bytes(head.encode() + b"".join(rows))


folder = Path(sys.argv[-1])
build()
scene = bpy.context.scene
settings(scene)
for name, engine in (("eevee", "BLENDER_EEVEE"), ("workbench", "BLENDER_WORKBENCH")):
    scene.render.engine = engine
    scene.render.filepath = str(folder / f"{name}.png")
    bpy.ops.render.render(write_still=True)
    write_ppm(folder / f"{name}.png", folder / f"{name}.ppm")
