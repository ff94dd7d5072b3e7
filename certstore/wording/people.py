"""What is said to people about their accounts: names, passwords, one-time addresses."""

from enum import StrEnum


class NameProblem(StrEnum):
    """Why an account cannot have a name. Stable names; the sentences are below."""

    EMPTY = "name.empty"
    TOO_LONG = "name.too-long"
    CHARACTERS = "name.characters"
    TAKEN = "name.taken"
    TWICE = "name.twice"
    UNKNOWN = "name.unknown"


NAME_PROBLEMS: dict[NameProblem, str] = {
    NameProblem.EMPTY: "a name needs at least one letter or digit.",
    NameProblem.TOO_LONG: "a name has at most 150 characters.",
    NameProblem.CHARACTERS: "a name holds letters, digits, spaces and . - _ @ + ' only.",
    NameProblem.TAKEN: "there is such an account already. A new address for it: add_people --again NAME",
    NameProblem.TWICE: "stands in the list more than once; the first one counts.",
    NameProblem.UNKNOWN: "there is no such account.",
}

DOES_NOT_MATCH = "Name and password do not match."
OLD_DOES_NOT_MATCH = "This is not your present password."
LOCKED_OUT = (
    "Too many wrong passwords. Wait 15 minutes, then try again. "
    "Whoever runs this server can print a new one-time address for you."
)
NOT_TWICE_THE_SAME = "The two new passwords differ."
PASSWORD_IS_SET = "Your password is set. Everywhere else you are signed out."  # noqa: S105 - a sentence, no secret
