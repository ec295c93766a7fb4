"""What a process holds while it runs: memory, descriptors, threads; and where its threads are when it hangs."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from .library import need


@dataclass(frozen=True)
class Sample:
    """Memory in MiB: `anonymous` is heap, stacks and the driver's textures; files and shared memory are apart."""

    label: str
    seconds: float
    anonymous: float
    file: float
    shared: float
    descriptors: int
    threads: int
    children: int

    def __str__(self):
        return (f"{self.label}: {self.anonymous:.0f} MiB anonymous, {self.file:.0f} MiB files, {self.descriptors} "
                f"descriptors, {self.threads} threads, {self.children} children")


class Watch:
    """Samples of one process. A *quiet* one is taken when no client is there: only those have to be equal."""

    # From the first third of the quiet moments, but for the very first (shader compilers, caches and pools are warm
    # then), to the last third. Measured with the reference: malloc's and the rasteriser's pools breathe by 40 MiB to
    # each side, descriptors do not, the driver has a helper thread more or less.
    ANONYMOUS_GROWTH = 96
    DESCRIPTOR_GROWTH = 4
    THREAD_GROWTH = 4

    def __init__(self, process, clock):
        self.process, self.clock = process, clock
        self.samples, self.quiet = [], []

    def sample(self, label="busy", quiet=False):
        folder = Path(f"/proc/{self.process.pid}")
        status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())

        def mib(name):
            return int(status[name].split()[0]) / 1024

        children = sum(len(path.read_text().split()) for path in folder.glob("task/*/children"))
        taken = Sample(label, self.clock(), mib("RssAnon"), mib("RssFile"), mib("RssShmem"),
                       sum(1 for _ in (folder / "fd").iterdir()), int(status["Threads"]), children)
        self.samples.append(taken)
        if quiet:
            self.quiet.append(taken)
        return taken

    def write(self, path):
        names = list(Sample.__dataclass_fields__)
        rows = ["\t".join(names)]
        for sample in self.samples:
            values = [getattr(sample, name) for name in names]
            rows.append("\t".join(f"{value:.1f}" if isinstance(value, float) else str(value) for value in values))
        path.write_text("\n".join(rows) + "\n")

    def check_growth(self, checks, name):
        if len(self.quiet) < 3:
            checks.that(False, f"{name}: only {len(self.quiet)} quiet moments, too few to see growth")
            return
        count = max(1, (len(self.quiet) - 1) // 3)
        first, last = self.quiet[1:1 + count], self.quiet[-count:]
        for what, limit in (("anonymous", self.ANONYMOUS_GROWTH), ("descriptors", self.DESCRIPTOR_GROWTH),
                            ("threads", self.THREAD_GROWTH), ("children", 0)):
            before, after = (median(getattr(sample, what) for sample in part) for part in (first, last))
            checks.that(after - before <= limit, f"{name}: {what} {before:.0f} early, {after:.0f} at the end, "
                                                 f"medians of {count} of {len(self.quiet)} quiet moments")

    def stacks(self):
        """Every thread's stack, by gdb, with the libraries that the process sees."""
        root = f"set sysroot /proc/{self.process.pid}/root"
        result = subprocess.run(
            [need("gdb", "gdb"), "--batch", "-nx", "-iex", root, "-p", str(self.process.pid),
             "-ex", "thread apply all bt 40"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return result.stdout + result.stderr
