"""Line numbers in words."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["LISTED", "MOST", "at_lines"]

LISTED = 100_000  # lines that are kept for one note
MOST = 50  # runs of lines that a sentence names


def at_lines(numbers: Iterable[int]) -> str:
    """Tell lines in words, neighbours as a run.

    Examples
    --------
    >>> at_lines([4]), at_lines([7, 3, 4, 5])
    ('line 4', 'lines 3 to 5 and 7')
    """
    runs: list[list[int]] = []
    wanted = sorted(set(numbers))
    for number in wanted:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    told = []
    for first, last in runs[:MOST]:
        told += [f"{first} to {last}"] if last > first + 1 else [str(one) for one in range(first, last + 1)]
    left = sum(last - first + 1 for first, last in runs[MOST:])
    if left:
        told.append(f"{left:,} more" if len(wanted) < LISTED else f"more than {left:,} others")
    word = "line" if len(runs) == 1 and runs[0][0] == runs[0][1] else "lines"
    return f"{word} {', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else f"{word} {told[0]}"
