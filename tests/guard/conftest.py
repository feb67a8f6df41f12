"""One hosted explorer for all tests of the door."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.guard.hosting import Hosted, hosting


@pytest.fixture(scope="package")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosting(tmp_path_factory.mktemp("hosted")) as running:
        yield running
