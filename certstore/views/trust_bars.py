"""What the pages of Unified CM and Jabber answer to an upload that is not taken."""

from certstore.actions.attempts import TriedFile
from certstore.pki.trust_upload import TrustJudgement
from certstore.wording.trust_files import refusal


def refused(tried: TriedFile, judgement: TrustJudgement, taker: str) -> str:
    """Why a file is not taken, in a few sentences; "" when it is.

    In: the file, its judgement, who takes files there ("Unified CM").
    """
    found = judgement.refusal
    if found is None:
        return ""
    has_key = tried.content.private_keys > 0
    return refusal(found.code, tried.content.kind, tried.name, taker, found.facts, has_key=has_key)
