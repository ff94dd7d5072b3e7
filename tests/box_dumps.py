"""Made-up servers as the product writes them out: dumps, archives, copied pages, a handshake. Nobody's real ones."""

import gzip
import io
import tarfile
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from certstore.pki.decode import decoded_certificate
from certstore.pki.forge.authority import Authority, Made
from tests.keyring import rsa_key
from tests.pki.chains import below, facts, root

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
STAMP = "2026-11-20_09:15:00"
DOMAIN = "rehearse.test"


def xconfiguration(*lines: tuple[str, str], prefix: str = "*c ") -> str:
    """Lines as TechNote 212475 prints them; an empty value stands without its quotes."""
    written = (
        f'{prefix}xConfiguration {path}: "{value}"' if value else f"{prefix}xConfiguration {path}: "
        for path, value in lines
    )
    return "\n".join(written) + "\n"


def traversal_client(number: int, *peers: str, edge: str = "On", port: str = "7001") -> list[tuple[str, str]]:
    """The lines of a traversal client zone, those that matter and two that do not."""
    zone = f"Zones Zone {number}"
    own = f"{zone} TraversalClient"
    padded = [*peers, *[""] * (6 - len(peers))]
    return [
        (f"{zone} Name", f"to the edge {number}"),
        (f"{own} Authentication UserName", "traversal"),
        (f"{own} Authentication Password", "{cipher}c2VjcmV0"),
        (f"{own} Collaboration Edge", edge),
        (f"{own} H323 Port", "1719"),
        *[(f"{own} Peer {place} Address", peer) for place, peer in enumerate(padded, start=1)],
        (f"{own} SIP Port", port),
        (f"{own} SIP TLS Verify Mode", "On"),
        (f"{zone} Type", "TraversalClient"),
    ]


def traversal_server(
    number: int, subject: str, edge: str = "On", port: str = "7001"
) -> list[tuple[str, str]]:
    """The lines of a traversal server zone."""
    zone = f"Zones Zone {number}"
    own = f"{zone} TraversalServer"
    return [
        (f"{zone} Name", f"from inside {number}"),
        (f"{own} Authentication UserName", "traversal"),
        (f"{own} Collaboration Edge", edge),
        (f"{own} SIP Port", port),
        (f"{own} SIP TLS Verify Mode", "On"),
        (f"{own} SIP TLS Verify Subject Name", subject),
        (f"{zone} Type", "TraversalServer"),
    ]


def system(host: str, domain: str = DOMAIN, address: str = "") -> list[tuple[str, str]]:
    """The lines of a server's own name, DNS and address."""
    return [
        ("SystemUnit Name", host),
        ("IP DNS Hostname", host),
        ("IP DNS Domain Name", domain),
        ("DNS Server 1 Address", "192.0.2.53"),
        ("DNS Server 2 Address", ""),
        *([("Ethernet 1 IP V4 Address", address)] if address else []),
    ]


def cluster(name: str, *peers: str) -> list[tuple[str, str]]:
    """The lines of a cluster."""
    padded = [*peers, *[""] * (6 - len(peers))]
    return [
        ("Alternates Cluster Name", name),
        ("Alternates ConfigurationPrimary", "1"),
        *[(f"Alternates Peer {place} Address", peer) for place, peer in enumerate(padded, start=1)],
    ]


def xstatus(release: str = "X14.3.4") -> str:
    """The beginning of xStatus, printed in steps (TechNote 118675)."""
    return (
        "*s SystemUnit: /\n"
        '  Product: "TANDBERG VCS"\n'
        "  Uptime: 2492\n"
        "  Software: /\n"
        f'    Version: "{release}"\n'
        '    Name: "Release"\n'
        "  Hardware: /\n"
        '    Version: "VMware"\n'
        "*s/end\n"
    )


def show_all_pem(*certificates: Made) -> str:
    """ "Show all (PEM file)": a line with its name before each block."""
    return "".join(f"{facts(one).subject}\n{one.pem.decode()}" for one in certificates)


def show_decoded(certificate: Made) -> str:
    """ "Show (decoded)" of a certificate."""
    return decoded_certificate(certificate.der)


def s_client(*chain: Made) -> str:
    """The output of `openssl s_client -showcerts`."""
    shown = "".join(
        f" {place} s:{facts(one).subject}\n   i:{facts(one).issuer}\n{one.pem.decode()}"
        for place, one in enumerate(chain)
    )
    end = f"---\nServer certificate\nsubject={facts(chain[0]).subject}\n---\n"
    return f"CONNECTED(00000003)\n---\nCertificate chain\n{shown}{end}"


@dataclass(frozen=True)
class RealServer:
    """One made-up server: the files of its diagnostic log."""

    host: str
    files: dict[str, bytes] = field(default_factory=dict)

    def archive(self, **more: bytes) -> bytes:
        """Its diagnostic log archive, with the log and a capture in it."""
        return tar_gz(*self.files.items(), *more.items())


def real_server(
    host: str,
    certificate: Made,
    trust: tuple[Made, ...],
    lines: list[tuple[str, str]],
    release: str = "X14.3.4",
) -> RealServer:
    """A server with its certificate, its list and its configuration."""
    tail = f"{host}_{STAMP}"
    files = {
        f"loggingsnapshot_{tail}.txt": b'2026-11-20T09:15:00 tvcs: Event="x"\n' * 2000,
        f"xconf_dump_{tail}.txt": xconfiguration(*lines).encode(),
        f"xconf_dump_{tail}.xml": b"<Configuration/>",
        f"xstat_dump_{tail}.txt": xstatus(release).encode(),
        f"ca_{tail}.pem": b"".join(one.pem for one in trust),
        f"server_{tail}.pem": certificate.pem,
        f"eth0_diagnostic_logging_tcpdump0_{tail}.pcap": bytes(200_000),
    }
    return RealServer(host, files)


def tar_gz(*files: tuple[str, bytes], kind: int = tarfile.GNU_FORMAT) -> bytes:
    """A .tar.gz of some files in their order, each under the path that is given."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind) as archive:
        for name, data in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return gzip.compress(out.getvalue(), 6, mtime=0)


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of some files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


@dataclass(frozen=True)
class Pki:
    """CAs of a deployment, and a certificate each of them issues."""

    root: Authority
    issuing: Authority
    other: Authority  # the CA of the other side


def pki() -> Pki:
    """Two sides, each with a root; the inner one with an issuing CA."""
    top = root("Inner Root", start=START, end=END)
    return Pki(
        top, below(top, "Issuing CA 4", start=START, end=END), root("Outer Root", start=START, end=END)
    )


def server_certificate(issuer: Authority, fqdn: str, *sans: str, days: int = 400, key: str = "box") -> Made:
    """A server's certificate with its name first."""
    begins = START + timedelta(days=1)
    public = rsa_key(key).public_key()
    return issuer.leaf(fqdn, public, begins, begins + timedelta(days=days), sans=[fqdn, *sans])
