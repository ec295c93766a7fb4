"""Running piglit through vtest, and reading and comparing its verdicts."""

import bz2
import gzip
import json
import lzma
import os
import re
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from .library import REPOSITORY, RigError, need

DATA = REPOSITORY / "Conformance/piglit"

# Best first: a test is worse when its verdict stands further right.
ORDER = ("pass", "warn", "skip", "fail", "timeout", "incomplete", "crash", "missing")


@dataclass(frozen=True)
class Suite:
    """A piglit profile, restricted to the names of a list file when there is one."""

    profile: str
    names: str = ""


SUITES = {
    "sanity": Suite("sanity"),
    "sample-gl": Suite("quick_gl", "sample-gl.txt"),
    "sample-shader": Suite("quick_shader", "sample-shader.txt"),
    "quick_gl": Suite("quick_gl"),
    "quick_shader": Suite("quick_shader"),
}


def read_names(name):
    return [line for line in (DATA / name).read_text().splitlines() if line and not line.startswith("#")]


def command(suite_name, output, jobs, with_heavy=False, system=None):
    """The piglit command line of a suite. Process isolation stays on: one crash must cost one test."""
    suite = SUITES[suite_name]
    program = "piglit" if system else need("piglit", "piglit")
    words = [program, "run", "-l", "quiet", "--overwrite", "-j", str(jobs), "--timeout", "60"]
    if suite.names:
        words += ["--test-list", str(DATA / suite.names)]
    elif not with_heavy:
        for test in read_names("heavy.txt"):
            words += ["-x", f"^{re.escape(test)}$"]
    return [*words, suite.profile, str(output)]


def environment(home):
    """piglit without windows, and with a settings folder of its own."""
    return {"PIGLIT_PLATFORM": "surfaceless_egl", "PIGLIT_NO_WINDOW": "1", "PIGLIT_NO_FAST_SKIP": "1",
            "XDG_CONFIG_HOME": home, "HOME": home}


def run(suite_name, server, output, jobs, with_heavy=False, timeout=3 * 3600, system=None):
    """Runs a suite, with the piglit and the Mesa of `system` if given; returns {test: verdict}, which is also left in
    OUTPUT/verdicts.txt."""
    output = Path(output)
    shutil.rmtree(output, ignore_errors=True)
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="piglit-home-") as home:
        result = server.run(command(suite_name, output, jobs, with_heavy, system), timeout=timeout,
                            environment=environment(home), system=system)
    if not output.exists() or not (verdicts := read_results(output)):
        raise RigError(f"piglit ended with {result.returncode} and left no results:\n{(result.stdout or '')[-2000:]}")
    (output / "server.log").write_text(server.stderr())
    write_verdicts(output / "verdicts.txt", verdicts)
    return verdicts


def read_results(folder):
    """{test: verdict} of a piglit result folder, also of an unfinished run."""
    for path in Path(folder).glob("results.json*"):
        opener = {".bz2": bz2.open, ".gz": gzip.open, ".xz": lzma.open}.get(path.suffix, open)
        with opener(path, "rt") as file:
            return {name: entry["result"] for name, entry in json.load(file)["tests"].items()}
    verdicts = {}
    for path in (Path(folder) / "tests").glob("*.json"):
        try:
            entries = json.loads(path.read_text())
        except ValueError:
            continue  # being written
        verdicts.update({name: entry.get("result", "incomplete") for name, entry in entries.items()})
    return verdicts


def verdict_lines(verdicts):
    return "".join(f"{verdicts[name]} {name}\n" for name in sorted(verdicts))


def write_verdicts(path, verdicts):
    Path(path).write_text(verdict_lines(verdicts))


def read_verdicts(path):
    """Verdicts of a verdicts.txt file, or of a result folder."""
    path = Path(path)
    if path.is_dir():
        return read_results(path)
    lines = (line.split(" ", 1) for line in path.read_text().splitlines() if line and not line.startswith("#"))
    return {name: verdict for verdict, name in lines}


def write_base(path, verdicts, origin):
    """A base to compare with: how many tests there are, and every verdict but pass. `origin` says whose they are."""
    others = {name: verdict for name, verdict in verdicts.items() if verdict != "pass"}
    Path(path).write_text(
        f"# {len(verdicts)} tests, {origin}; those not listed pass.\n{verdict_lines(others)}")


def read_base(path, new):
    """What `new` is compared with: a base, or any other verdicts. Tests that a base cannot name count as missing."""
    verdicts = read_verdicts(path)
    if Path(path).is_dir() or not (header := re.match(r"# (\d+) tests", Path(path).read_text())):
        return verdicts
    verdicts = dict.fromkeys(new, "pass") | verdicts
    for number in range(len(verdicts), int(header[1])):
        verdicts[f"(a test that was not run, {number})"] = "pass"
    return verdicts


def counts(verdicts):
    """Text such as "314 pass, 65 skip"."""
    tally = Counter(verdicts.values())
    return ", ".join(f"{tally[name]} {name}" for name in ORDER if tally[name])


def rank(verdict):
    return ORDER.index(verdict) if verdict in ORDER else len(ORDER)


def compare(base, new):
    """Tests whose verdict is worse, and those whose verdict is better, as lists of (test, base, new)."""
    worse, better = [], []
    for name in sorted(base):
        was, now = base[name], new.get(name, "missing")
        if rank(now) > rank(was):
            worse.append((name, was, now))
        elif rank(now) < rank(was):
            better.append((name, was, now))
    return worse, better


def default_jobs():
    return max(2, len(os.sched_getaffinity(0)))
