"""Text as the matcher reads it: whatever somebody pastes becomes a few plain words.

What differs from server to server and from day to day is left out: addresses, names, times, ids, placeholders.
"""

import re
import unicodedata
from collections.abc import Iterator
from ipaddress import ip_address

MOST_CHARACTERS = 2000
MOST_WORDS = 60

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u2026": "...",
    }
)
_PLACEHOLDER = re.compile(r"<(?=[A-Za-z])[^<>]{1,60}>|\.\.\.")
_DATE = r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}(?:t(?=[0-9]))?"
_TIME = r"\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,9})?(?:z\b|[+-][0-9]{2}:?[0-9]{2}\b)?"
_ID = r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b0x[0-9a-f]{1,16}\b|\b[0-9a-f]{16,}\b"
_URL = r"\bhttps?://[^\s'\"<>]{1,300}"
_PASSING = re.compile(f"{_URL}|{_DATE}|{_TIME}|{_ID}")
_ADDRESS = re.compile(r"(?<![\w.:])[0-9a-f:.]{3,45}(?![\w])")
_HOST = re.compile(r"(?<![\w.-])[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){1,8}(?![\w-])")
_WORD = re.compile(r"[^\W_]+(?:\.[0-9]+)*")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")

# Words that say the same, so that either finds the other.
_SAME: dict[str, tuple[str, ...]] = {
    "cert": ("certificate",),
    "certs": ("certificate",),
    "cas": ("ca",),
    "cn": ("common", "name"),
    "san": ("subject", "alternative", "name"),
    "sans": ("subject", "alternative", "name"),
    "eku": ("extended", "key", "usage"),
    "clientauth": ("client", "authentication"),
    "serverauth": ("server", "authentication"),
    "selfsigned": ("self", "signed"),
    "csrs": ("csr",),
    "login": ("log", "in"),
    "signin": ("sign", "in"),
    "hostname": ("host", "name"),
    "renew": ("renewal",),
    "renewed": ("renewal",),
    "upgraded": ("upgrade",),
    "uploaded": ("upload",),
    "uploading": ("upload",),
    "crls": ("crl",),
}
# Words that tell nothing about a trouble; they count in a phrase only.
_TELLING_NOTHING = (
    "a an and are as at be been but by can did do does for from get got had has have how i if in is it its me my "
    "of on or our s so t that the their them then there this to was we were what when where which who why will "
    "with you your after all any before fix help just mean means now please problem say says since some still"
)
STOP_WORDS = frozenset(_TELLING_NOTHING.split())


def clean(text: str) -> str:
    """A text without what cannot be seen, in one form, in small letters.

    In: any text. Out: at most `MOST_CHARACTERS` characters; controls are spaces, invisible characters are gone.
    """
    folded = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS].translate(_PLAIN)).casefold()
    return "".join(_visible(folded))[:MOST_CHARACTERS].translate(_PLAIN)


def _visible(text: str) -> Iterator[str]:
    for character in text:
        category = unicodedata.category(character)
        if category in ("Cc", "Zl", "Zp", "Zs"):
            yield " "
        elif category not in ("Cf", "Cn", "Co", "Cs"):
            yield character


def words_of(text: str, known_hosts: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The words of a text, in their order, each in its plain form.

    In: any text; dotted words that are no host names ("portforwarding.pyc"). Out: words without addresses, host
    names, times and ids.
    """
    return tuple(word for found in _found(text, known_hosts) for word in plain(found))


def hosts_of(text: str) -> frozenset[str]:
    """The dotted words of a text, which look like host names."""
    return frozenset(found for found in _HOST.findall(clean(text)))


def plain(word: str) -> tuple[str, ...]:
    """One word of a cleaned text in its plain form: without a plural's s, an abbreviation in full."""
    if word in _SAME:
        return _SAME[word]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return (word[:-1],)
    return (word,)


def without_placeholders(text: str) -> list[str]:
    """The parts of a text between its placeholders; a text with XML in it has none."""
    return [text] if "</" in text else _PLACEHOLDER.split(text)


def pieces(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A text in pieces that together are the text again: each with its plain words, () for what is between."""
    end = 0
    for match in re.finditer(r"[^\W_]+(?:\.[0-9]+)*", text):
        if match.start() > end:
            yield text[end : match.start()], ()
        yield match.group(), plain(unicodedata.normalize("NFKC", match.group()).casefold())
        end = match.end()
    if end < len(text):
        yield text[end:], ()


def _found(text: str, known_hosts: frozenset[str]) -> list[str]:
    whole = " ".join(without_placeholders(text[:MOST_CHARACTERS].translate(_PLAIN)))
    whole = _PASSING.sub(" ", clean(whole))
    whole = _ADDRESS.sub(_unless_an_address, whole)
    whole = _HOST.sub(lambda match: _unless_a_host(match.group(), known_hosts), whole)
    return _WORD.findall(_APOSTROPHE.sub("", whole))


def _unless_an_address(match: re.Match[str]) -> str:
    """Nothing in place of an IP address, with its port or without one."""
    found = match.group()
    for candidate in (found, found.rpartition(":")[0]):
        try:
            ip_address(candidate.strip(".:") if candidate.count(":") < 2 else candidate)
        except ValueError:
            continue
        return " "
    return found


def _unless_a_host(found: str, known: frozenset[str]) -> str:
    """Nothing in place of a host name; a number such as a release is none."""
    is_host = found.rpartition(".")[2].isalpha() and len(found.rpartition(".")[2]) > 1
    return " " if is_host and found not in known else found
