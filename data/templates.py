"""Files to begin with: a template for each kind of upload, and a sample survey to try with. Every row is invented."""

from __future__ import annotations

from random import Random

import pandas as pd

from data.export import csv_bytes
from data.profile import KINDS

__all__ = ["SAMPLE_LABEL", "SAMPLE_NAME", "sample_survey", "template_csv", "template_name", "template_rows"]

SAMPLE_NAME = "invented_sample_survey.csv"
SAMPLE_LABEL = "Invented sample survey (illustrative)"

_AREAS = ["Invented North", "Invented South"]
_SAFE = ["Very safe", "Fairly safe", "A bit unsafe", "Very unsafe"]
_AGREE = ["Strongly agree", "Tend to agree", "Neither agree nor disagree", "Tend to disagree", "Strongly disagree"]
_AGES = ["16-34", "35-64", "65+"]


def template_name(kind: str) -> str:
    """The file name of a template, which says that its rows are invented.

    Examples
    --------
    >>> template_name("monthly")
    'template_monthly_invented_rows.csv'
    """
    return f"template_{kind}_invented_rows.csv"


def template_csv(kind: str) -> bytes:
    """A template as a file, for a spreadsheet to open and to be uploaded again."""
    return csv_bytes(template_rows(kind))


def template_rows(kind: str) -> pd.DataFrame:
    """The headers that are known at once, and a few invented rows under them, marked in their cells.

    Parameters
    ----------
    kind
        One of ``data.profile.KINDS``.

    Raises
    ------
    ValueError
        For any other kind.

    Examples
    --------
    >>> template_rows("monthly").head(2)
          month            measure            area  value
    0  2023-01  Invented burglary  Invented North     41
    1  2023-01  Invented burglary  Invented South     58
    """
    if kind not in KINDS:
        raise ValueError(f"A template is one of {', '.join(KINDS)}, not {kind}.")
    return {"survey": _survey, "aggregated": _aggregated, "monthly": _monthly, "events": _events}[kind]()


def _survey() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "respondent": f"INVENTED-{row + 1:03}",
                "wave": "2023-01",
                "date": f"2023-01-{row % 28 + 1:02}",
                "area": _AREAS[row % 2],
                "weight": f"{0.8 + row % 5 * 0.1:.2f}",
                "age_band": _AGES[row % 3],
                "Q1. How safe do you feel in your area?": [*_SAFE, "Don't know"][row % 5],
                "Q2. The police can be relied on": _AGREE[row % 5],
            }
            for row in range(20)
        ]
    )


def _aggregated() -> pd.DataFrame:
    rows = []
    for number, question in enumerate(["Invented: feels safe in the area", "Invented: relies on the police"]):
        for place, area in enumerate(_AREAS):
            for turn, wave in enumerate(["2022-06", "2023-01"]):
                base, count = 400 + 10 * place, 240 + 31 * number - 12 * turn + 7 * place
                percent = f"{100 * count / base:.1f}"
                rows.append({"question": question, "wave": wave, "area": area, "count": f"{count}",
                             "base": f"{base}", "percent": percent})  # fmt: skip
    return pd.DataFrame(rows)


def _monthly() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"month": f"2023-{month:02}", "measure": measure, "area": area, "value": f"{value + 3 * (month % 4)}"}
            for month in range(1, 7)
            for measure, values in {"Invented burglary": (38, 55), "Invented theft": (102, 131)}.items()
            for area, value in zip(_AREAS, values, strict=True)
        ]
    )


def _events() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "timestamp": f"2023-01-{row // 4 + 1:02} {(7 * row) % 24:02}:{(13 * row) % 60:02}",
                "kind": ["Invented 101 call", "Invented 999 call"][row % 2],
                "area": _AREAS[row // 2 % 2],
                "answered_after": f"{5 + 11 * row % 90}" if row % 12 else "",
                "attended_after": f"{5 + 47 * row % 60}" if row % 12 else "",
                "abandoned": "No" if row % 12 else "Yes",
            }
            for row in range(24)
        ]
    )


def sample_survey() -> bytes:
    """A survey of 241 invented rows, the same at every call, with the faults that real files have.

    Two rows stand twice, one respondent has two answers, three weights are missing, one row has a cell too many, and
    some answers are spelled in capitals.
    """
    drawn = Random(20230131)  # noqa: S311 - nothing secret: it only has to be the same everywhere
    rows = [_person(drawn, number) for number in range(1, 238)]
    for number in (20, 90, 150):
        rows[number][4] = ""
    rows += [list(rows[10]), list(rows[50]), [*rows[70][:6], _other(rows[70][6]), *rows[70][7:]]]
    header = ["resp_id", "wave", "area", "age_band", "weight", "Q1. How safe do you feel in your area?",
              "Q2. The police can be relied on", "Q3. Have you contacted the police?"]  # fmt: skip
    lines = [header, *rows[:200], [*rows[0], "a cell too many"], *rows[200:]]
    return "".join(",".join(line) + "\n" for line in lines).encode()


def _person(drawn: Random, number: int) -> list[str]:
    # Only `random()` is used: it alone gives the same numbers in every version of Python.
    def pick(answers: list[str]) -> str:
        return answers[int(drawn.random() * len(answers))]

    safe, agree = pick([*_SAFE[:2], *_SAFE, "Don't know"]), pick([*_AGREE[:2], *_AGREE, "Don't know"])
    contacted = pick(["Yes", "No", "No", "YES", "Refused"])
    weight = f"{0.5 + drawn.random():.3f}"
    area = pick([*_AREAS, "Invented East", "INVENTED EAST"])
    return [f"INVENTED-{number:04}", "2023-01", area, pick(_AGES), weight, safe, agree, contacted]


def _other(answer: str) -> str:
    return next(each for each in _AGREE if each != answer)
