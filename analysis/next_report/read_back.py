"""A filled-in workbook read back into the frames of the next release."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.next_report.read import Read

__all__ = ["made_from", "read_back"]


def made_from(sheets: pd.DataFrame) -> str:
    """The id of the release that a workbook was made from.

    Raises
    ------
    ValueError
        When the sheets are not a workbook of the next report.
    """
    raise NotImplementedError("reading back follows")


def read_back(sheets: pd.DataFrame, older_frames: Mapping[str, pd.DataFrame]) -> Read:
    """The next release from its workbook.

    Parameters
    ----------
    sheets
        The workbook's cells, ``analysis.next_report.read.SHEET_COLUMNS``, as
        ``data.report_workbook.read_report_workbook`` gives them.
    older_frames
        The typed frames of the release that the workbook was made from: see ``made_from``.

    Raises
    ------
    ValueError
        When the sheets are not a workbook of the next report, or one made from another release.
    """
    raise NotImplementedError("reading back follows")
