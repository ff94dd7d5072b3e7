"""The public-looking CA of a lab, and the CAs of its practice files: made when first needed, their keys sealed."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from certstore.actions.certificates import store_certificates
from certstore.models import CaKey, Lab
from certstore.models.clock import shifted
from certstore.pki.facts import decode_certificate
from certstore.pki.forge import hierarchy
from certstore.pki.forge.authority import Authority
from certstore.pki.forge.hierarchy import Place, Spans
from certstore.pki.seal import SealedKey, seal
from certstore.reading.training_ca import PRACTICE, PUBLIC
from certstore.scenarios.lab_files import DAY, YEAR
from certstore.scenarios.names import new_organisation

HOUR = 3600
DAYS_OF_PRACTICE = 200  # what public CAs issue since March 2026


def spans_at(at: datetime) -> Spans:
    """When what is made at a moment of the lab is valid."""
    return Spans(
        root=(shifted(at, -5 * YEAR), shifted(at, 15 * YEAR)),
        issuing=(shifted(at, -2 * YEAR), shifted(at, 8 * YEAR - DAY)),
        now=(shifted(at, -HOUR), shifted(at, DAYS_OF_PRACTICE * DAY)),
        over=(shifted(at, -(2 + DAYS_OF_PRACTICE) * DAY), shifted(at, -2 * DAY)),
        ahead=(shifted(at, 2 * DAY), shifted(at, (2 + DAYS_OF_PRACTICE) * DAY)),
    )


def make_public_ca(at: datetime) -> dict[str, Authority]:
    """A public-looking CA under a name that no other lab has, by the names of its rows. Takes four RSA keys."""
    return _named(PUBLIC, hierarchy.public_cas(new_organisation(), spans_at(at)))


def practice_names(made: Mapping[Place, Authority]) -> dict[str, Authority]:
    """New CAs of one practice file, by the names of their rows: a prefix that no other file has."""
    return _named(f"{PRACTICE}{secrets.token_hex(4)}-", made)


def _named(prefix: str, made: Mapping[Place, Authority]) -> dict[str, Authority]:
    return {f"{prefix}{place.value}": ca for place, ca in made.items()}


def put_cas(lab: Lab, cas: Mapping[str, Authority], secret: bytes) -> dict[str, CaKey]:
    """Write CAs into a locked lab: certificates, and keys sealed with the installation's secret.

    Each in the place of one of the same name, whose key is lost. Out: the rows by their names.
    """
    facts = [decode_certificate(ca.der) for ca in cas.values()]
    rows = {}
    for (name, ca), certificate in zip(cas.items(), store_certificates(lab, facts), strict=True):
        key = ca.key
        if not isinstance(key, SealedKey):
            raise TypeError(f"no key of this kind is sealed: {type(key).__name__}")
        sealed = seal(key, secret, str(lab.pk), certificate.sha256)
        rows[name], _ = CaKey.objects.update_or_create(
            lab=lab, name=name, defaults={"certificate": certificate, "sealed": sealed}
        )
    return rows
