"""A word to mypy: the fields of a row from `DataFrame.itertuples()` have the types that the data contracts give them.

Pandas' stubs say "any scalar there is" for each, which no function of ours takes, so every loop over rows would need a
cast that checks nothing. With this the fields are Any; all else that the stubs know of pandas is still checked.
"""

from __future__ import annotations

from collections.abc import Callable

from mypy.plugin import MethodContext, Plugin
from mypy.types import AnyType, Instance, Type, TypeOfAny


class RowsPlugin(Plugin):
    """Give rows of `itertuples` fields of any type."""

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        """Take over what `itertuples` returns, and nothing else."""
        return any_rows if fullname == "pandas.core.frame.DataFrame.itertuples" else None


def any_rows(context: MethodContext) -> Type:
    """Turn `Iterable[named tuple]` into `Iterable[Any]`."""
    rows = context.default_return_type
    return rows.copy_modified(args=[AnyType(TypeOfAny.explicit)]) if isinstance(rows, Instance) else rows


def plugin(version: str) -> type[Plugin]:
    """Tell mypy which class it is; the name is mypy's."""
    return RowsPlugin
