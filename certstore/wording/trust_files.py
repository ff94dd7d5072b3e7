"""What is said about a file that Unified CM, or the computer that Jabber runs on, does not take; all of it is ours."""

from collections.abc import Mapping

from certstore.pki.codes import Code
from certstore.pki.sniff import FileKind
from certstore.wording.files_of_kind import called

NO_FILE = "No file was chosen. Choose a CA certificate, then upload it."
TOO_LARGE = (
    "{file} is larger than {limit} KiB. A CA certificate has about 2 KiB: check that it is the right file."
)
WITH_KEY = (
    "{file} holds a private key, so nothing of it was taken or kept. A CA certificate was expected, which has none. "
    "Take the key out of the file and upload the certificate alone. If the key is a real one, somebody may have seen "
    "it: have a new one made."
)
UNREADABLE = (
    "{file} holds {certificates} certificates that cannot be read or not be shown whole, so none of it was taken. Get "
    "the CA certificate again from where it came."
)
LIST_FULL = "The list would hold {count} certificates; {limit} are the most here. Delete some first."
OTHER = (
    "{file} is {kind}. {taker} takes certificates in Base-64 (PEM) or in binary form (DER), and nothing else in the "
    "same file. Nothing was changed. Check files shows what is in it and gives its certificates back as Base-64."
)
NOTHING_TICKED = "No row is ticked. Tick the certificates to delete first."

_BY_CODE: dict[Code, str] = {
    Code.FILE_MISSING: NO_FILE,
    Code.FILE_TOO_LARGE: TOO_LARGE,
    Code.FILE_UNREADABLE_CERTIFICATE: UNREADABLE,
    Code.CA_LIST_FULL: LIST_FULL,
}


def refusal(
    code: Code, kind: FileKind, file: str, taker: str, facts: Mapping[str, str | int], *, has_key: bool
) -> str:
    """Why a file is not taken, what was expected, and what to do.

    In: the code and facts of the refusal, what the file is and is called, who does not take it, and whether a
    private key is in it. Out: a few sentences.
    """
    said = WITH_KEY if has_key else _BY_CODE.get(code, OTHER)
    what = "a certificate revocation list, or holds one" if code is Code.FILE_CRL else called(kind)
    named = {"certificates": "some"} | dict(facts)
    return said.format(file=file or "The file", kind=what, taker=taker, **_without(named, "file", "kind"))


def _without(facts: Mapping[str, str | int], *names: str) -> dict[str, str | int]:
    return {name: value for name, value in facts.items() if name not in names}
