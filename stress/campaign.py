"""What the scripts beside this file share: a campaign of trials against the program, and its verdict.

Only the standard library is used. The program is $TOOL, or .build/release/vae-report of this checkout.
"""
import argparse
import ctypes
import os
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
TEMPORARY = re.compile(r"\..+\.[0-9]+-[0-9a-z]+\.tmp")

# A model and a data set that train in a fraction of a second.
TINY = {
    "data.train_limit": 64, "data.validation": 16, "data.batch_size": 16, "data.test_limit": 16,
    "model.base_ch": 1, "model.latent_dim": 2, "train.epochs": 4, "log.tensorboard": "false",
}


def settings(*tables, **more):
    """-P options of the merged tables; a later value wins. Underscores in `more` stand for dots."""
    merged = {}
    for table in tables:
        merged.update(table)
    merged.update({key.replace("__", "."): value for key, value in more.items()})
    return [word for key, value in merged.items() for word in ("-P", f"{key}={value}")]


class Run:
    """How a call of the program ended."""

    def __init__(self, status, out, err, seconds, usage, words):
        self.status, self.out, self.err = status, out, err
        self.seconds, self.words = seconds, words
        self.peak = usage.ru_maxrss * 1024
        self.work = usage.ru_utime + usage.ru_stime

    @property
    def crashed(self):
        """Ended by a signal of its own doing, or never: status is None after a time-out."""
        return self.status is None or self.status < 0 or self.status >= 128

    @property
    def error_lines(self):
        """The lines that say that something is an error."""
        return [line for line in self.err.splitlines() if "error:" in line]

    def __str__(self):
        status = "no end in time" if self.status is None else f"status {self.status}"
        return f"{status} of '{' '.join(self.words)[:300]}'\n{self.err.strip()[-1200:]}"


