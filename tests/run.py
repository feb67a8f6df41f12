"""The one command that checks everything, from a bare clone: `python3 tests/run.py` (Windows: `py tests\\run.py`).

It needs nothing but Python 3.11 or newer. It makes the virtual environment `.venv` when there is none, installs what
the two requirements files fix, finds a browser or brings one, and then runs lint, layout, types and tests. The
preparation stops at the first thing that is missing and says how to mend it; of the checks all are run, so that
one go shows every failure.

    python3 tests/run.py                   what every change must pass
    python3 tests/run.py --full            the same with the long counts of examples
    python3 tests/run.py -- -k imports     words after -- go to pytest
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
REQUIREMENTS = [ROOT / "requirements.txt", ROOT / "requirements-dev.txt"]
STAMP = VENV / "installed-requirements.sha256"
OLDEST = (3, 11)

# The rooms that compute or draw are typed strictly; pages and parts only call Streamlit.
TYPED = ["analysis", "data", "guard", "charts", "documents", "commands"]

BROWSER_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
WINDOWS_BROWSERS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
MAC_BROWSERS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)


class CannotRunError(Exception):
    """The checks cannot be run here; the message says what to do about it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Prepare, check, and return the exit code: 0 all passed, 1 a check failed, 2 it could not be run."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    pytest_words = words[words.index("--") + 1 :] if "--" in words else []
    parser = argparse.ArgumentParser(prog="tests/run.py", description="Check everything, from a bare clone.")
    parser.add_argument("--full", action="store_true", help="run the long counts of examples")
    parser.add_argument("--find-browser", action="store_true", help="print an installed browser's path and end")
    options = parser.parse_args(words[: words.index("--")] if "--" in words else words)

    try:
        if options.find_browser:
            browser = installed_browser()
            print(browser or "no browser found", file=sys.stdout if browser else sys.stderr)
            return 0 if browser else 1
        started = time.monotonic()
        step("Virtual environment", environment)
        step("Requirements", requirements)
        browser = step("Browser", provide_browser)
    except CannotRunError as problem:
        print(f"\nCannot run the checks: {problem}", file=sys.stderr, flush=True)
        return 2

    settings = {**os.environ, "EXPLORER_BROWSER": browser}
    settings.pop("EXPLORER_FULL", None)
    settings.pop("PYTHONDONTWRITEBYTECODE", None)  # each process and server would compile everything anew
    if options.full:
        settings["EXPLORER_FULL"] = "1"
    failed = [name for name, words in checks(pytest_words) if not check(name, words, settings)]
    took = f"in {time.monotonic() - started:.0f} s"
    print(f"\nFailed {took}: {', '.join(failed)}." if failed else f"\nAll checks passed {took}.", flush=True)
    return 1 if failed else 0


def checks(pytest_words: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Every check's name and its command, quickest first."""
    yield "Lint", ["-m", "ruff", "check", "."]
    yield "Layout", ["-m", "ruff", "format", "--check", "."]
    if rooms := [room for room in TYPED if any((ROOT / room).rglob("*.py"))]:
        yield "Types", ["-m", "mypy", *rooms]
    # Two processes, each with its own server and browser; a test file stays whole, so what it shares is made once.
    # Files go in their own order, which ends with many quick ones; the other, fewest tests last, ends with journeys of
    # two minutes, and then one process waits for the other.
    split = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]
    yield "Tests", ["-m", "pytest", *split, *pytest_words]


# --- steps and their times --------------------------------------------------------------------------------------------


def step(name, work):
    """Run one step of the preparation, print what came of it and how long it took, and return it."""
    print(f"{name}: ", end="", flush=True)
    started = time.monotonic()
    result = work()
    print(f"{result} ({time.monotonic() - started:.1f} s)", flush=True)
    return result


def check(name: str, words: Sequence[str], settings: dict[str, str]) -> bool:
    """Run one check with its own output on the screen; True when it passed."""
    print(f"\n--- {name}", flush=True)
    started = time.monotonic()
    passed = subprocess.run([PYTHON, *words], cwd=ROOT, env=settings, stdin=subprocess.DEVNULL).returncode == 0
    print(f"--- {name} {'passed' if passed else 'FAILED'} ({time.monotonic() - started:.1f} s)", flush=True)
    return passed


