"""The Client certificate page (X15.5): what an Expressway asks of the certificate that it shows where it connects.

The questions are those of the Server certificate page, in its order; only the extended key usage is another one.
"""

from datetime import datetime

from certstore.pki import server_certificate as server
from certstore.pki import server_warnings as warnings
from certstore.pki.codes import Code
from certstore.pki.findings import Check, Finding, refuse
from certstore.pki.keys import KeyFile
from certstore.pki.purpose import CLIENT_AUTH
from certstore.pki.server_upload import Judgement, Server, Upload
from certstore.pki.sniff import FileContent


def may_act_as_client(upload: Upload) -> Finding | None:
    """The extended key usage has client authentication, or there is no such extension.

    Source: Administrator Guide X15.5, Managing Security: server authentication alone is an error; client
    authentication alone, both, and no extended key usage at all are taken. That other usages without client
    authentication are refused as well is our reading.
    """
    usage = upload.certificate.extended_key_usage if upload.certificate else None
    if usage is None or CLIENT_AUTH in usage:
        return None
    return refuse(Code.CLIENT_NO_CLIENT_AUTH, eku=server.usage_names(usage))


CHECKS: tuple[Check[Upload], ...] = (
    server.is_base64_pem,
    server.holds_only_the_server_certificate,
    server.key_file_is_usable,
    server.belongs_to_the_key,
    server.common_name_is_fqdn,
    server.alternative_names_are_fqdns,
    may_act_as_client,
    server.chain_is_trusted_to_its_root,
)

WARNINGS: tuple[Check[Upload], ...] = (
    warnings.has_alternative_names,
    warnings.has_a_strong_key,
    warnings.is_signed_with_a_strong_digest,
    warnings.key_is_not_very_large,
    warnings.key_algorithm_is_known_to_work,
    warnings.names_have_no_unknown_oid,
    warnings.ends_before_2051,
    warnings.no_stored_crl_revokes_it,
)

# A server certificate that is to become the client certificate as well has to be fit for both.
CHECKS_OF_BOTH: tuple[Check[Upload], ...] = (*server.CHECKS, may_act_as_client)


def judge_upload(content: FileContent, key_file: KeyFile | None, asked: Server, at: datetime) -> Judgement:
    """Judge an upload to the Client certificate page.

    In and out as `server_certificate.judge_upload`; of the server `held` is the key of its client certificate.
    """
    return server.judge_upload(content, key_file, asked, at, CHECKS, WARNINGS)


def judge_for_both(content: FileContent, key_file: KeyFile | None, asked: Server, at: datetime) -> Judgement:
    """Judge an upload to the Server certificate page that is to be the client certificate too."""
    return server.judge_upload(content, key_file, asked, at, CHECKS_OF_BOTH)
