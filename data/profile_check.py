"""Whether a profile can be used: every mistake in it, told in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from data.profile import KINDS, Profile, columns_of
from data.wording import plain

__all__ = ["NEEDED", "PARTS", "answer_problems", "name_problems", "problems", "role_problems"]

# The roles that each kind of file cannot do without, and the keys under which a question's answers stand.
NEEDED = {"survey": [], "aggregated": ["question"], "monthly": ["month", "value"], "events": ["timestamp"]}

PARTS = {part: part for part in ("order", "positive", "negative", "dont_know", "missing")}


def problems(profile: Profile, name: str) -> list[str]:
    """Everything that keeps a profile from being used, one sentence each.

    Parameters
    ----------
    profile
        As read or as proposed.
    name
        What the profile is called in the sentences.

    Examples
    --------
    >>> from data.profile import Question
    >>> problems(Profile(questions={"Q4": Question("Q4")}), "mine.toml")
    ['mine.toml: question Q4 has no positive answer. List the answers to be counted under positive, ...']
    """
    return [*role_problems(profile, name), *answer_problems(profile, name)]


def role_problems(profile: Profile, name: str) -> list[str]:
    """What is wrong with the roles of its columns alone, before anybody has said which answers are positive.

    Parameters
    ----------
    profile
        As read or as proposed.
    name
        What the profile is called in the sentences.

    Examples
    --------
    >>> role_problems(Profile("monthly", {"month": "Month"}), "mine.toml")
    ['mine.toml: a profile of kind monthly needs a column for value. Name it under columns.']
    """
    told = [
        f"{name}: a profile of kind {profile.kind} needs a column for {role}. Name it under columns."
        for role in NEEDED[profile.kind]
        if role not in profile.columns
    ]
    told += [
        f"{name}: a profile of kind {profile.kind} has no role {role}. Remove it; expected "
        f"{', '.join(KINDS[profile.kind][1])}."
        for role in profile.columns
        if role not in KINDS[profile.kind][1]
    ]
    if profile.kind == "survey" and not profile.questions:
        told.append(f"{name}: a survey needs at least one question. Declare one under questions.")
    if profile.kind == "aggregated" and not ({"percent", "count"} & set(profile.columns)):
        told.append(f"{name}: an aggregated survey needs a column for percent or for count. Name it under columns.")
    if profile.kind != "survey" and profile.questions:
        told.append(f"{name}: only a survey has questions of its own. Remove them, or make kind survey.")
    return [*told, *_column_problems(profile, name), *name_problems(profile, name)]


def _column_problems(profile: Profile, name: str) -> list[str]:
    roles: dict[str, list[str]] = {}
    for role, column in profile.columns.items():
        roles.setdefault(plain(column), []).append(role)
    told = [
        f"{name}: column {profile.columns[two[0]]} is both {two[0]} and {two[1]}. Give it one role."
        for two in roles.values()
        if len(two) > 1
    ]
    used = set(profile.used())
    told += [
        f"{name}: column {column} is ignored and used. Take it out of one of the two."
        for column in profile.ignore
        if column in used
    ]
    return told


def name_problems(profile: Profile, name: str) -> list[str]:
    """One sentence for each two columns that would be stored under one name.

    Examples
    --------
    >>> name_problems(Profile(columns={"wave": "Month"}, groups=("Wave",)), "mine.csv")
    ['mine.csv: columns Month and Wave would both be called Wave. Ignore one, or rename it in the file.']
    """
    told = []
    named: dict[str, str] = {}
    for column, shown in columns_of(profile):
        if plain(named.setdefault(plain(shown), column)) != plain(column):
            told.append(
                f"{name}: columns {named[plain(shown)]} and {column} would both be called {shown}. "
                "Ignore one, or rename it in the file."
            )
    return told


def answer_problems(profile: Profile, name: str, words: Mapping[str, str] = PARTS) -> list[str]:
    """What is wrong with the answers of its questions.

    Parameters
    ----------
    profile
        As read or as settled so far.
    name
        What the profile is called in the sentences.
    words
        What the lists of answers are called there: the keys of a profile, unless a page has names of its own.

    Examples
    --------
    >>> from data.profile import Question
    >>> twice = Question("Q4", positive=("Yes",), missing=("yes",))
    >>> answer_problems(Profile(questions={"Q4": twice}), "mine.csv", PARTS | {"missing": "“Missing”"})
    ["mine.csv: question Q4 lists 'yes' under positive and “Missing”. Keep one."]
    """
    told = []
    for key, question in profile.questions.items():
        if not question.positive:
            told.append(
                f"{name}: question {key} has no positive answer. "
                f"List the answers to be counted under {words['positive']}, or ignore its column."
            )
        seen: dict[str, str] = {}
        for part in ("positive", "negative", "dont_know", "missing"):
            for answer in getattr(question, part):
                before = seen.setdefault(plain(answer), part)
                if before != part:
                    told.append(
                        f"{name}: question {key} lists '{answer}' under {words[before]} and {words[part]}. Keep one."
                    )
        for part in ("order", "positive", "negative", "dont_know", "missing"):
            answers = [plain(answer) for answer in getattr(question, part)]
            twice = sorted({answer for answer in answers if answers.count(answer) > 1})
            told += [
                f"{name}: question {key} lists '{answer}' twice under {words[part]}. Keep one." for answer in twice
            ]
        known = {plain(answer) for answer in question.order}
        ordered = "its order" if words is PARTS else words["order"]
        told += [
            f"{name}: question {key} counts '{answer}', which is not in {ordered}. Add it there, or mend its spelling."
            for answer in (*question.positive, *question.negative)
            if known and plain(answer) not in known
        ]
    return told
