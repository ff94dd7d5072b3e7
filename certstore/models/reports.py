"""What people report of a real box that says something else; for the operator, about no lab."""

from django.conf import settings
from django.db import models

from certstore.models.clock import real_instant


class BoxReport(models.Model):
    """The words of a real server where a sentence of ours stands, with its release and role."""

    code = models.CharField(max_length=60)  # a code or the key of a sentence
    said = models.TextField()  # what this simulator said
    words = models.TextField()  # what the real one says
    release = models.CharField(max_length=40)
    role = models.CharField(max_length=16, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at_real = models.DateTimeField(default=real_instant)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at_real", "-id"]
