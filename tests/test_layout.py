"""The repository as a whole: the README's map is true, modules are short, and no file holds what it should not."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.serving import ROOT

LONGEST = 300  # lines of one module
LONGER_FOR_A_REASON: dict[str, str] = {}  # file: reason

LEFT_OUT = {"__pycache__", "node_modules"}
LOOKS_BINARY = {".png", ".ico", ".ods", ".xlsx", ".docx", ".parquet", ".woff2", ".gz", ".zip"}


def project_files(root: Path = ROOT) -> list[Path]:
    """Every file that is or would be committed; without git (a downloaded copy) every file but what tools leave."""
    try:
        words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(words, cwd=root, capture_output=True, check=True, encoding="utf-8").stdout
    except (OSError, subprocess.CalledProcessError):
        return [
            file
            for file in sorted(root.rglob("*"))
            if file.is_file()
            and not LEFT_OUT.intersection(file.relative_to(root).parts)
            and not re.match(r"\.(git|venv|\w+_cache|hypothesis)$", file.relative_to(root).parts[0])
        ]
    return sorted(root / name for name in set(listed.split("\0")) if name and (root / name).is_file())


FILES = project_files()
TEXT_FILES = [file for file in FILES if file.suffix.lower() not in LOOKS_BINARY]


def name_of(file: Path) -> str:
    """A file's path inside the repository, the same on every system."""
    return file.relative_to(ROOT).as_posix()


# --- the folder map ---------------------------------------------------------------------------------------------------


def mapped(readme: str) -> set[str]:
    """What stands at the beginning of each line of the fenced block under "Folder map": `pages/`, `app.py`.

    >>> sorted(mapped("## Folder map\\n\\n```\\napp.py    frame\\ndata/, docs/   tables\\n  data/open/  more\\n```\\n"))
    ['app.py', 'data/', 'docs/']
    """
    block = re.search(r"^#+ Folder map\s*$.*?^```\w*\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert block, "README.md needs a heading 'Folder map' with a fenced block under it"
    heads = re.findall(r"^((?:[\w.-]+(?:/|\.py)(?:, *)?)+)", block[1], re.MULTILINE)
    return {name for head in heads for name in re.split(r", *", head) if name}


def test_folder_map_is_true() -> None:
    """Every folder and module at the top is on the map, and nothing else; folders with a dot may be."""
    there = {f"{file.relative_to(ROOT).parts[0]}/" for file in FILES if file.parent != ROOT}
    there |= {file.name for file in FILES if file.parent == ROOT and file.suffix == ".py"}
    on_map = mapped((ROOT / "README.md").read_text(encoding="utf-8"))
    assert on_map - there == set(), "on the map, but not there"
    assert {name for name in there if not name.startswith(".")} - on_map == set(), "there, but not on the map"


# --- modules ----------------------------------------------------------------------------------------------------------


def test_modules_are_short() -> None:
    """Tests may be longer: a list of cases is read one case at a time."""
    lines = {
        name_of(file): len(file.read_text(encoding="utf-8").splitlines())
        for file in FILES
        if file.suffix == ".py" and file.relative_to(ROOT).parts[0] != "tests"
    }
    assert {name: n for name, n in lines.items() if n > LONGEST and name not in LONGER_FOR_A_REASON} == {}
    assert {name for name in LONGER_FOR_A_REASON if lines.get(name, 0) <= LONGEST} == set(), "no longer longer"


# --- what no file may hold --------------------------------------------------------------------------------------------

NEVER = {
    "a path of somebody's computer": r"(?<![\w.:/~*-])/(?:home|root|Users|work|opt|mnt|private)/\w|\b[A-Z]:\\Users\\\w",
    "the host of a package registry": (
        r"\b(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|anaconda\.org|deb\.debian\.org|crates\.io)"
        r"|--(?:extra-)?index-ur[l]\b|--find-link[s]\b"
    ),
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "an access key": r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{36,}|github_pat_\w{50,}|sk-[\w-]{32,}|xox[abprs]-[\w-]{10,})",
    "a password or secret": r"(?i)\b\w*(?:password|passwd|secret|api_?key|token)\s*[=:]\s*[\"'][\w+/=.-]{16,}[\"']",
}


def held(text: str) -> list[str]:
    """Line and kind of everything in a text that no file may hold."""
    return [
        f"{text.count(chr(10), 0, found.start()) + 1}: {kind}"
        for kind, pattern in NEVER.items()
        for found in re.finditer(pattern, text)
    ]


def test_no_file_holds_what_it_should_not() -> None:
    found = {name_of(file): held(file.read_text(encoding="utf-8", errors="replace")) for file in TEXT_FILES}
    assert {name: what for name, what in found.items() if what} == {}
    assert not [name_of(file) for file in FILES if file.name in {"secrets.toml", ".env"}]


@pytest.mark.parametrize(
    "line",
    [
        "see /ho" + "me/jo/report.csv",
        "'/wor" + "k/main'",
        r"C:\Us" + r"ers\jo",
        "from https://py" + "pi.org/simple",
        "--extra-index" + "-url x",
        "-----BEGIN RSA PRIVATE" + " KEY-----",
        "AKI" + "A0123456789ABCDEF",
        "cookie_sec" + 'ret = "0123456789abcdef0"',
    ],
)
def test_planted_text_is_found(line: str) -> None:
    assert held(f"first line\n{line}\n")[0].startswith("2: ")


def test_ordinary_text_passes() -> None:
    assert (
        held("https://example.org/work/list, data/home/x.csv, ~/.cache, /usr/bin/chromium, token = next(words)\n") == []
    )


# --- text and tables --------------------------------------------------------------------------------------------------


def test_text_files_are_utf8_with_plain_line_ends() -> None:
    """UTF-8 without a mark, LF, and a line end at the end: a checksum is then the same on every computer."""
    wrong = {}
    for file in TEXT_FILES:
        content = file.read_bytes()
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as problem:
            wrong[name_of(file)] = str(problem)
            continue
        if b"\r" in content or content.startswith(b"\xef\xbb\xbf") or (content and not content.endswith(b"\n")):
            wrong[name_of(file)] = "CR, byte order mark, or no line end at the end"
    assert wrong == {}
