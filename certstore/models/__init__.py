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

__all__ = [
    "Attempt",
    "AttemptCertificate",
    "Certificate",
    "Crl",
    "Event",
    "Installation",
    "Lab",
    "LabFile",
    "Node",
    "PublicKey",
    "SignInLink",
    "Slot",
    "TrustEntry",
    "TrustStore",
    "User",
]
