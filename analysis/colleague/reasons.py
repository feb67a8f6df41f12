"""Reasons that were given for leaving a value as it is: which findings they answer, and which they no longer do."""

from __future__ import annotations

from datetime import date

import pandas as pd

__all__ = ["SAY_WHY", "confirmations", "confirmed", "reasons_left_over", "says_why"]

SAY_WHY = "Say in a few words why it is right: others will read it."

_FEWEST_LETTERS = 4
_AGREED = {"agreed", "correct", "fine", "none", "okay", "okok", "right", "true", "sure"}
_GIVEN = ["finding", "kind", "what", "reason", "date", "who"]


def says_why(reason: str) -> bool:
    """Whether a reason is more than a sign or a word of agreement.

    >>> says_why("Late reports came in."), says_why("Recounted"), says_why("ok"), says_why("Okay."), says_why("")
    (True, True, False, False, False)
    """
    letters = "".join(letter for letter in reason.casefold() if letter.isalnum())
    return len(letters) >= _FEWEST_LETTERS and letters not in _AGREED


def confirmed(findings: pd.DataFrame, reasons: pd.DataFrame) -> pd.DataFrame:
    """The findings with the reason given for each, and whether they still stand in the way.

    A reason belongs to a finding's key, and with it to the values it was given for: it does not answer for others.

    Parameters
    ----------
    findings
        As ``analysis.colleague.ask`` gives them.
    reasons
        ``finding`` (a key) and ``reason``; of several for one finding the last holds, and one that does not say why
        (``says_why``) is none.

    Returns
    -------
    DataFrame
        The findings with ``reason`` ("" where none is given) and ``open``: serious, and without a reason.

    Examples
    --------
    >>> found = pd.DataFrame({"key": ["revised asb 1 2", "new ebike"], "serious": [True, False]})
    >>> told = confirmed(found, pd.DataFrame({"finding": ["revised asb 1 2"], "reason": ["Late reports came in."]}))
    >>> told[["reason", "open"]].to_numpy().tolist()
    [['Late reports came in.', False], ['', False]]
    """
    given = {
        str(key): str(reason).strip()
        for key, reason in zip(reasons["finding"], reasons["reason"], strict=True)
        if not pd.isna(reason) and says_why(str(reason))
    }
    reason = pd.Series([given.get(key, "") for key in findings["key"]], index=findings.index, dtype="str")
    return findings.assign(reason=reason, open=findings["serious"].astype(bool) & (reason == ""))


def reasons_left_over(findings: pd.DataFrame, reasons: pd.DataFrame) -> pd.DataFrame:
    """Reasons that answer no finding: the value was mended since, or is another one now.

    >>> found = pd.DataFrame({"key": ["revised asb 1 3"]})
    >>> given = pd.DataFrame({"finding": ["revised asb 1 2"], "reason": ["Late reports came in."]})
    >>> reasons_left_over(found, given)["finding"].tolist()
    ['revised asb 1 2']
    """
    return reasons[~reasons["finding"].isin(findings["key"])]


def confirmations(findings: pd.DataFrame, day: date, who: str, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rows of a release's ``confirmed``: each finding that was answered, with its reason, the day and who gave it.

    Parameters
    ----------
    findings
        As ``confirmed`` gives them.
    day
        When the reasons were given.
    who
        By whom.
    before
        The rows that the release was kept with, as text: a reason that stands there keeps its day and its giver.

    Examples
    --------
    >>> told = pd.DataFrame({"key": ["revised asb 1 2", "new ebike"], "kind": ["revised", "new"],
    ...                      "what": ["1 is 2.", "New."], "reason": ["Late reports came in.", ""]})
    >>> confirmations(told, date(2023, 8, 1), "an analyst").to_numpy().tolist()
    [['revised asb 1 2', 'revised', '1 is 2.', 'Late reports came in.', '2023-08-01', 'an analyst']]
    """
    answered = findings[findings["reason"] != ""]
    rows = answered.rename(columns={"key": "finding"}).assign(date=f"{day:%Y-%m-%d}", who=who)
    made = rows[_GIVEN].reset_index(drop=True)
    if before is None:
        return made
    stay = before.merge(made[["finding", "reason"]], on=["finding", "reason"])[_GIVEN]
    return pd.concat([stay, made[~made["finding"].isin(stay["finding"])]], ignore_index=True)
