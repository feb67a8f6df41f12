"""What every test may use: how many examples, the reference material, a browser, and a home of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.run import CannotRunError, installed_browser

ROOT = Path(__file__).resolve().parent.parent
FULL = os.environ.get("EXPLORER_FULL") == "1"

# A test sees the repository's own data and settings, whatever is set for the person who runs it.
for name in [name for name in os.environ if name.startswith("STREAMLIT_") or name == "EXPLORER_DATA"]:
    del os.environ[name]

# The ordinary run draws the same examples every time, so green means green for everybody; --full goes looking for new
# ones. No deadline: a slow computer is not a wrong answer.
settings.register_profile(
    "default",
    max_examples=200,
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("full", settings.get_profile("default"), max_examples=5000, derandomize=False)
settings.load_profile("full" if FULL else "default")


def reference_folder() -> Path | None:
    """Where reference material outside the repository is: EXPLORER_REFERENCE, else ../shared when there."""
    if named := os.environ.get("EXPLORER_REFERENCE"):
        if not Path(named).is_dir():
            raise pytest.UsageError(f"EXPLORER_REFERENCE names {named}, which is no folder. Mend or unset it.")
        return Path(named)
    beside = ROOT.parent / "shared"
    return beside if beside.is_dir() else None


def pytest_report_header() -> list[str]:
    """Say at the top which reference material was found: its absence is reported, never failed."""
    return [
        f"reference: {reference_folder() or 'none (EXPLORER_REFERENCE may name a folder); tests that need it skip'}",
        f"examples: {'full' if FULL else 'default'} ({settings.default.max_examples} each)",
    ]


@pytest.fixture(scope="session")
def reference() -> Path | None:
    """The folder of reference material, or None where there is none."""
    return reference_folder()


@pytest.fixture(scope="session")
def full() -> bool:
    """Whether the long counts are asked for (`tests/run.py --full`)."""
    return FULL


@pytest.fixture(scope="session")
def browser_path() -> str:
    """A browser's path; without one the test fails, for a journey nobody ran proves nothing."""
    try:
        found = installed_browser()
    except CannotRunError as problem:
        pytest.fail(str(problem))
    return found or pytest.fail("no browser: run tests/run.py, which brings one, or set EXPLORER_BROWSER")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty EXPLORER_HOME, so that no test touches what a person has saved."""
    folder = tmp_path_factory.mktemp("explorer-home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPLORER_HOME", str(folder))
        yield folder
