"""The sentence of a bar: what the appliance says when an upload is over."""

from certstore.pki.findings import Finding
from certstore.wording import explained, sentence

# On the command line nothing is stored, so the appliance's "uploaded" would be untrue.
ACCEPTED = {"server-certificate": "Accepted as a server certificate", "trusted-ca": "Accepted as a CA file"}


def plain_result(page: str, headline: Finding | None) -> str:
    """The appliance's sentence on one line, without its evidence.

    In: the page (`server-certificate` or `trusted-ca`), the finding that refused, None when accepted. Out:
    the text, its parameters filled in.
    """
    module = page.replace("-", "_")
    if headline is None:
        return ACCEPTED[page]
    reason = explained(headline.code, headline.facts).on_screen.text
    return f"{sentence(f'{module}.upload-failed').text}: {reason}"
