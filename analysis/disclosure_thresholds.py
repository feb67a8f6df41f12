"""How many respondents a shown number must be of: the usual thresholds, and others that somebody names."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["THRESHOLDS", "THRESHOLDS_VARIABLE", "Thresholds"]


@dataclass(frozen=True)
class Thresholds:
    """How many respondents a shown number is of, at least.

    Attributes
    ----------
    base
        Of a group.
    answers
        Of one answer in a group.
    crossed, sensitive
        Of one answer instead, where groups are crossed by two variables, and for questions marked sensitive.

    Examples
    --------
    >>> Thresholds(), Thresholds(answers=0)
    Traceback (most recent call last):
    ValueError: A threshold is a whole number from 1 upwards; answers is 0.
    """

    base: int = 30
    answers: int = 5
    crossed: int = 10
    sensitive: int = 10

    def __post_init__(self) -> None:
        for name, number in vars(self).items():
            if not (isinstance(number, int) and number >= 1):
                raise ValueError(f"A threshold is a whole number from 1 upwards; {name} is {number}.")

    @classmethod
    def said(cls, words: str) -> Thresholds:
        """The thresholds that somebody names, the usual ones for what is not named.

        Raises
        ------
        ValueError
            For another name, or what is no whole number.

        Examples
        --------
        >>> Thresholds.said("base=50 answers=10"), Thresholds.said("").base
        (Thresholds(base=50, answers=10, crossed=10, sensitive=10), 30)
        """
        told = dict(each.partition("=")[::2] for each in words.split())
        for name, number in told.items():
            if name not in cls.__dataclass_fields__ or not number.isdigit():
                raise ValueError(f"{THRESHOLDS_VARIABLE}: found '{name}={number}', expected such as base=30 answers=5.")
        return cls(**{name: int(number) for name, number in told.items()})


THRESHOLDS = Thresholds()
THRESHOLDS_VARIABLE = "EXPLORER_THRESHOLDS"  # the environment variable that names others
