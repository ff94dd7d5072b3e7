"""Links that show something of a lab to whoever has them."""

import uuid

from django.db import models

from certstore.models.clock import real_now
from certstore.models.history import Attempt
from certstore.models.lab import Lab


class ShareLink(models.Model):
    """A read-only address of an attempt or a lab, or one that makes a copy; kept as a hash, ends, revocable."""

    class Kind(models.TextChoices):
        ATTEMPT = "attempt", "One result, to read"
        LAB = "lab", "The lab, to read"
        COPY = "copy", "A lab of their own, made the same way"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="share_links")
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, null=True, related_name="share_links")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    token_sha256 = models.CharField(max_length=64, unique=True)
    redacted = models.BooleanField(default=False)  # real names are replaced by example names throughout
    created_at = models.DateTimeField(default=real_now)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]
