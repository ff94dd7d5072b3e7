"""A lab and its servers."""

import secrets
import uuid
from datetime import datetime

from django.conf import settings
from django.db import models

from certstore.models.clock import real_now, shifted


def new_salt() -> str:
    """What the fingerprints of a lab's zone passwords are made with: 32 hexadecimal digits."""
    return secrets.token_hex(16)


class Lab(models.Model):
    """One deployment of one person. Every write locks this row first and bumps `version`."""

    class Kind(models.TextChoices):
        PRACTISE = "practise", "Practise"
        REHEARSE = "rehearse", "Rehearse a renewal"
        REPRODUCE = "reproduce", "Reproduce a case"

    class Explanations(models.TextChoices):
        OPEN = "open", "Open"
        HINTS = "hints", "Hints only"
        OFF = "off", "Off"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="labs")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.PRACTISE)
    recipe = models.CharField(max_length=40, default="expressway-pair")
    release = models.CharField(max_length=40, default="X14.3")  # as typed; pki.releases.profile_for judges
    clock_offset_s = models.BigIntegerField(default=0)
    same_subject = models.CharField(max_length=8, default="first")
    cn_counts = models.BooleanField(default=False)
    version = models.PositiveBigIntegerField(default=1)
    created_at = models.DateTimeField(default=real_now)
    expires_at = models.DateTimeField(null=True, blank=True)

    # Switches of the product's command line, as the newest releases have them (pki.releases).
    server_eku_upload = models.BooleanField(default=False)
    eku_checking = models.BooleanField(default=True)
    explanations = models.CharField(max_length=6, choices=Explanations.choices, default=Explanations.OPEN)

    # The document of the lab as it began, packed (reading.lab_document): what "Set back to the start" goes back to.
    start = models.BinaryField(null=True)
    password_salt = models.CharField(max_length=32, default=new_salt)
    # How every connection and alarm was after the last change: {} where nobody has looked yet.
    seen = models.JSONField(default=dict)

    # Set in memory while a write that changes the document is under way (actions.writing), the second one by an
    # action that knows that nothing but the document changes.
    is_changing = False
    is_left_as_it_is = False

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return str(self.id)

    def now(self) -> datetime:
        """The lab's time: real time and the lab's offset. Read once per action and passed down."""
        return shifted(real_now(), self.clock_offset_s)

    @property
    def column(self) -> str:
        """How much our column tells (`Explanations`): only a lab to practise in can have less than all."""
        return self.explanations if self.kind == self.Kind.PRACTISE else self.Explanations.OPEN.value

    @property
    def expressways(self) -> models.QuerySet["Node"]:
        """The servers that are Expressways: those with pages in the appliance frame."""
        return Node.objects.filter(lab=self, kind__in=EXPRESSWAYS)

    @property
    def services(self) -> models.QuerySet["Node"]:
        """The servers that are none: Unified CM and Jabber."""
        return Node.objects.filter(lab=self).exclude(kind__in=EXPRESSWAYS)

    @property
    def takes_private_keys(self) -> bool:
        """Whether the server certificate page has a key chooser: never where files may be real."""
        return self.kind == self.Kind.PRACTISE


class Cluster(models.Model):
    """Peers of one role that share a configuration, and neither their lists nor their certificates."""

    class TlsMode(models.TextChoices):
        PERMISSIVE = "permissive", "Permissive"
        ENFORCING = "enforcing", "Enforcing"

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="clusters")
    role = models.CharField(max_length=16)  # pki.releases.Role
    fqdn = models.CharField(max_length=253, blank=True)
    tls_mode = models.CharField(max_length=10, choices=TlsMode.choices, default=TlsMode.PERMISSIVE)
    # Cluster address mapping: the IP address by the FQDN, in lower case.
    address_mapping = models.JSONField(default=dict)

    class Meta:
        ordering = ["role", "fqdn"]
        constraints = [models.UniqueConstraint(fields=["lab", "role"], name="cluster_once_per_role")]


class Node(models.Model):
    """One server of a lab."""

    class Kind(models.TextChoices):
        EXPRESSWAY_C = "expressway-c", "Expressway-C"
        EXPRESSWAY_E = "expressway-e", "Expressway-E"
        CUCM = "unified-cm", "Unified CM"
        JABBER = "jabber", "Jabber"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="nodes")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    host = models.CharField(max_length=63)
    domain = models.CharField(max_length=190)
    address = models.GenericIPAddressField()
    cluster = models.ForeignKey(Cluster, on_delete=models.SET_NULL, null=True, related_name="peers")
    # In a cluster: its place (1 is the primary), the address typed for it, the TLS mode since its last restart.
    peer_number = models.PositiveSmallIntegerField(default=0)
    peer_address = models.CharField(max_length=253, blank=True)
    running_tls_mode = models.CharField(max_length=10, blank=True)
    restarted_at_lab = models.DateTimeField(null=True, blank=True)
    # Only what differs from the defaults of pki.settings (reading.settings turns it into values).
    settings = models.JSONField(default=dict)
    # What "Reset to default …" goes back to.
    factory_ca = models.ForeignKey(
        "Certificate", on_delete=models.RESTRICT, null=True, related_name="factory_ca_of"
    )
    factory_certificate = models.ForeignKey(
        "Certificate", on_delete=models.RESTRICT, null=True, related_name="factory_certificate_of"
    )
    factory_key = models.ForeignKey("PublicKey", on_delete=models.RESTRICT, null=True, related_name="+")

    class Meta:
        ordering = ["kind", "host"]
        constraints = [
            models.UniqueConstraint(fields=["lab", "host", "domain"], name="node_name_once_per_lab")
        ]

    def __str__(self) -> str:
        return self.host

    @property
    def is_expressway(self) -> bool:
        """Whether it has pages in the appliance frame."""
        return self.kind in EXPRESSWAYS

    @property
    def fqdn(self) -> str:
        """Host name and domain."""
        return f"{self.host}.{self.domain}" if self.domain else self.host


EXPRESSWAYS = (Node.Kind.EXPRESSWAY_C, Node.Kind.EXPRESSWAY_E)


class LabFile(models.Model):
    """A file made for the lab by the forge, or one that it was made of: public material, never a private key."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="files")
    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=80)
    what = models.CharField(max_length=40)  # wording.lab_files: the key of what the file is
    content = models.BinaryField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["lab", "name"], name="lab_file_name_once")]
