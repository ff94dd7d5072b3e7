"""Rows. What a page shows is read through `reading`, what a button does is in `actions`."""

from certstore.models.certificates import (
    Certificate,
    Crl,
    Installation,
    PublicKey,
    Slot,
    TrustEntry,
    TrustStore,
)
from certstore.models.history import Attempt, AttemptCertificate, Event
from certstore.models.lab import Lab, LabFile, Node
from certstore.models.people import SignInLink, User
from certstore.models.points import RestorePoint
from certstore.models.reports import BoxReport
from certstore.models.sharing import ShareLink

__all__ = [
    "Attempt",
    "AttemptCertificate",
    "BoxReport",
    "Certificate",
    "Crl",
    "Event",
    "Installation",
    "Lab",
    "LabFile",
    "Node",
    "PublicKey",
    "RestorePoint",
    "ShareLink",
    "SignInLink",
    "Slot",
    "TrustEntry",
    "TrustStore",
    "User",
]
