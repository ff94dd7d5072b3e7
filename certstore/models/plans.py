"""Plans of a renewal: the steps as they were tried, the files they need, and what somebody ticked."""

from django.conf import settings
from django.db import models

from certstore.models.clock import real_now
from certstore.models.lab import Lab


class Plan(models.Model):
    """One plan. It is no part of the lab's document: it tells what was tried on the lab as it was."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="plans")
    number = models.PositiveIntegerField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at_lab = models.CharField(max_length=20)
    at_real = models.DateTimeField(default=real_now)
    document = models.JSONField()  # reading.plan_document says what is in it

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["lab", "number"], name="plan_once_per_lab")]


class PlanFile(models.Model):
    """The file of one step: certificates as Base-64 (PEM), written anew; never a private key."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="files")
    step = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    content = models.BinaryField()

    class Meta:
        ordering = ["step"]
        constraints = [models.UniqueConstraint(fields=["plan", "step"], name="plan_file_once_per_step")]


class PlanTick(models.Model):
    """A step that somebody ticked as done: when, in real time, and who."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="ticks")
    step = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=150)
    at_real = models.DateTimeField(default=real_now)

    class Meta:
        ordering = ["step"]
        constraints = [models.UniqueConstraint(fields=["plan", "step"], name="plan_tick_once_per_step")]
