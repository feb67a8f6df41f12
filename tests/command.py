"""A command run as a script would run it, without the second that a process of its own takes to load its libraries."""

from __future__ import annotations

import io
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from cli import main
from tests.serving import ROOT

__all__ = ["command"]


def command(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``cli.py`` with these words in this process, and give what a process would: its code and its bytes.

    It starts in the repository's folder with the home of a newcomer. What only a process shows, such as an encoding
    that Python takes from its environment or a pipe that nobody reads, needs one.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="\r\n") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(ROOT)
        for name, value in {"HOME": str(home), "EXPLORER_HOME": str(home / "explorer"), **environment}.items():
            patch.setenv(name, value)
        try:
            code = main(list(words))
        except SystemExit as ended:  # words that no command knows
            code = int(ended.code or 0)
    out.flush()
    err.flush()
    return subprocess.CompletedProcess(words, code, out.buffer.getvalue(), err.buffer.getvalue())
