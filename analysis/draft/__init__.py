"""Check my draft: the numbers of a pasted paragraph or table, each held against the others.

Nothing here keeps what is pasted: text in, findings out.
"""

from __future__ import annotations

from analysis.draft.numbers_in_text import KINDS, Found, find_numbers
from analysis.draft.paragraph import TEXT_COLUMNS, check_paragraph
from analysis.draft.results import CHECKED, NOT_A_FIGURE, NOT_CHECKABLE, RESULTS, USED, WRONG
from analysis.draft.roles import ROLES, SHARE_OF_COLUMN, Role, propose_roles
from analysis.draft.table import Pasted, pasted_table
from analysis.draft.table_check import TABLE_COLUMNS, check_table

__all__ = ["KINDS", "RESULTS", "ROLES", "SHARE_OF_COLUMN", "TABLE_COLUMNS", "TEXT_COLUMNS", "Found", "Pasted", "Role"]
__all__ += ["CHECKED", "NOT_A_FIGURE", "NOT_CHECKABLE", "USED", "WRONG"]
__all__ += ["check_paragraph", "check_table", "find_numbers", "pasted_table", "propose_roles"]
