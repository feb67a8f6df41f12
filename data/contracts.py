"""What a valid table is: one pandera schema a file, for bundled and for uploaded tables alike.

Every cell is read as text, checked as text, and only then typed, so that a message can quote what stands in the
file. All problems of a file are reported together, each with file, row and column.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from data.contract_columns import choice, day, formula, ids, key, number, text, whole
from data.errors import DataError

__all__ = [
    "FIGURE_ROLES",
    "OPTIONAL",
    "SCHEMAS",
    "STATUSES",
    "UNITS",
    "cells_of",
    "check_table",
    "csv_text",
    "read_cells",
]
__all__ += ["read_table"]

UNITS = ["count", "percent", "percentage_points", "seconds", "minutes", "hours", "days", "gbp", "gbp_thousand"]
UNITS += ["gbp_million", "per_1000", "grams", "kilograms", "rank", "not_stated"]
FIGURE_ROLES = ["last_12_months", "previous_12_months", "baseline", "month", "quarter", "year", "year_to_date"]
FIGURE_ROLES += ["wave", "budget", "actual", "snapshot"]
STATUSES = ["published", "open", "illustrative", "uploaded"]


def _table(**columns: pa.Column) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, strict=True, ordered=False)


def _period(required: bool = True) -> dict[str, pa.Column]:
    return {"period_start": day(required), "period_end": day(required)}


SCHEMAS: dict[str, pa.DataFrameSchema] = {
    "priorities": _table(id=key(unique=True), order=whole(), title=text(), menu_title=text()),
    "sections": _table(
        id=key(unique=True), priority=key(), order=whole(), title=text(), about=text(), where=text(),
        support=text(False),
    ),
    "tables": _table(id=key(unique=True), section=key(), order=whole(), title=text(), caption=text(), where=text()),
    "measures": _table(
        id=key(unique=True), priority=key(), section=key(), order=whole(), title=text(), unit=choice(UNITS),
        basis=choice(["reported", "validated", "other"]),
        direction=choice(["up_is_better", "up_is_worse", "neither"]), direction_reason=text(),
        rounding=choice(["exact", "1", "0.1", "0.01", "0.001"]), dispersion=number(False),
        untested=text(False), definition=text(),
        national_measure=key(False), offence=text(False), notes=text(False),
    ),
    "areas": _table(
        id=key(unique=True), name=text(), kind=choice(["force", "district", "lpt", "part"]),
        tile_row=whole(False), tile_column=whole(False), mapping=ids(),
        mapping_assumed=choice(["true", "false"], False), note=text(False),
    ),
    "figures": _table(
        figure_id=key(unique=True), table=key(), row_order=whole(),
        row_kind=choice(["part", "subtotal", "total", "memo"]), row_label=text(), measure=key(), area=key(),
        breakdown=text(False), role=choice(FIGURE_ROLES), column_order=whole(), column_label=text(),
        **_period(), value=number(), printed=text(), unit=choice(UNITS), numerator=number(False),
        denominator=number(False), status=choice(STATUSES), where=text(),
    ),
    "as_published": _table(
        id=key(unique=True), table=key(), row_order=whole(), row_label=text(), column_order=whole(),
        column_label=text(), figure_id=key(False),
        kind=choice(["difference", "percent_change", "baseline_difference", "baseline_percent", "share", "total",
                      "rate"]),
        printed=text(), formula=formula(), inputs=ids(),
    ),
    "statements": _table(
        id=key(unique=True), section=key(), where=text(), printed=text(), claim=text(), value=number(),
        unit=choice(UNITS),
        kind=choice(["level", "difference", "percent_change", "point_change", "per_day", "share", "rate", "total"]),
        formula=formula(), inputs=ids(), measure=key(False), area=key(False), breakdown=text(False),
        **_period(False), numerator=number(False), denominator=number(False),
    ),
    "comparisons": _table(
        id=key(unique=True), section=key(), measure=key(False), area=key(), group=text(), rank=whole(False),
        of_how_many=whole(False), first_is=choice(["best", "worst", "highest", "lowest", "not stated"], False),
        value=number(False), unit=choice(UNITS, False), **_period(), printed=text(), claim=text(), where=text(),
    ),
    "ranges": _table(
        id=key(unique=True), table=key(False), row_order=whole(False), section=key(), measure=key(False),
        question=text(), scope=text(), **_period(), low=number(False), high=number(False), unit=choice(UNITS),
        printed=text(), where=text(),
    ),
    "events": _table(
        **{"id": key(unique=True), "title": text(), "from": day(), "to": day(False), "measures": ids(),
           "kind": choice(["operational", "recording"]), "effect": choice(["break", "part"]),
           "counted_by": key(False), "note": text(), "where": text()}
    ),
    "commitments": _table(
        id=key(unique=True), section=key(), what=text(), promised_value=number(False), unit=choice(UNITS, False),
        due=day(False), due_words=text(False), measure=key(False), where=text(), status=text(),
    ),
    "not_in_report": _table(
        id=key(unique=True), section=key(), kind=choice(["picture", "missing"]), what=text(),
        would_fill=text(), where=text(),
    ),
    "corrections": _table(id=key(), printed=text(), corrected=text(), date=day(), who=text(), why=text()),
    "national_measures": _table(
        id=key(unique=True), section=key(), order=whole(), title=text(), national_source=text(),
        local_proxy=text(), measures=ids(), gap=text(),
    ),
    "explanations": _table(
        id=key(unique=True), section=key(), kind=choice(["explanation", "activity", "inspection"]), measures=ids(),
        text=text(), where=text(),
    ),
    "glossary": _table(term=text(), meaning=text(), where=text()),
    "wordings": _table(
        id=key(unique=True), section=key(), where=text(), printed=text(),
        word=choice(["stable", "same", "slight", "rise", "fall", "highest", "lowest"]),
        measure=key(False), inputs=ids(True),
    ),
    "overlaps": _table(id=key(unique=True), measure=key(), dimension=text(), why=text(), where=text()),
    "surveys": _table(
        id=key(unique=True), survey=key(), title=text(), section=key(), table=key(False), wave=text(),
        kind=choice(["waves", "rolling"]), **_period(), base=number(False), assume=number(),
        assume_areas=whole(False), where=text(),
    ),
    "area_claims": _table(
        id=key(unique=True), section=key(), measure=key(), area=key(), word=choice(["higher", "lower"]),
        printed=text(), where=text(),
    ),
    "confirmed": _table(
        finding=text(unique=True), kind=text(), what=text(), reason=text(), date=day(), who=text(),
    ),
}  # fmt: skip
OPTIONAL = {"wordings", "overlaps", "surveys", "area_claims", "confirmed"}  # files that a release may do without


def read_table(path: Path, name: str | pa.DataFrameSchema) -> pd.DataFrame:
    """Read one CSV under the contract ``name`` (of a release, or one given as a schema) and type its columns.

    Returns
    -------
    DataFrame
        Columns in the contract's order: text as ``str`` with blanks as ``""``, numbers as float, whole numbers as
        ``Int64``, dates as ``datetime64``. Attribute ``line`` is not kept: row *n* stands on line *n* + 2.

    Raises
    ------
    DataError
        All problems of the file together, each naming file, row and column.
    """
    return check_table(read_cells(path), name, path.name)


def check_table(frame: pd.DataFrame, name: str | pa.DataFrameSchema, file: str) -> pd.DataFrame:
    """Check a frame of text against the contract ``name`` and type it.

    Examples
    --------
    >>> good = pd.DataFrame({"term": ["LPT"], "meaning": ["Local Policing Team"], "where": ["section 5.3"]})
    >>> check_table(good, "glossary", "glossary.csv").shape
    (1, 3)
    >>> bad = good.assign(meaning="")
    >>> check_table(bad, "glossary", "glossary.csv")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    data.errors.DataError: glossary.csv, row 2, column meaning: found nothing, expected words without spaces at ...
    """
    schema = SCHEMAS[name] if isinstance(name, str) else name
    problems = [
        f"{file}: there is no column {column}. Add it, even if its cells are blank."
        for column in schema.columns
        if column not in frame.columns
    ]
    problems += [
        f"{file}: column {column} is not known here. Remove it or mend its name; expected {', '.join(schema.columns)}."
        for column in frame.columns
        if column not in schema.columns
    ]
    if problems:
        raise DataError(problems)
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        raise DataError(_sentences(error.failure_cases, file)) from None
    return _typed(frame[list(schema.columns)], schema)


def read_cells(path: Path) -> pd.DataFrame:
    """Every cell of a CSV as the text that stands there.

    Raises
    ------
    DataError
        When it is no whole CSV with one header.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"{path.name}: the file is missing from {path.parent.name}.") from None
    return cells_of(content, path.name)


