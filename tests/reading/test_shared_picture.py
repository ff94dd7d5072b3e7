"""The picture that a link shows: no real name is left in it where example names were asked for."""

import pytest

from certstore.models import Lab, Node
from certstore.pki.codes import Code
from certstore.pki.connections import Reason
from certstore.pki.findings import refuse
from certstore.pki.redaction import Redactor
from certstore.reading.overview import cause_text
from certstore.reading.shared_picture import NAMELESS, redacted_reason, shared_picture
from certstore.reading.sharing import redactor_of
from certstore.scenarios.recipes import MadeLab
from certstore.wording.parameters import carried_by
from tests import faults

OF_CONNECTIONS = ("peer.", "zone.", "tunnels.", "unified-cm.", "jabber.", "sign-in.")
CODES = [code for code in Code if code.value.startswith(OF_CONNECTIONS)]


@pytest.fixture
def working(owner, made_servers: MadeLab) -> Lab:
    return faults.working_lab(owner, made_servers)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.value)
def test_every_fact_of_every_code_is_an_example_or_names_nobody(code):
    names = dict.fromkeys(carried_by(code) | {"looker", "other", "name"}, "canary.de")
    names |= {name: "CN=Canary Root" for name in ("name", "below", "issuer", "ca") if name in names}
    shown = redacted_reason(Reason(refuse(code, **names), "1", "2"), Redactor()).finding
    named = {name: value for name, value in shown.facts.items() if name not in NAMELESS}
    assert named
    assert "canary" not in str(named).casefold()
    assert shown.code is code


def test_what_names_nobody_stays_as_it_is():
    facts = {"store": "tomcat-trust", "eku": "TLS Web Server Authentication", "port": 6972, "key_id": "3F:09"}
    shown = redacted_reason(
        Reason(refuse(Code.UNIFIED_CM_CA_MISSING, **facts), "1", "2"), Redactor()
    ).finding.facts
    assert {**facts, "key_id": "example key 1"} == dict(shown)


def everything(found) -> str:
    return " ".join(
        [
            *(f"{one.name} {one.fqdn}" for one in found.servers),
            *(one.sentence for one in found.connections),
            *(line.text for line in found.causes),
        ]
    ).casefold()


@pytest.mark.parametrize(
    "fault",
    [faults.zone_fails, faults.tunnels_fail, faults.unified_cm_refuses, faults.jabber_warns],
    ids=lambda fault: fault.__name__,
)
def test_no_host_and_no_ca_is_in_a_picture_with_example_names(working, fault):
    fault(working)
    found = everything(shared_picture(working, working.now(), redactor_of(working)))
    real = everything(shared_picture(working, working.now(), None))
    hosts = [node.host for node in working.nodes.exclude(kind=Node.Kind.JABBER)]
    issuers = {
        str(row.facts["issuer"]).partition("CN=")[2].casefold()
        for row in working.certificates.all()
        if row.facts["issuer"]
    }
    assert [host for host in hosts if host in real] == hosts
    assert not [host for host in hosts if host in found]
    assert not [issuer for issuer in issuers if issuer and issuer in found]


def test_a_name_that_somebody_typed_is_an_example_too(working):
    Node.objects.filter(lab=working, kind=Node.Kind.JABBER).update(domain="canary.de")
    assert "canary" in everything(shared_picture(working, working.now(), None))
    assert "canary" not in everything(shared_picture(working, working.now(), redactor_of(working)))


def test_a_quiet_lab_shares_no_causes(working):
    faults.zone_fails(working)
    Lab.objects.filter(pk=working.pk).update(explanations="off")
    quiet = Lab.objects.get(pk=working.pk)
    found = shared_picture(quiet, quiet.now(), None)
    assert found.causes == ()
    assert "Failed" in {one.says for one in found.connections}


def test_a_missing_ca_is_told_by_its_short_name():
    facts = {
        "name": "O=Example, CN=Issuing CA 4",
        "below": "CN=exp-e1.example.com",
        "looker": "c.example.com",
    }
    reason = Reason(refuse(Code.TUNNELS_CA_MISSING, **facts), "c1", "e1")
    assert cause_text(reason, {"c1": "exp-c1"}) == (
        "exp-c1 does not have Issuing CA 4, which signs exp-e1.example.com."
    )
