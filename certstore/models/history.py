"""What was tried in a lab, and what changed."""

import uuid

from django.conf import settings
from django.db import models

from certstore.models.certificates import Certificate
from certstore.models.clock import real_instant
from certstore.models.lab import Lab, Node


class Attempt(models.Model):
    """One upload, accepted or not: what was found, never the raw bytes and never a key."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        WARNED = "warned", "Accepted, with a warning"
        REFUSED = "refused", "Refused"
        DEPENDS = "depends", "Depends"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="attempts")
    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="attempts")
    page = models.CharField(max_length=24)  # trusted-ca, server-certificate
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at_lab = models.CharField(max_length=20)
    at_real = models.DateTimeField(default=real_instant)
    release = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)  # pki.sniff.FileKind
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    stored = models.BooleanField()  # whether the server took it; a "depends" can be either
    code = models.CharField(max_length=60, blank=True)  # the headline's; "" when accepted
    findings = models.JSONField(default=dict)  # reading.attempts says what is in it
    openssl_error = models.PositiveIntegerField(null=True, blank=True)
    depth = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-at_real", "-id"]
        indexes = [models.Index(fields=["lab", "-at_real"], name="attempt_newest")]


class AttemptCertificate(models.Model):
    """A certificate that an attempt's file held ("file"), or that the server's list gave ("found")."""

    class Place(models.TextChoices):
        FILE = "file", "in the file"
        FOUND = "found", "in the server's list"

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="certificates")
    certificate = models.ForeignKey(Certificate, on_delete=models.RESTRICT, related_name="+")
    place = models.CharField(max_length=5, choices=Place.choices)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["place", "position"]


class Event(models.Model):
    """One thing that changed in a lab."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    node = models.ForeignKey(Node, on_delete=models.CASCADE, null=True, related_name="events")
    attempt = models.ForeignKey(Attempt, on_delete=models.SET_NULL, null=True, related_name="events")
    at_lab = models.CharField(max_length=20)
    at_real = models.DateTimeField(default=real_instant)
    code = models.CharField(max_length=40)  # wording.events
    params = models.JSONField(default=dict)

    class Meta:
        ordering = ["-seq"]
        constraints = [models.UniqueConstraint(fields=["lab", "seq"], name="event_seq_once_per_lab")]
