"""The one error that is shown to a user as it is: sentences that say what is wrong with a file and how to mend it."""

from __future__ import annotations

__all__ = ["DataError"]


class DataError(Exception):
    """A mistake in data or in a request, told in sentences.

    Parameters
    ----------
    problems
        One sentence, or all of them together. Each names the file, and the row and column where there is one.

    Examples
    --------
    >>> DataError(["a.csv, row 2: too short.", "a.csv, row 9: too long."]).problems
    ['a.csv, row 2: too short.', 'a.csv, row 9: too long.']
    >>> str(DataError("There is no release 2030-01."))
    'There is no release 2030-01.'
    """

    def __init__(self, problems: str | list[str]) -> None:
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))
