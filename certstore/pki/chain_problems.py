"""Everything wrong with a drawn chain, where OpenSSL stops at the first thing.

Each finding's facts hold `depth` (0 is the leaf) and `name` (the certificate it is about); what else they
hold stands beside each rule. Not looked for here, and known only when OpenSSL stops at them: name constraints
on anything but DNS names, policies.
"""

from collections.abc import Iterator, Sequence

from cryptography import x509

from certstore.pki import names
from certstore.pki.codes import Code
from certstore.pki.findings import Finding, refuse
from certstore.pki.issuing import Parsed, extension, has_not_signed

# X509_supported_extension of OpenSSL's v3_purp.c: a critical extension that is none of these refuses a chain.
_KNOWN_EXTENSIONS = frozenset(
    {f"2.5.29.{arc}" for arc in (15, 17, 19, 30, 31, 32, 33, 36, 37, 54)}
    | {f"1.3.6.1.5.5.7.{arcs}" for arcs in ("1.7", "1.8", "1.14", "48.1.5")}
    | {"2.16.840.1.113730.1.1"}
)


def problems_in(chain: Sequence[Parsed], is_complete: bool, now: str) -> Iterator[Finding]:
    """All that is wrong with the certificates of a chain, from the leaf upwards.

    In: the chain from the leaf, whether it ends at a self-signed certificate, the moment as ISO text.
    """
    plain_intermediates = 0
    for depth, parsed in enumerate(chain):
        is_last = is_complete and depth == len(chain) - 1
        yield from _validity(parsed, depth, now)
        yield from _critical_extensions(parsed, depth)
        if depth > 0:
            yield from _is_no_ca(parsed, depth, is_last)
        if depth > 1:
            yield from _path_length(parsed, depth, plain_intermediates)
        if depth > 0 and not parsed.facts.is_self_issued:
            plain_intermediates += 1
        if not is_last:
            yield from _signature(parsed, chain[depth + 1 : depth + 2], depth)
    yield from _name_constraints(chain)


def _validity(parsed: Parsed, depth: int, now: str) -> Iterator[Finding]:
    """`end` or `start`: ISO text."""
    facts = parsed.facts
    if now > facts.not_after:
        yield refuse(Code.CHAIN_EXPIRED, depth=depth, name=facts.subject, end=facts.not_after)
    if now < facts.not_before:
        yield refuse(Code.CHAIN_NOT_YET_VALID, depth=depth, name=facts.subject, start=facts.not_before)


def _signature(parsed: Parsed, issuer: Sequence[Parsed], depth: int) -> Iterator[Finding]:
    """`issuer`: the CA whose key does not verify the signature; its depth is one more."""
    if issuer and has_not_signed(issuer[0].facts, parsed):
        name, above = parsed.facts.subject, issuer[0].facts.subject
        yield refuse(Code.CHAIN_BAD_SIGNATURE, depth=depth, name=name, issuer=above)


def _is_no_ca(parsed: Parsed, depth: int, is_last: bool) -> Iterator[Finding]:
    """A self-signed one at the top passes without BasicConstraints if it may sign, or is of version 1.

    Source: OpenSSL crypto/x509/v3_purp.c, `check_ca`, and x509_vfy.c, `check_extensions`.
    """
    facts = parsed.facts
    may_sign = facts.key_usage is None or "keyCertSign" in facts.key_usage
    if facts.has_basic_constraints:
        is_ca = facts.is_ca
    else:
        is_ca = is_last and (facts.key_usage is not None or parsed.certificate.version is x509.Version.v1)
    if not (may_sign and is_ca):
        yield refuse(Code.CHAIN_NOT_A_CA, depth=depth, name=facts.subject)


def _path_length(parsed: Parsed, depth: int, plain_intermediates: int) -> Iterator[Finding]:
    """`limit`: how many CAs it allows below itself; those with issuer and subject alike do not count."""
    limit = parsed.facts.path_length
    if limit is not None and plain_intermediates > limit:
        yield refuse(Code.CHAIN_PATH_LENGTH, depth=depth, name=parsed.facts.subject, limit=limit)


def _critical_extensions(parsed: Parsed, depth: int) -> Iterator[Finding]:
    """`oid`: the critical extension that OpenSSL does not know."""
    critical = (found.oid.dotted_string for found in parsed.certificate.extensions if found.critical)
    unknown = next((oid for oid in critical if oid not in _KNOWN_EXTENSIONS), None)
    if unknown is not None:
        code, name = Code.CHAIN_UNKNOWN_CRITICAL_EXTENSION, parsed.facts.subject
        yield refuse(code, depth=depth, name=name, oid=unknown)


def _name_constraints(chain: Sequence[Parsed]) -> Iterator[Finding]:
    """`ca`: the CA that does not allow the name; `dns`: the name. Reported at the leaf, as OpenSSL does.

    Source: OpenSSL crypto/x509/v3_ncons.c, `nc_dns`; a common name counts where there is no DNS name.
    """
    leaf = chain[0].facts
    asked = leaf.san_dns or tuple(name for name in leaf.common_names if names.is_fqdn(name))
    for parsed in chain[1:]:
        constraints = extension(parsed, x509.NameConstraints)
        if isinstance(constraints, x509.NameConstraints):
            for dns in asked:
                if not _allows(constraints, dns):
                    code, above = Code.CHAIN_NAME_CONSTRAINT, parsed.facts.subject
                    yield refuse(code, depth=0, name=leaf.subject, ca=above, dns=dns)
                    return


def _allows(constraints: x509.NameConstraints, dns: str) -> bool:
    """Whether a CA's constraints on DNS names allow one."""
    permitted = [
        tree.value for tree in constraints.permitted_subtrees or () if isinstance(tree, x509.DNSName)
    ]
    excluded = [tree.value for tree in constraints.excluded_subtrees or () if isinstance(tree, x509.DNSName)]
    if any(_is_within(dns, tree) for tree in excluded):
        return False
    return not permitted or any(_is_within(dns, tree) for tree in permitted)


def _is_within(dns: str, tree: str) -> bool:
    """Whether a DNS name is that of a subtree or lies below it; the empty subtree holds all names."""
    name, base = dns.casefold(), tree.casefold()
    if not base or name == base:
        return True
    return name.endswith(base if base.startswith(".") else f".{base}")
