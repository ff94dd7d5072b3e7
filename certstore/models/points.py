"""Restore points: what a lab was at a moment, as its versioned document."""

from django.db import models

from certstore.models.clock import real_instant
from certstore.models.lab import Lab


class RestorePoint(models.Model):
    """A lab as it was, kept before each accepted change; one with a name is kept until somebody deletes it."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="restore_points")
    number = models.PositiveBigIntegerField()
    name = models.CharField(max_length=120, blank=True)  # "" for one that was kept by itself
    before = models.CharField(max_length=40, blank=True)  # the code of the event it was kept before
    seq = models.PositiveBigIntegerField(default=0)  # of that event
    format = models.PositiveSmallIntegerField()  # the version of the document
    document = models.BinaryField()  # canonical JSON, compressed; reading.lab_document says what is in it
    at_lab = models.CharField(max_length=20)
    at_real = models.DateTimeField(default=real_instant)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["lab", "number"], name="restore_point_once_per_lab")]
