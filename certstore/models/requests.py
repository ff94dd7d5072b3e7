"""Certificate signing requests: of a server's slots, and what the training CA made of them."""

from django.db import models

from certstore.models.certificates import Certificate, PublicKey, Slot
from certstore.models.clock import real_now
from certstore.models.lab import Lab
from certstore.models.topology import CaKey


class SigningRequest(models.Model):
    """One request of a slot; one at a time is pending. Its private key was forgotten when it was signed."""

    class State(models.TextChoices):
        PENDING = "pending", "Pending"
        USED = "used", "Used"  # a certificate made of it was uploaded
        DISCARDED = "discarded", "Discarded"

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="requests")
    key = models.ForeignKey(PublicKey, on_delete=models.RESTRICT, related_name="requests")
    der = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    fields = models.JSONField(default=dict)  # what was typed, so that the page can show it; {} when imported
    is_imported = models.BooleanField(default=False)  # made by a real server, whose key is there
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    at_lab = models.CharField(max_length=20)
    at_real = models.DateTimeField(default=real_now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "sha256"], name="request_once_per_slot"),
            models.UniqueConstraint(
                fields=["slot"], condition=models.Q(state="pending"), name="one_pending_per_slot"
            ),
        ]


class Issued(models.Model):
    """A certificate that a training CA of the lab issued, with the fault that was asked for, if any."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="issued")
    ca = models.ForeignKey(CaKey, on_delete=models.CASCADE, related_name="issued")
    certificate = models.ForeignKey(Certificate, on_delete=models.RESTRICT, related_name="issued")
    fault = models.CharField(
        max_length=40, blank=True
    )  # pki.faults: the name of the fault; "" for a sound one
    at_lab = models.CharField(max_length=20)
    revoked_at = models.CharField(max_length=20, blank=True)  # lab time; "" while it is not

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["lab", "certificate"], name="issued_certificate_once")]
