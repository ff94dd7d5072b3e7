"""The steps about Unified CM, about what an Expressway-C knows of it, and about Jabber.

Where a certificate is made, a key is made for it as for the real button: which one it is changes no verdict.
"""

from certstore.actions import cucm_servers, jabber, unified_cm
from certstore.actions.attempts import TriedFile
from certstore.actions.cucm_servers import ServerPlan
from certstore.actions.step_kinds import Do, Refused, StepKind, Trying
from certstore.models import CucmServer, StoreName
from certstore.pki.trust_upload import TrustJudgement
from certstore.reading.cucm_servers import names_of_cucms, publishers_at, why_not_taken
from certstore.reading.jabber import root_of
from certstore.reading.topology import topology_of
from certstore.wording import cucm as cucm_words
from certstore.wording import jabber_page, sentence
from certstore.wording import try_first as words
from certstore.wording.trust_files import refusal


def _server_add(trying: Trying) -> Refused | None:
    values = trying.step.values
    return _known(trying, None, values["address"], values["username"], tls_verify=values["tls_verify"])


def _server_save(trying: Trying) -> Refused | None:
    """Change a row; what is not given of it stays."""
    values = trying.step.values
    row = trying.node.cucm_servers.filter(pk=values["row"]).first()
    if row is None:
        return Refused(words.CUCM_SERVER_GONE)
    address, username = values["address"] or row.publisher_address, values["username"] or row.username
    return _known(trying, row, address, username, tls_verify=values["tls_verify"])


def _known(
    trying: Trying, row: CucmServer | None, address: str, username: str, *, tls_verify: bool
) -> Refused | None:
    """Look the address up as the page does, then add it or save the row."""
    node = trying.node
    publisher = publishers_at(node, [address], trying.lab.now())[address]
    refused = _not_taken(trying, [(address, tls_verify)])
    if refused is not None or publisher is None:
        return refused
    plan = ServerPlan(publisher.id, address, username, tls_verify, publisher.server_entry)
    try:
        if row is None:
            cucm_servers.add(node, plan)
        else:
            cucm_servers.save(node, row.pk, plan)
    except cucm_servers.ServerThere:
        return Refused(sentence("cucm_servers.refused-twice").fill(address=publisher.fqdn))
    return None


def _not_taken(trying: Trying, looked_up: list[tuple[str, bool]]) -> Refused | None:
    """Why the first of some addresses that is not taken is not: each with its TLS verify mode."""
    node = trying.node
    found = publishers_at(node, [address for address, _ in looked_up], trying.lab.now())
    known = names_of_cucms(node)
    for address, tls_verify in looked_up:
        for why in why_not_taken(address, found[address], known, tls_verify=tls_verify):
            return Refused(sentence(why.said).fill(**why.facts))
    return None


def _server_refresh(trying: Trying) -> Refused | None:
    """All of them, or none where one is not taken."""
    rows = list(trying.node.cucm_servers.all())
    refused = _not_taken(trying, [(row.publisher_address, row.tls_verify) for row in rows])
    if refused is not None:
        return refused
    found = publishers_at(trying.node, [row.publisher_address for row in rows], trying.lab.now())
    entries = {row.pk: one.server_entry for row in rows if (one := found[row.publisher_address])}
    cucm_servers.refresh(trying.node, entries)
    return None


def _server_delete(trying: Trying) -> Refused | None:
    event = cucm_servers.delete(trying.node, trying.step.values["entries"])
    return None if event else Refused(words.CUCM_SERVER_GONE)


def _upload(trying: Trying) -> Refused | None:
    store = StoreName(trying.step.values["store"])
    return _judged(trying.file, unified_cm.upload(trying.node, store, trying.file), cucm_words.TAKER)


def _judged(file: TriedFile, judgement: TrustJudgement, taker: str) -> Refused | None:
    found = judgement.refusal
    if found is None:
        return None
    has_key = file.content.private_keys > 0
    return Refused(refusal(found.code, file.content.kind, file.name, taker, found.facts, has_key=has_key))


def _delete(trying: Trying) -> None:
    unified_cm.delete(trying.node, trying.step.values["entries"])


def _regenerate(trying: Trying) -> None:
    unified_cm.regenerate(trying.node, trying.step.values["slot"])


def _sign(trying: Trying) -> None:
    unified_cm.sign(trying.node, trying.step.values["slot"])


def _certificate_delete(trying: Trying) -> Refused | None:
    is_gone = unified_cm.delete_certificate(trying.node, trying.step.values["slot"])
    return None if is_gone else Refused(cucm_words.NOT_DELETED)


def _settings(trying: Trying) -> None:
    unified_cm.set_settings(trying.node, trying.step.values["settings"])


def _services(trying: Trying) -> None:
    unified_cm.restart_services(trying.node)


def _jabber_upload(trying: Trying) -> Refused | None:
    return _judged(trying.file, jabber.upload(trying.node, trying.file), jabber_page.TAKER)


def _jabber_delete(trying: Trying) -> None:
    jabber.delete(trying.node, trying.step.values["entries"])


def _jabber_trust(trying: Trying) -> Refused | None:
    """Trust the root of an Expressway-E's chain."""
    topology = topology_of(trying.lab, trying.lab.now())
    edge = next((one for one in topology.edges if one.id == str(trying.step.values["edge"])), None)
    if edge is None:
        return Refused(words.SERVER_GONE)
    root = root_of(topology, edge, topology.at)
    if root is None:
        return Refused(jabber_page.NO_ROOT.format(edge=edge.fqdn))
    jabber.trust_root(trying.node, root)
    return None


def _jabber_settings(trying: Trying) -> None:
    jabber.set_settings(trying.node, trying.step.values["settings"])


DO_UNIFIED_CM: dict[StepKind, Do] = {
    StepKind.CUCM_SERVER_ADD: _server_add,
    StepKind.CUCM_SERVER_SAVE: _server_save,
    StepKind.CUCM_SERVER_REFRESH: _server_refresh,
    StepKind.CUCM_SERVER_DELETE: _server_delete,
    StepKind.CUCM_UPLOAD: _upload,
    StepKind.CUCM_DELETE: _delete,
    StepKind.CUCM_REGENERATE: _regenerate,
    StepKind.CUCM_SIGN: _sign,
    StepKind.CUCM_CERTIFICATE_DELETE: _certificate_delete,
    StepKind.CUCM_SETTINGS: _settings,
    StepKind.CUCM_SERVICES: _services,
    StepKind.JABBER_UPLOAD: _jabber_upload,
    StepKind.JABBER_DELETE: _jabber_delete,
    StepKind.JABBER_TRUST: _jabber_trust,
    StepKind.JABBER_SETTINGS: _jabber_settings,
}
