"""A store of which only some versions are in sight: those that a link to a view was made from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from data.store import Store
from data.store_records import Version

__all__ = ["Pinned"]


class Pinned:
    """A store's versions as far as they are among some; all else is the store's own.

    Parameters
    ----------
    store
        As whoever looks may use it.
    versions
        Ids of the versions in sight.

    Examples
    --------
    >>> from data.store import memory_store
    >>> from data.people import LOCAL
    >>> Pinned(memory_store(LOCAL), []).versions()
    []
    """

    def __init__(self, store: Store, versions: Collection[str]) -> None:
        self._store = store
        self._ids = frozenset(versions)

    def versions(self, kind: str | None = None, withdrawn: bool = False) -> list[Version]:
        """Those in sight, newest first."""
        return [version for version in self._store.versions(kind, withdrawn) if version.id in self._ids]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)
