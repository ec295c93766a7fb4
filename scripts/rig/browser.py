"""Web browsers on the WebGL scenes of Conformance/webgl: the canvases as the page reads them, and the screen."""

import functools
import http.server
import json
import queue
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from .client import stop_group
from .image import Picture
from .library import REPOSITORY, RigError, need

PAGE = REPOSITORY / "Conformance/webgl"
TIMEOUT = 180

# Chromium falls back to SwiftShader, a rasteriser of its own, when the GPU process does not suit it.
CHROMIUM = ("chromium", "--no-sandbox", "--no-first-run", "--ignore-gpu-blocklist", "--disable-software-rasterizer",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--use-gl=angle",
            "--force-color-profile=srgb", "--disable-lcd-text", "--test-type", "--window-position=0,0",
            "--window-size=1024,768")

FIREFOX_SETTINGS = {
    "gfx.webrender.software": True,  # Mesa's vtest client breaks when the compositor has GL, too
    "webgl.force-enabled": True,
    "webgl.sanitize-unmasked-renderer": False,  # the renderer's real name
    "webgl.out-of-process": False,
    "security.sandbox.content.level": 0,  # WebGL's process must reach the server
    "app.update.auto": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.policy.firstRunURL": "",
    "termsofuse.bypassNotification": True,
    "full-screen-api.warning.timeout": 0,
}


def chromium(angle):
    """How to start Chromium with ANGLE on desktop GL ("gl") or GLES ("gles"): a function of profile and address."""
    def command(profile, address):
        need("chromium", "chromium")
        return [*CHROMIUM, f"--use-angle={angle}", f"--user-data-dir={profile}", f"--app={address}"]
    return command


def firefox(profile, address):
    need("firefox-esr", "firefox-esr")
    settings = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in FIREFOX_SETTINGS.items()]
    (profile / "user.js").write_text("\n".join(settings) + "\n")
    return ["firefox-esr", "--no-remote", "--kiosk", "--profile", str(profile), address]


class PageServer:
    """Serves the page on this machine and keeps what it posts: `pictures` by name, and the report."""

    def __enter__(self):
        self.pictures, self._report = {}, queue.Queue()
        handler = functools.partial(_Handler, self, directory=str(PAGE))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self):
        return f"http://127.0.0.1:{self._server.server_port}/index.html"

    def take(self, path, body):
        if path == "/report":
            self._report.put(json.loads(body))
        elif path.startswith("/picture/"):
            self.pictures[path.removeprefix("/picture/")] = body

    def report(self, process, timeout):
        """The page's report, or None when the browser ends or the time passes before it comes."""
        deadline = time.monotonic() + timeout
        while process.poll() is None and time.monotonic() < deadline:
            try:
                return self._report.get(timeout=0.2)
            except queue.Empty:
                continue
        return None


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, owner, *arguments, **options):
        self.owner = owner
        super().__init__(*arguments, **options)

    def do_POST(self):
        self.owner.take(self.path, self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def _upright(row, pixels):
    """RGBA rows from below, as WebGL reads them, as a picture."""
    stride = row["width"] * 4
    rows = [pixels[y * stride:(y + 1) * stride] for y in range(row["height"])]
    data = bytearray(row["width"] * row["height"] * 3)
    upright = b"".join(reversed(rows))
    for channel in range(3):
        data[channel::3] = upright[channel::4]
    return Picture(row["width"], row["height"], data, row["renderer"])


def draw_page(browser, host, display, folder):
    """Shows the page in a browser started on `host`: {name: picture}, the screen among them."""
    profile = Path(tempfile.mkdtemp(prefix="profile-", dir=folder))
    with PageServer() as page, open(profile / "output", "w+") as output:
        process = host.start(browser(profile, page.address), {"DISPLAY": display.name, "HOME": str(profile)},
                             stdout=output, stderr=subprocess.STDOUT)
        try:
            report = page.report(process, TIMEOUT)
            if report is None:
                output.seek(0)
                raise RigError("no report from the page; the browser said:\n" + output.read()[-1500:])
            problems = [f"{name}: {row['error']}" for name, row in report["pictures"].items() if "error" in row]
            if problems or "failure" in report:
                raise RigError("; ".join([*problems, report.get("failure", "")]))
            pictures = {name: _upright(row, page.pictures[name]) for name, row in report["pictures"].items()}
            renderers = {picture.note for picture in pictures.values()}
            pictures["screen"] = display.picture()
            pictures["screen"].note = " and ".join(sorted(renderers))
        finally:
            stop_group(process)
    return pictures
