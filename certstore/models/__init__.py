"""Rows. What a page shows is read through `reading`, what a button does is in `actions`."""

from certstore.models.certificates import (
    Certificate,
    Crl,
    Installation,
    PublicKey,
    Slot,
    SlotName,
    StoreName,
    TrustEntry,
    TrustStore,
)
from certstore.models.history import Attempt, AttemptCertificate, Event
from certstore.models.lab import EXPRESSWAYS, Cluster, Lab, LabFile, Node
from certstore.models.people import SignInLink, User
from certstore.models.plans import Plan, PlanFile, PlanTick
from certstore.models.points import RestorePoint
from certstore.models.reports import BoxReport
from certstore.models.requests import Issued, SigningRequest
from certstore.models.sharing import ShareLink
from certstore.models.topology import AlarmAck, CaKey, CucmServer, DnsRecord, Zone, ZonePeer

__all__ = [
    "EXPRESSWAYS",
    "AlarmAck",
    "Attempt",
    "AttemptCertificate",
    "BoxReport",
    "CaKey",
    "Certificate",
    "Cluster",
    "Crl",
    "CucmServer",
    "DnsRecord",
    "Event",
    "Installation",
    "Issued",
    "Lab",
    "LabFile",
    "Node",
    "Plan",
    "PlanFile",
    "PlanTick",
    "PublicKey",
    "RestorePoint",
    "ShareLink",
    "SignInLink",
    "SigningRequest",
    "Slot",
    "SlotName",
    "StoreName",
    "TrustEntry",
    "TrustStore",
    "User",
    "Zone",
    "ZonePeer",
]
