"""The sentence of a bar: what the appliance says when an upload is over."""

from certstore.pki.findings import Finding
from certstore.wording import explain, sentence


def plain_result(page: str, headline: Finding | None) -> str:
    """The appliance's sentence on one line, without its evidence.

    In: the page (`server-certificate` or `trusted-ca`), the finding that refused, None when accepted. Out:
    the text, its parameters filled in.
    """
    module = page.replace("-", "_")
    if headline is None:
        return sentence(f"{module}.accepted").text
    reason = explain(headline.code).on_screen.fill(**headline.facts)
    return f"{sentence('server_certificate.upload-failed').text}: {reason}"
