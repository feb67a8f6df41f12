"""Who may import whom: one direction, from the pages down to the data, read off the import lines themselves.

It is what keeps a number traceable: a page cannot compute one, a statistic cannot fetch one, a chart cannot change one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pandas
import pytest

from tests.serving import ROOT

# Of our own: each room, and the rooms it may import. A room may always import itself, but no page another page.
MAY_IMPORT = {
    "hosted": {"app", "guard", "parts", "data"},
    "guard": {"data"},
    "app": {"parts"},
    "pages": {"parts", "charts", "documents", "analysis", "data"},
    "parts": {"charts", "analysis", "data"},
    "cli": {"commands", "data"},
    "commands": {"documents", "analysis", "data"},
    "documents": {"charts", "analysis"},
    "charts": {"analysis"},
    "analysis": set(),
    "data": set(),
}
# Run by hand or by the checks, never imported by a room; they may import any.
OUTSIDE = {"tests", "benchmarks", "deploy", "docs"}

# Of others': `data` alone opens files and engines; Streamlit lives in app, pages and parts; Plotly in charts and parts.
# Of Streamlit `guard` knows only the shape of what a browser sends.
ENGINES = {"duckdb", "ibis", "sqlite3", "sqlalchemy"}
FILES = {"pathlib", "os", "shutil", "tempfile", "glob", "fileinput"}
FORBIDDEN = {
    "hosted": ENGINES | {"plotly", "pandas"},
    "guard": ENGINES | FILES | {"plotly", "pandas"},
    "app": ENGINES | FILES | {"plotly", "pandas"},
    "pages": ENGINES | FILES | {"plotly"},
    "parts": ENGINES,
    "cli": ENGINES | {"streamlit", "plotly"},
    "commands": ENGINES | {"streamlit", "plotly"},
    "documents": ENGINES | {"streamlit"},
    "charts": ENGINES | FILES | {"streamlit"},
    "analysis": ENGINES | FILES | {"streamlit", "plotly", "afcharts"},
    "data": {"streamlit", "plotly"},
}
# Rooms that are handed what they need and so never open a file themselves.
READS_NOTHING = {"hosted", "guard", "app", "pages", "parts", "documents", "charts", "analysis"}
READERS = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
READERS |= {name for name in dir(pandas) if name.startswith("read_")}  # read_csv, read_sql, ...


def room_of(path: Path) -> str:
    """The room a module stands in: its top folder, or its own name beside app.py.

    >>> room_of(Path("parts/menu.py")), room_of(Path("cli.py"))
    ('parts', 'cli')
    """
    return path.parts[0].removesuffix(".py")


def imports(tree: ast.AST, path: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything imported, wherever the line stands and however it is written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = list(path.parts[: -node.level]) if node.level else []
            module = ".".join([*package, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{module}.{name.name}".strip(".")) for name in node.names)
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"} and node.args:
            first = node.args[0]
            named = isinstance(first, ast.Constant) and isinstance(first.value, str)
            yield node.lineno, first.value if named else "a module chosen while running"


def called(node: ast.Call) -> str:
    """The last part of what is called: `read_csv` in `pd.read_csv(...)`."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def wrong_imports(root: Path) -> list[str]:
    """Every breach of the tables above, as `file:line what`."""
    wrong = []
    for file in sorted(modules(root)):
        path = file.relative_to(root)
        room = room_of(path)
        if room in OUTSIDE:
            continue
        if room not in MAY_IMPORT:
            wrong.append(f"{path.as_posix()}:1 stands in no room of the design: {room}")
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"), filename=str(path))
        for line, name in imports(tree, path):
            if not allowed(room, name, path):
                wrong.append(f"{path.as_posix()}:{line} imports {name}")
        if room in READS_NOTHING:
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and called(node) in READERS:
                    wrong.append(f"{path.as_posix()}:{node.lineno} opens a file: {called(node)}()")
    return wrong


def allowed(room: str, name: str, path: Path) -> bool:
    """May a module of this room import that name?"""
    top = name.split(".")[0]
    if top in OUTSIDE or name == "a module chosen while running":
        return False
    if top == room:
        return room != "pages" or path.name == "__init__.py"
    if top in MAY_IMPORT:
        return top in MAY_IMPORT[room]
    return top not in FORBIDDEN.get(room, set())


def modules(root: Path) -> Iterator[Path]:
    """Every Python file of the project, none of the virtual environment's."""
    yield from root.glob("*.py")
    for folder in root.iterdir():
        if folder.is_dir() and not folder.name.startswith((".", "_")):
            yield from folder.rglob("*.py")


def test_every_import_goes_the_right_way() -> None:
    assert wrong_imports(ROOT) == []


# --- the checker itself, on planted mistakes --------------------------------------------------------------------------

ENDS = {"app": "app.py", "cli": "cli.py", "hosted": "hosted.py"}


def plant(root: Path, room: str, code: str) -> list[str]:
    """Put one module into an empty tree and say what is wrong with it."""
    file = root / ENDS.get(room, f"{room}/planted.py")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(code, encoding="utf-8")
    return wrong_imports(root)


@pytest.mark.parametrize("room", MAY_IMPORT)
@pytest.mark.parametrize("other", [*MAY_IMPORT, *sorted(OUTSIDE)])
def test_each_pair_of_rooms(tmp_path: Path, room: str, other: str) -> None:
    expected = other in MAY_IMPORT[room] or (other == room and room != "pages")
    assert (plant(tmp_path, room, f"from {other} import something\n") == []) == expected


@pytest.mark.parametrize("room", FORBIDDEN)
def test_each_forbidden_package(tmp_path: Path, room: str) -> None:
    for package in FORBIDDEN[room]:
        assert plant(tmp_path, room, f"import {package}.inner as x\n"), package


@pytest.mark.parametrize(
    "line",
    [
        "import charts, streamlit",
        "def late():\n    from parts.menu import draw",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import plotly.graph_objects as go",
        "from importlib import import_module\nimport_module('data.releases')",
        "import importlib\nimportlib.import_module('str' + 'eamlit')",
        "from ..data import releases",
        "from .. import charts",
        "rows = open('figures.csv')",
        "import pandas as pd\nframe = pd.read_parquet('wave.parquet')",
        "text = folder.joinpath('a').read_text()",
    ],
)
def test_planted_mistake_in_a_statistic(tmp_path: Path, line: str) -> None:
    assert plant(tmp_path, "analysis", line + "\n")


@pytest.mark.parametrize(
    "line", ["import pages.survey", "from pages import survey", "from . import survey", "from .survey import draw"]
)
def test_planted_mistake_in_a_page(tmp_path: Path, line: str) -> None:
    """No page imports another, by whatever road."""
    assert plant(tmp_path, "pages", line + "\n") == [f"pages/planted.py:1 imports {IMPORTED[line]}"]


IMPORTED = {
    "import pages.survey": "pages.survey",
    "from pages import survey": "pages.survey",
    "from . import survey": "pages.survey",
    "from .survey import draw": "pages.survey.draw",
}


def test_a_new_room_must_be_in_the_table(tmp_path: Path) -> None:
    assert plant(tmp_path, "utils", "") == ["utils/planted.py:1 stands in no room of the design: utils"]


def test_what_is_right_passes(tmp_path: Path) -> None:
    code = "import math\nimport numpy as np\nimport pandas as pd\nfrom .rates import rate\nfrom analysis import words\n"
    assert plant(tmp_path, "analysis", code) == []
    assert plant(tmp_path, "data", "import sqlite3, duckdb\nfrom pathlib import Path\nPath('x').read_text()\n") == []
