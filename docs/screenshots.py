"""Takes the pictures of the README from the running app: `python docs/screenshots.py`.

It needs what the tests need (`python3 tests/run.py` installs it): Playwright, and a browser where the tests find one.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.journeys.conftest import BROWSER_WORDS  # noqa: E402
from tests.journeys.steps import WIDE, still, visit  # noqa: E402
from tests.run import provide_browser  # noqa: E402
from tests.serving import serving  # noqa: E402

PICTURES = {"headlines.png": "", "priority.png": "prevent_harm#table_knife_gun_crime"}


def main() -> None:
    """Write the pictures beside this file."""
    with (
        tempfile.TemporaryDirectory() as home,
        serving(Path(home)) as server,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=provide_browser(), args=BROWSER_WORDS) as browser,
    ):
        page = browser.new_page(viewport=WIDE, color_scheme="light", reduced_motion="reduce")
        for name, address in PICTURES.items():
            visit(page, f"{server.url}/{address}")
            if anchor := address.partition("#")[2]:  # charts above a linked heading may still push it down
                page.wait_for_function(f"document.getElementById('{anchor}').getBoundingClientRect().top < 120")
            still(page).screenshot(path=ROOT / "docs" / name)
            print(f"docs/{name}: {(ROOT / 'docs' / name).stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
