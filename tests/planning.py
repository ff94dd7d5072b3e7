"""What tests of plans have in common: the renewal of every Expressway of a lab, out of the lab's own files."""

from certstore.actions import plan as actions
from certstore.actions.plan import Draft
from certstore.models import Cluster, Lab, Plan
from certstore.pki.facts import CertificateFacts, decode_certificate
from certstore.pki.pem import read_pem
from certstore.pki.plan import Deed
from certstore.reading.plan_document import PlanDocument, PlanStep, read, written
from certstore.reading.trial import Line
from tests.labs import content_of


def certificates_in(lab: Lab, name: str) -> list[CertificateFacts]:
    """The certificates of one of the lab's files."""
    return [decode_certificate(der) for der in read_pem(content_of(lab, name)).certificates]


def renewal_files(lab: Lab) -> list[str]:
    """The names of the files with new certificates and their new issuing CAs, of every Expressway."""
    return [
        name
        for node in lab.expressways
        for name in (f"{node.host}-renewal.pem", f"{node.host}-renewal-issuing-ca.pem")
    ]


def draft_of(lab: Lab, *hosts: str, keeps_enforcing: bool = False) -> Draft:
    """The renewal of some Expressways; of all where none is named."""
    nodes = [node for node in lab.expressways if not hosts or node.host in hosts]
    return Draft(
        certificates=tuple((node.pk, certificates_in(lab, f"{node.host}-renewal.pem")[0]) for node in nodes),
        cas=tuple(ca for node in nodes for ca in certificates_in(lab, f"{node.host}-renewal-issuing-ca.pem")),
        keeps_enforcing=keeps_enforcing,
    )


def plan_of(lab: Lab, *hosts: str, keeps_enforcing: bool = False) -> Plan:
    """A plan of it."""
    return actions.make(lab, draft_of(lab, *hosts, keeps_enforcing=keeps_enforcing), lab.owner)


def short_plan(lab: Lab, name: str = "exp-e1", subject: str = "CN=exp-e1.example.com") -> Plan:
    """A plan of two steps that nobody tried, with a file and a tick: for what is asked of every page."""
    line = Line(
        ("zone", "c", "e"), "bad", "Traversal zone", f"{name} to {name}", "is down", why=subject, whom=(name,)
    )
    steps = (
        PlanStep(deed=Deed.BACKUP, server_id="", host="", kind="", answers=(name,)),
        PlanStep(
            deed=Deed.UPLOAD,
            server_id=str(lab.expressways.first().pk),
            host=name,
            kind="expressway-e",
            certificates=(("0" * 64, subject),),
            file="server.pem",
            is_tried=True,
            accepted=False,
            said=subject,
            during=(line,),
            down=(line,),
            raised=(subject,),
            troubles=(line,),
        ),
    )
    document = PlanDocument(steps, (line,), (line.key,), True, True, True, (name,))
    plan = Plan.objects.create(
        lab=lab, number=1, made_by=lab.owner, at_lab="2026-11-26T07:00:00Z", document=written(document)
    )
    plan.files.create(step=1, name="server.pem", content=b"")
    plan.ticks.create(step=0, by=lab.owner.username)
    return plan


def document_of(plan: Plan) -> PlanDocument:
    """What a plan says."""
    return read(plan.document)


def enforce(lab: Lab) -> None:
    """Set the clusters of a lab to Enforcing, restarted in it."""
    lab.clusters.update(tls_mode=Cluster.TlsMode.ENFORCING)
    lab.nodes.exclude(cluster=None).update(running_tls_mode=Cluster.TlsMode.ENFORCING)