def cells_of(content: bytes, file: str) -> pd.DataFrame:
    r"""The same of a CSV's bytes; ``file`` names it in sentences.

    Raises
    ------
    DataError
        As ``read_cells``.

    Examples
    --------
    >>> cells_of(b"term,meaning\r\nLPT,Team", "glossary.csv").to_numpy().tolist()
    [['LPT', 'Team']]
    """
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError as error:
        raise DataError(f"{file}: byte {error.start} is not UTF-8. Save the file as 'CSV UTF-8'.") from None
    except csv.Error as error:
        raise DataError(f"{file}: a quotation mark is not closed or stands inside a cell ({error}).") from None
    if not rows:
        raise DataError(f"{file}: the file is empty, expected a header row.")
    header, *body = rows
    while body and not body[-1]:
        body.pop()
    problems = [
        f"{file}, row {number}: found {len(row)} cells, expected {len(header)} as in the header."
        for number, row in enumerate(body, start=2)
        if len(row) != len(header)
    ]
    problems += [f"{file}: column {name} stands twice." for name in sorted({n for n in header if header.count(n) > 1})]
    if problems:
        raise DataError(problems)
    return pd.DataFrame(body, columns=header, dtype=str)


def csv_text(cells: pd.DataFrame) -> str:
    r"""A frame of text as the files of a release are written: commas, LF line ends, quotes only where they must be.

    >>> csv_text(pd.DataFrame({"term": ["LPT"], "meaning": ["Team, local"]}))
    'term,meaning\nLPT,"Team, local"\n'
    """
    memory = io.StringIO()
    writer = csv.writer(memory, lineterminator="\n")
    writer.writerows([list(cells.columns), *cells.itertuples(index=False, name=None)])
    return memory.getvalue()


def _sentences(failures: pd.DataFrame, file: str) -> list[str]:
    """One sentence a failed cell, in the order of the file."""
    told = []
    for row in failures.sort_values(["index", "column"]).itertuples():
        found = f"found '{row.failure_case}'" if row.failure_case else "found nothing"
        if str(row.check).startswith("field_uniqueness"):
            told.append(f"{file}, row {int(row.index) + 2}, column {row.column}: {found} again, expected it only once.")
        else:
            told.append(f"{file}, row {int(row.index) + 2}, column {row.column}: {found}, expected {row.check}.")
    return list(dict.fromkeys(told))


def _typed(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    typed = frame.copy()
    for name, column in schema.columns.items():
        kind = (column.metadata or {}).get("kind")
        if kind == "number":
            typed[name] = pd.to_numeric(typed[name].replace("", None)).astype(float)
        elif kind == "whole":
            typed[name] = pd.to_numeric(typed[name].replace("", None)).astype("Int64")
        elif kind == "date":
            typed[name] = pd.to_datetime(typed[name].replace("", None), format="%Y-%m-%d")
    return typed