def quiet(*words: str | Path, seconds: float = 1800) -> tuple[bool, str]:
    """Run a command without showing its output: did it work, and what did it say?"""
    try:
        done = subprocess.run(
            words,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        return False, str(problem)
    return done.returncode == 0, done.stdout.strip()


# --- virtual environment ----------------------------------------------------------------------------------------------

IS_RECENT = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"


def environment() -> str:
    """Use `.venv` when it works with a recent enough Python; make it otherwise."""
    if PYTHON.exists() and quiet(PYTHON, "-c", IS_RECENT)[0]:
        return "found .venv"
    if sys.version_info < OLDEST:
        raise CannotRunError(
            f"this is Python {sys.version_info.major}.{sys.version_info.minor}, and the explorer needs 3.11 or newer. "
            "Install one and run this command with it, for example: python3.12 tests/run.py"
        )
    made, said = quiet(sys.executable, "-m", "venv", "--clear", VENV)
    if not made:
        raise CannotRunError(
            "the virtual environment .venv could not be made. On Debian and Ubuntu its parts are in a package of "
            f"their own: sudo apt-get install python3-venv\n{said}"
        )
    return "made .venv"


def requirements() -> str:
    """Install both requirements files, unless exactly these are installed already."""
    state = hashlib.sha256(b"".join(file.read_bytes() for file in REQUIREMENTS)).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="ascii").strip() == state:
        return "installed before"
    print("installing, a minute or two the first time ... ", end="", flush=True)
    files = [word for file in REQUIREMENTS for word in ("-r", file)]
    done, said = quiet(PYTHON, "-m", "pip", "install", "--disable-pip-version-check", *files)
    if not done:
        raise CannotRunError(
            "pip could not install requirements.txt and requirements-dev.txt. Check the network connection and try "
            f"again; pip said:\n{said}"
        )
    STAMP.write_text(state, encoding="ascii")
    return "installed"


# --- browser ----------------------------------------------------------------------------------------------------------


def provide_browser() -> str:
    """The path of a browser for the journeys: one that is there, or else one that is brought here."""
    if found := installed_browser() or playwright_browser():
        return found
    print("none found, fetching Chromium ... ", end="", flush=True)
    quiet(PYTHON, "-m", "playwright", "install", "chromium", seconds=600)
    if found := playwright_browser():
        return found
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet("apt-get", "update")
        quiet("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
        if found := installed_browser():
            return found
    raise CannotRunError(
        "no browser. The journeys need Chromium, Chrome or Edge: install one (Debian: sudo apt-get install chromium), "
        "or name it in the environment variable EXPLORER_BROWSER, and run this command again."
    )


def installed_browser() -> str | None:
    """The browser named in EXPLORER_BROWSER, else the first that works on the PATH or in its usual place."""
    if named := os.environ.get("EXPLORER_BROWSER"):
        found = shutil.which(named)
        if not found:
            raise CannotRunError(f"EXPLORER_BROWSER names {named}, and there is no such program. Mend or unset it.")
        return found
    return next((path for path in usual_places() if works(path)), None)


def usual_places() -> Iterator[str]:
    """Where a browser may be on Linux, Windows and macOS; only files that exist."""
    for name in BROWSER_NAMES:
        if found := shutil.which(name):
            yield found
    folders = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
    places = [Path(folder, browser) for folder in folders if folder for browser in WINDOWS_BROWSERS]
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        places += [folder / browser for browser in MAC_BROWSERS]
    yield from (str(place) for place in places if place.is_file())


def playwright_browser() -> str | None:
    """The Chromium that Playwright fetched earlier, if it is there and all it needs is too."""
    ask = (
        "from playwright.sync_api import sync_playwright as start\nwith start() as p: print(p.chromium.executable_path)"
    )
    answered, path = quiet(PYTHON, "-c", ask, seconds=60)
    return path if answered and Path(path).is_file() and works(path) else None


def works(path: str) -> bool:
    """Whether this browser starts at all: a stub or a missing system library shows here, not in forty journeys.

    >>> works("no-such-browser")
    False
    """
    # On Windows a browser answers `--version` by opening a window, so there the file's existence must do.
    return Path(path).is_file() if os.name == "nt" else quiet(path, "--version", seconds=60)[0]


if __name__ == "__main__":
    sys.exit(main())