class Campaign:
    """Trials, what did not hold, and the last line with the counts."""

    def __init__(self, name, about, count=None, count_help="", minutes=10):
        parser = argparse.ArgumentParser(
            prog=f"stress/{name}", description=about,
            formatter_class=argparse.RawDescriptionHelpFormatter)
        if count is not None:
            parser.add_argument("count", nargs="?", type=int, default=count, help=count_help)
        parser.add_argument("--only", metavar="WORDS", default="", help="only parts whose name holds one of these words, set apart by commas")
        parser.add_argument("--seed", type=int, default=1, help="of all that is random (1)")
        parser.add_argument(
            "--minutes", type=float, default=minutes,
            help=f"begin no new trial after so long ({minutes})")
        parser.add_argument(
            "--patience", type=float, default=120,
            help="seconds of work that a single call of the program may take (120)")
        parser.add_argument("--browser", action="store_true", help="open pages in Chromium too, where a script has some")
        parser.add_argument("--keep", action="store_true", help="keep the working folder")
        parser.add_argument(
            "--tool", default=os.environ.get("TOOL", str(PROJECT / ".build/release/vae-report")),
            help="the program; $TOOL, or .build/release/vae-report")
        self.name = name
        self.options = parser.parse_args()
        self.tool = str(Path(self.options.tool).resolve())
        if not os.access(self.tool, os.X_OK):
            parser.exit(2, f"stress/{name}: there is no program {self.tool}: run make build first\n")
        self.random = random.Random(self.options.seed)
        self.deadline = time.monotonic() + 60 * self.options.minutes
        self.begin = time.monotonic()
        self.held = self.skipped = 0
        self.failures = []
        self.notes = []
        self.folder = Path(tempfile.mkdtemp(prefix=f"stress-{name}-"))
        self.environment = dict(os.environ, NO_COLOR="1", SWIFT_BACKTRACE="enable=no", SOURCE_DATE_EPOCH="1700000000")
        self.environment.setdefault("XDG_CACHE_HOME", str(self.folder / "user-cache"))

    # The program

    def start(self, words, cwd=None, environment=None, **more):
        """The program, running; its standard output and error go to files, which never fill."""
        words = [str(word) for word in words]
        out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        process = subprocess.Popen(
            [self.tool, *words], cwd=cwd or self.folder, stdin=subprocess.DEVNULL, stdout=out,
            stderr=err, env=dict(self.environment, **(environment or {})), **more)
        process.words, process.files, process.begin = words, (out, err), time.monotonic()
        return process

    def end(self, process, patience=None):
        """Waits for the end; what has no end is killed.

        `patience` is in seconds of work: what a busy machine keeps waiting has ten times as long, what does
        nothing at all has not.
        """
        patience = patience or self.options.patience
        begin = time.monotonic()
        limit, worked = begin + patience, 0.0
        status = None
        pause = 0.002
        while True:
            found, code, usage = os.wait4(process.pid, os.WNOHANG)
            if found:
                status = os.waitstatus_to_exitcode(code)
                break
            if time.monotonic() > limit:
                before, worked = worked, processor_time(process.pid)
                waits_for_a_turn = worked > before + 0.01
                if waits_for_a_turn and worked < patience and time.monotonic() < begin + 10 * patience:
                    limit = time.monotonic() + 0.2 * patience
                    continue
                process.kill()
                _, _, usage = os.wait4(process.pid, 0)
                break
            time.sleep(pause)
            pause = min(0.05, pause * 1.2)
        process.returncode = -9 if status is None else status
        texts = []
        for file in process.files:
            file.seek(0)
            texts.append(file.read().decode("utf-8", "surrogateescape"))
            file.close()
        return Run(status, *texts, time.monotonic() - process.begin, usage, process.words)

    def run(self, *words, cwd=None, patience=None, environment=None, **more):
        """Calls the program and waits for its end."""
        return self.end(self.start(words, cwd, environment, **more), patience)

    # Trials

    def wants(self, part):
        """Whether a part of the campaign is to be done: --only, and the time that is left."""
        if not any(word in part for word in self.options.only.split(",")):
            return False
        if self.is_late:
            self.skip(f"{part}: the time was up")
            return False
        return True

    @property
    def is_late(self):
        return time.monotonic() > self.deadline

    def check(self, holds, what, evidence=""):
        """Counts a thing that has to hold; one that does not is told with its evidence."""
        if holds:
            self.held += 1
        else:
            self.failures.append(what)
            print(f"DOES NOT HOLD: {what}", flush=True)
            if evidence:
                print("    " + str(evidence).encode("utf-8", "backslashreplace").decode()
                      .replace("\x1b", "\\x1b").replace("\n", "\n    "), flush=True)
        return bool(holds)

    def skip(self, what):
        self.skipped += 1
        print(f"skipped: {what}", flush=True)

    def say(self, text):
        """A figure or a step that the reader should see."""
        print(text, flush=True)

    def place(self, name):
        """A fresh folder for a part."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def finish(self, counts=""):
        """Prints the last line and ends the script: 0 when everything held, else 1."""
        if not self.options.keep:
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            print(f"kept {self.folder}")
        for what in dict.fromkeys(self.failures):
            print(f"did not hold ({self.failures.count(what)} times): {what}")
        minutes = (time.monotonic() - self.begin) / 60
        counts = counts + ", " if counts else ""
        print(
            f"{self.name}: {counts}{self.held} held, {len(self.failures)} failed, "
            f"{self.skipped} skipped, {minutes:.1f} min, seed {self.options.seed}", flush=True)
        sys.exit(1 if self.failures or not self.held else 0)


def processor_time(process):
    """Seconds that a process has computed."""
    words = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def temporaries(folder):
    """Files under the temporary names of half-written files, below `folder`."""
    return sorted(
        str(path.relative_to(folder)) for path in Path(folder).rglob("*")
        if TEMPORARY.fullmatch(path.name))


def whole(path):
    """Whether a file of a kind that is known is there from its first byte to its last."""
    data = Path(path).read_bytes()
    name = str(path)
    if name.endswith(".safetensors"):
        import json
        if len(data) < 8:
            return False
        length, = struct.unpack("<Q", data[:8])
        try:
            header = json.loads(data[8:8 + length])
        except ValueError:
            return False
        ends = [entry["data_offsets"][1] for key, entry in header.items() if key != "__metadata__"]
        return len(data) == 8 + length + max(ends, default=0)
    if name.endswith((".json", ".ipynb")):
        import json
        try:
            json.loads(data)
            return True
        except ValueError:
            return False
    if name.endswith(".html"):
        return data.rstrip().endswith(b"</html>")
    if name.endswith((".csv", ".md")):
        return data.endswith(b"\n")
    if name.endswith(".png"):
        return data.startswith(b"\x89PNG") and data.endswith(b"IEND\xaeB`\x82")
    if name.endswith(".svg"):
        return data.rstrip().endswith(b"</svg>")
    return True


class FolderEvents:
    """Changes in folders as they happen (Linux's inotify): made, changed, closed, renamed to."""

    CHANGED, CLOSED, RENAMED, MADE = 0x2, 0x8, 0x80, 0x100

    def __init__(self, folders):
        self.system = ctypes.CDLL(None, use_errno=True)
        self.descriptor = self.system.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self.descriptor < 0:
            raise OSError(ctypes.get_errno(), "inotify")
        for folder in folders:
            mask = self.CHANGED | self.CLOSED | self.RENAMED | self.MADE
            self.system.inotify_add_watch(self.descriptor, os.fsencode(folder), mask)

    def read(self):
        """What has happened since the last call: (what, name) in order."""
        try:
            data = os.read(self.descriptor, 65536)
        except BlockingIOError:
            return []
        events, place = [], 0
        while place < len(data):
            _, mask, _, length = struct.unpack_from("iIII", data, place)
            name = data[place + 16:place + 16 + length].rstrip(b"\0").decode()
            events.append((mask & 0xfff, name))
            place += 16 + length
        return events

    def close(self):
        os.close(self.descriptor)


def send(process, number):
    """Sends a signal to a process of ours that may have ended."""
    try:
        os.kill(process.pid, number)
    except ProcessLookupError:
        pass


SIGKILL, SIGINT, SIGTERM = signal.SIGKILL, signal.SIGINT, signal.SIGTERM
