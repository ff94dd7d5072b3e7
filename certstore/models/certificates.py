"""Certificates, CRLs and public keys as rows of a lab, and the lists and slots that point at them."""

from enum import StrEnum

from django.db import models

from certstore.models.clock import real_now
from certstore.models.lab import Lab, Node


class StoreName(StrEnum):
    """The lists that a server can have. What a Unified CM's services have loaded is a list of its own."""

    CA = "ca"  # the trusted CA list of an Expressway
    CRL = "crl"  # the revocation list file of CRL management, where somebody uploaded one
    TOMCAT = "tomcat"
    TOMCAT_LOADED = "tomcat-loaded"
    CALLMANAGER = "callmanager"
    CALLMANAGER_LOADED = "callmanager-loaded"
    CLIENT_OS = "client-os"


class SlotName(StrEnum):
    """The places that a server can have for a certificate of its own."""

    SERVER = "server"  # the server certificate of an Expressway
    CLIENT = "client"  # its client certificate, where the release has one
    TOMCAT = "tomcat"
    TOMCAT_ECDSA = "tomcat-ecdsa"
    CALLMANAGER = "callmanager"
    CALLMANAGER_ECDSA = "callmanager-ecdsa"


class Certificate(models.Model):
    """One certificate of a lab; every field a page shows was decoded when it came in."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="certificates")
    sha256 = models.CharField(max_length=64)
    der = models.BinaryField()
    subject_hash = models.CharField(max_length=64)
    issuer_hash = models.CharField(max_length=64)
    spki_sha256 = models.CharField(max_length=64)
    not_before = models.CharField(max_length=20)
    not_after = models.CharField(max_length=20)
    is_ca = models.BooleanField()
    facts = models.JSONField()  # the other fields of pki.facts.CertificateFacts (reading.rows turns it back)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lab", "sha256"], name="certificate_once_per_lab")]
        indexes = [
            models.Index(fields=["lab", "subject_hash"], name="certificate_subject"),
            models.Index(fields=["lab", "spki_sha256"], name="certificate_spki"),
        ]


class Crl(models.Model):
    """One certificate revocation list of a lab."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="crls")
    sha256 = models.CharField(max_length=64)
    der = models.BinaryField()
    issuer_hash = models.CharField(max_length=64)
    this_update = models.CharField(max_length=20)
    next_update = models.CharField(max_length=20, blank=True)  # "" when the CRL names none
    facts = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lab", "sha256"], name="crl_once_per_lab")]


class PublicKey(models.Model):
    """The public half of a key: all that is ever kept of one."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="public_keys")
    spki = models.BinaryField()
    spki_sha256 = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=40)
    bits = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lab", "spki_sha256"], name="public_key_once_per_lab")]


class TrustStore(models.Model):
    """A server's list of trusted CAs ("ca" is the trusted CA list of an Expressway)."""

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="trust_stores")
    name = models.CharField(max_length=20, default="ca")
    next_position = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "name"], name="trust_store_once_per_node")]


class TrustEntry(models.Model):
    """One row of a list: a certificate or a CRL, in its place. Positions only grow."""

    store = models.ForeignKey(TrustStore, on_delete=models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField()
    certificate = models.ForeignKey(Certificate, on_delete=models.RESTRICT, null=True, related_name="entries")
    crl = models.ForeignKey(Crl, on_delete=models.RESTRICT, null=True, related_name="entries")
    subject_hash = models.CharField(max_length=64)  # the certificate's; of a CRL its issuer's

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["store", "certificate"], name="entry_certificate_once"),
            models.UniqueConstraint(fields=["store", "crl"], name="entry_crl_once"),
            models.UniqueConstraint(fields=["store", "position"], name="entry_position_once"),
            models.CheckConstraint(
                name="entry_is_certificate_or_crl",
                condition=models.Q(certificate__isnull=False, crl__isnull=True)
                | models.Q(certificate__isnull=True, crl__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["store", "subject_hash", "position"], name="entry_by_subject")]


class Slot(models.Model):
    """A place of a server for a certificate ("server" is the server certificate of an Expressway)."""

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="slots")
    name = models.CharField(max_length=20, default="server")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "name"], name="slot_once_per_node")]


class Installation(models.Model):
    """What was put into a slot, and when. Append-only but for its two flags, which differ until the restart."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="installations")
    certificate = models.ForeignKey(Certificate, on_delete=models.RESTRICT, related_name="installations")
    key = models.ForeignKey(PublicKey, on_delete=models.RESTRICT, related_name="installations")
    key_origin = models.CharField(max_length=16)  # pki.keys.KeySource
    source = models.CharField(max_length=16)  # factory, upload, reset
    at_lab = models.CharField(max_length=20)
    at_real = models.DateTimeField(default=real_now)
    is_installed = models.BooleanField(default=True)
    is_running = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"], condition=models.Q(is_installed=True), name="one_installed_per_slot"
            ),
            models.UniqueConstraint(
                fields=["slot"], condition=models.Q(is_running=True), name="one_running_per_slot"
            ),
        ]
