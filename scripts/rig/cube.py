"""kmscube on the screen of a guest."""

import time

COMMAND = "kmscube -D /dev/dri/card0 -c {frames} <>/tmp/idle"


def line_with(lines, word):
    return next((line.strip() for line in lines if word in line), "")


def draw(guest, checks, picture, name):
    """kmscube in the background, one picture of it while it draws. It goes on drawing."""
    guest.run(COMMAND.format(frames=1000000) + " >/tmp/cube 2>&1 &")
    for _ in range(40):
        time.sleep(0.5)
        _, lines = guest.run("grep -E '^  renderer' /tmp/cube")
        renderer = line_with(lines, "renderer:")
        if renderer:
            break
    time.sleep(2)
    checks.that("virgl" in renderer, f"{name}: kmscube draws with {renderer or 'nothing'}")
    guest.take_picture(picture)
    colours = guest.colours(picture)
    checks.that(colours > 100, f"{name}: {picture.name} has {colours} colours")
