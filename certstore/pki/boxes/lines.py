"""The lines of `xConfiguration` and `xStatus`, as the product prints them, as values by their paths.

    *c xConfiguration Zones Zone 6 TraversalClient Peer 1 Address: "exp-e1.example.com"
    xConfiguration SystemUnit Name: "exp-c1"

    *s SystemUnit: /
      Software: /
        Version: "X14.3.4"
    *s/end

Source: TechNote 212475 prints the first form, TechNote 118675 the last; the second is what one types. What stands
between them in a dump is passed over, as no document says what may.
"""

import re

from certstore.pki.names import visible

LONGEST_VALUE = 300  # characters
MOST_VALUES = 2000

Values = dict[str, str]  # by the path in lower case, with single spaces

_CONFIGURATION = re.compile(
    r"\s*(?:\*c\s{1,20})?xConfiguration\s{1,20}([^:\"]{1,200}):\s*(.*)", re.IGNORECASE
)
_STATUS = re.compile(r"( *)(\*s\s+|xStatus\s+)?([A-Za-z0-9][^:\"]{0,200}):\s*(.*)")
_JOINED = re.compile(r"(?<=[\"\s])(?=\*[cs] )")
# Only what some rule here asks for is kept of a dump, which can have 100 000 lines.
_WANTED = (
    "systemunit name",
    "systemunit product",
    "systemunit software version",
    "systemunit software configuration expressway",
    "zones zone ",
    "alternates ",
    "clusterconfiguration ",
    "cluster ",
    "dns ",
    "ip ",
    "ethernet ",
)
_WANTED_OF_A_ZONE = re.compile(
    r"zones zone [0-9]{1,4} (?:name|type|traversal(?:client|server) (?:collaboration edge|authentication username"
    r"|peer [1-6] address|sip port|sip tls verify (?:mode|subject name)))"
)


def is_configuration(text: str) -> bool:
    """Whether lines of `xConfiguration` stand in a text."""
    return any(_CONFIGURATION.fullmatch(line) for line in _lines(text))


def is_status(text: str) -> bool:
    """Whether lines of `xStatus` stand in a text."""
    return any(line.lstrip().startswith(("*s ", "xStatus ")) for line in _lines(text))


def configuration_values(text: str) -> Values:
    """What lines of `xConfiguration` say. An empty value is one; of a path that comes twice the last counts."""
    values: Values = {}
    for line in _lines(text):
        if found := _CONFIGURATION.fullmatch(line):
            _keep(values, found[1], found[2])
    return values


def status_values(text: str) -> Values:
    """What lines of `xStatus` say, each by its whole path, whether it is printed in one line or in steps."""
    values: Values = {}
    above: list[tuple[int, str]] = []
    for line in _lines(text):
        found = _STATUS.fullmatch(line)
        if found is None:
            continue
        indent = 0 if found[2] else len(found[1])
        while above and above[-1][0] >= indent:
            above.pop()
        path = " ".join([*(name for _, name in above), found[3]])
        if found[4].strip() in ("", "/"):
            above.append((indent, found[3]))
        else:
            _keep(values, path, found[4])
    return values


def _lines(text: str) -> list[str]:
    """The lines; where two of them were joined by copying, each by itself."""
    return _JOINED.sub("\n", text).splitlines() if "*" in text else text.splitlines()


def _keep(values: Values, path: str, value: str) -> None:
    """Keep a value that some rule asks for."""
    name = " ".join(path.casefold().split())
    if not name.startswith(_WANTED) or (
        name.startswith("zones zone ") and not _WANTED_OF_A_ZONE.fullmatch(name)
    ):
        return
    if name in values or len(values) < MOST_VALUES:
        values[name] = visible(value.strip().strip('"').strip(), LONGEST_VALUE)
