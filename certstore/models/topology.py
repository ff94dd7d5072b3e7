"""How the servers of a lab are joined: the traversal zone, the lab's DNS, the Unified CM that an Expressway-C knows."""

from django.db import models

from certstore.models.lab import Lab, Node


class Zone(models.Model):
    """One side of the Unified Communications traversal zone; a server has one at most."""

    node = models.OneToOneField(Node, on_delete=models.CASCADE, related_name="zone")
    name = models.CharField(max_length=50)
    username = models.CharField(max_length=128, blank=True)
    password = models.CharField(
        max_length=64, blank=True
    )  # a fingerprint (pki.zone_password), never a password
    sip_port = models.PositiveIntegerField(default=7001)
    verify_subject_name = models.CharField(max_length=128, blank=True)  # the server's side only


class ZonePeer(models.Model):
    """One "Peer N address" of the client's side, as it was typed."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="peers")
    position = models.PositiveSmallIntegerField()
    address = models.CharField(max_length=253)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["zone", "position"], name="zone_peer_once")]


class DnsRecord(models.Model):
    """An answer of the lab's DNS that somebody changed; every other one is right (pki.dns.right_records)."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="dns_records")
    type = models.CharField(max_length=5)  # pki.dns.RecordType
    name = models.CharField(max_length=260)
    values = models.JSONField(default=list)  # none: the question has no answer

    class Meta:
        ordering = ["type", "name"]
        constraints = [models.UniqueConstraint(fields=["lab", "type", "name"], name="dns_question_once")]


class CucmServer(models.Model):
    """A row of Configuration > Unified Communications > Unified CM servers on an Expressway-C."""

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="cucm_servers")
    cucm = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="known_by")
    publisher_address = models.CharField(max_length=253)
    username = models.CharField(max_length=128, blank=True)
    tls_verify = models.BooleanField(default=True)
    known_as = models.CharField(max_length=253)  # its System > Server entry at the last refresh

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["node", "cucm"], name="cucm_once_per_expressway")]


class AlarmAck(models.Model):
    """An alarm that somebody acknowledged; it goes when the alarm is lowered."""

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="alarm_acks")
    alarm = models.CharField(max_length=40)  # its name in wording.alarms
    subject = models.CharField(
        max_length=200, blank=True
    )  # what the alarm is about, where there can be several

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "alarm", "subject"], name="alarm_ack_once")]


class CaKey(models.Model):
    """The private key of a training CA of the lab, sealed (pki.seal): it never leaves."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="ca_keys")
    name = models.CharField(max_length=40)  # which CA of the lab: scenarios.training_ca
    certificate = models.ForeignKey("Certificate", on_delete=models.RESTRICT, related_name="ca_keys")
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lab", "name"], name="ca_key_once_per_lab")]
