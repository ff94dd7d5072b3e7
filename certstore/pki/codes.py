"""Every stable code a verdict can carry.

A code is a name that never changes after a release: pages, the command line and other people's tests
key on it. Its sentence lives in `certstore.wording`, never here.
"""

from enum import StrEnum


class Code(StrEnum):
    """What one finding says, without a sentence."""

    # What the content of a file is, when it is no PEM certificate (Base-64 only).
    FILE_MISSING = "file.missing"
    FILE_EMPTY = "file.empty"
    FILE_TOO_LARGE = "file.too-large"
    FILE_DER_CERTIFICATE = "file.der-certificate"
    FILE_PKCS7_DER = "file.pkcs7-der"
    FILE_PKCS7_PEM = "file.pkcs7-pem"
    FILE_PKCS12 = "file.pkcs12"
    FILE_CERTIFICATE_REQUEST = "file.certificate-request"
    FILE_CRL = "file.crl"
    FILE_PRIVATE_KEY = "file.private-key"
    FILE_ENCRYPTED_PRIVATE_KEY = "file.encrypted-private-key"
    FILE_PUBLIC_KEY = "file.public-key"
    FILE_OPENSSH_KEY = "file.openssh-key"
    FILE_OPENSSH_CERTIFICATE = "file.openssh-certificate"
    FILE_PGP = "file.pgp"
    FILE_UTF16 = "file.utf-16"
    FILE_HTML = "file.html"
    FILE_ZIP = "file.zip"
    FILE_WORD = "file.word"
    FILE_PDF = "file.pdf"
    FILE_BARE_BASE64 = "file.bare-base64"
    FILE_LONG_DASHES = "file.damaged-long-dashes"
    FILE_HEADER_LINES = "file.damaged-header-lines"  # a BEGIN or END line misspelt or not alone on its line
    FILE_QUOTED = "file.damaged-quoted"
    FILE_LITERAL_NEWLINES = "file.damaged-literal-newlines"
    FILE_BR_TAGS = "file.damaged-br-tags"
    FILE_INDENTED = "file.damaged-indented"
    FILE_NO_BREAK_SPACES = "file.damaged-no-break-spaces"
    FILE_DAMAGED_BASE64 = "file.damaged-base64"
    FILE_TRUNCATED = "file.truncated"
    FILE_UNREADABLE_CERTIFICATE = "file.unreadable-certificate"
    FILE_CONTAINS_PRIVATE_KEY = "file.contains-private-key"
    FILE_UNKNOWN = "file.unknown"

    # The private key file, and which key the certificate belongs to.
    KEY_MISSING = "key.missing"
    KEY_NOT_PEM = "key.not-pem"
    KEY_ENCRYPTED = "key.encrypted"
    KEY_WRONG_KIND = "key.wrong-kind"
    KEY_TOO_LARGE = "key.too-large"
    KEY_INCONSISTENT = "key.inconsistent"
    KEY_MISMATCH = "key.mismatch"
    KEY_NOT_CHECKED = "key.not-checked"
    KEY_NO_FINAL_NEWLINE = "key.no-final-newline"
    KEY_MATCHES_REQUEST = "key.matches-request"  # in labs for real files: what the match rests on

    # The signing request.
    CSR_NO_CHOICE = "csr.no-choice"
    CSR_NOT_FQDN = "csr.not-fqdn"
    CSR_CLUSTER_NAME = "csr.cluster-name"
    CSR_TOO_LONG = "csr.too-long"
    CSR_REQUIRED = "csr.required"
    CSR_COUNTRY = "csr.country-code"
    CSR_CHARACTERS = "csr.characters"
    CSR_IN_PROGRESS = "csr.in-progress"
    CSR_NO_REQUEST = "csr.no-request"  # what was to be imported is none

    # The server certificate itself.
    CHAIN_FILE = "server-certificate.chain-file"
    CN_NOT_FQDN = "server-certificate.cn-not-fqdn"
    SAN_NOT_FQDN = "server-certificate.san-not-fqdn"
    WILDCARD = "server-certificate.wildcard"
    NO_CLIENT_AUTH = "server-certificate.no-client-auth"
    NO_SERVER_AUTH = "server-certificate.no-server-auth"
    NO_EKU = "server-certificate.no-eku"
    NO_CN = "server-certificate.no-cn"
    NO_SAN = "server-certificate.no-san"
    WEAK_KEY = "server-certificate.weak-key"
    WEAK_DIGEST = "server-certificate.weak-digest"
    VERY_LARGE_KEY = "server-certificate.very-large-key"
    KEY_ALGORITHM_UNTESTED = "server-certificate.key-algorithm-untested"
    UNSUPPORTED_OID = "server-certificate.unsupported-oid"
    ENDS_AFTER_2050 = "server-certificate.ends-after-2050"
    SWITCH_IS_OFF = "server-certificate.switch-is-off"
    TAKEN_BY_SWITCH = "server-certificate.taken-by-switch"
    NO_CLIENT_CERTIFICATE = "server-certificate.no-client-certificate"
    REVOKED_BY_CRL = "server-certificate.revoked-by-crl"

    # The client certificate, where it is another one.
    CLIENT_NO_CLIENT_AUTH = "client-certificate.no-client-auth"

    # The revocation list file of CRL management.
    CRL_NOT_ONLY_LISTS = "crl-management.not-only-lists"
    CRL_UNREADABLE = "crl-management.unreadable"
    CRL_ENDED = "crl-management.ended"

    # Client certificate testing.
    TEST_NO_CRL = "client-certificate-testing.no-crl"

    # The chain, one code for every number OpenSSL knows (the table is in judge.py).
    CHAIN_ISSUER_MISSING = "chain.issuer-missing"
    CHAIN_CA_ISSUER_MISSING = "chain.ca-issuer-missing"
    CHAIN_SELF_SIGNED = "chain.self-signed"
    CHAIN_SELF_SIGNED_CA = "chain.self-signed-ca"
    CHAIN_EXPIRED = "chain.expired"
    CHAIN_NOT_YET_VALID = "chain.not-yet-valid"
    CHAIN_BAD_SIGNATURE = "chain.bad-signature"
    CHAIN_NOT_A_CA = "chain.not-a-ca"
    CHAIN_PATH_LENGTH = "chain.path-length"
    CHAIN_NAME_CONSTRAINT = "chain.name-constraint"
    CHAIN_UNKNOWN_CRITICAL_EXTENSION = "chain.unknown-critical-extension"
    CHAIN_TOO_LONG = "chain.too-long"
    CHAIN_OTHER = "chain.other"
    CHAIN_DEPENDS_ON_SAME_SUBJECT = "chain.depends-on-same-subject"

    # The trusted CA list.
    CA_LIST_FULL = "trusted-ca.list-full"
    CA_SAME_COMMON_NAME = "trusted-ca.same-common-name"
    CA_SAME_SUBJECT = "trusted-ca.same-subject"
    CA_ALREADY_THERE = "trusted-ca.already-there"
    CA_EXPIRED = "trusted-ca.expired"
    CA_NOT_YET_VALID = "trusted-ca.not-yet-valid"
    CA_NOT_A_CA = "trusted-ca.not-a-ca"
    CA_CRL_EXPIRED = "trusted-ca.crl-expired"
    CA_NOTHING_SELECTED = "trusted-ca.nothing-selected"

    # The certificate of the other side of a connection.
    PEER_CHAIN_NOT_TRUSTED = "peer.chain-not-trusted"
    PEER_SELF_SIGNED = "peer.self-signed"
    PEER_CHAIN_TOO_LONG = "peer.chain-too-long"
    PEER_EXPIRED = "peer.expired"
    PEER_NOT_YET_VALID = "peer.not-yet-valid"
    PEER_BAD_SIGNATURE = "peer.bad-signature"
    PEER_NOT_A_CA = "peer.not-a-ca"
    PEER_PATH_LENGTH = "peer.path-length"
    PEER_NAME_CONSTRAINT = "peer.name-constraint"
    PEER_UNKNOWN_CRITICAL_EXTENSION = "peer.unknown-critical-extension"
    PEER_CHAIN_OTHER = "peer.chain-other"
    PEER_PURPOSE = "peer.purpose"  # its key usage, or a CA above it
    PEER_NO_SERVER_AUTH = "peer.no-server-auth"
    PEER_NO_CLIENT_AUTH = "peer.no-client-auth"
    PEER_REVOKED = "peer.revoked"
    PEER_REVOCATION_UNKNOWN = "peer.revocation-unknown"
    PEER_CRL_NOT_IN_FORCE = "peer.crl-not-in-force"
    PEER_CRL_UNUSABLE = "peer.crl-unusable"
    PEER_DEPENDS_ON_SAME_SUBJECT = "peer.depends-on-same-subject"

    # The traversal zone.
    ZONE_NOT_SET_UP = "zone.not-set-up"
    ZONE_NO_ADDRESS = "zone.no-address"
    ZONE_SEVERAL_ADDRESSES = "zone.several-addresses"
    ZONE_ADDRESS_LEADS_ELSEWHERE = "zone.address-leads-elsewhere"
    ZONE_PORT = "zone.port"
    ZONE_PEER_ADDRESS_NOT_IN_CERTIFICATE = "zone.peer-address-not-in-certificate"
    ZONE_NO_SUBJECT_NAME = "zone.no-subject-name"
    ZONE_SUBJECT_NAME_NOT_IN_CERTIFICATE = "zone.subject-name-not-in-certificate"
    ZONE_CREDENTIALS = "zone.credentials"
    ZONE_VERY_LARGE_KEY = "zone.very-large-key"

    # The SSH tunnels from Expressway-C to Expressway-E.
    TUNNELS_ZONE_DOWN = "tunnels.zone-down"
    TUNNELS_CA_MISSING = "tunnels.ca-missing"
    TUNNELS_SELF_SIGNED = "tunnels.self-signed"
    TUNNELS_SAME_SUBJECT = "tunnels.same-subject"
    TUNNELS_NOT_VALID = "tunnels.not-valid"
    TUNNELS_CHAIN_REFUSED = "tunnels.chain-refused"
    TUNNELS_NO_CLIENT_AUTH = "tunnels.no-client-auth"
    TUNNELS_UNKNOWN_OID = "tunnels.unknown-oid"
    TUNNELS_KEY_ALGORITHM = "tunnels.key-algorithm"
    TUNNELS_UNDERSCORE = "tunnels.underscore"
    TUNNELS_NO_ADDRESS = "tunnels.no-address"
    TUNNELS_SEVERAL_ADDRESSES = "tunnels.several-addresses"
    TUNNELS_WRONG_ADDRESS = "tunnels.wrong-address"
    TUNNELS_NO_PTR = "tunnels.no-ptr"
    TUNNELS_PTR_NOT_A_NAME = "tunnels.ptr-not-a-name"

    # Expressway-C and Unified CM: its certificate there, then theirs here.
    UNIFIED_CM_CA_MISSING = "unified-cm.ca-missing"
    UNIFIED_CM_REFUSES = "unified-cm.refuses"
    UNIFIED_CM_NO_CLIENT_AUTH = "unified-cm.no-client-auth"
    UNIFIED_CM_NOT_STORED = "unified-cm.not-stored"
    UNIFIED_CM_NOT_TRUSTED = "unified-cm.not-trusted"
    UNIFIED_CM_SELF_SIGNED = "unified-cm.self-signed"
    UNIFIED_CM_SAME_SUBJECT = "unified-cm.same-subject"
    UNIFIED_CM_NOT_VALID = "unified-cm.not-valid"
    UNIFIED_CM_CHAIN_REFUSED = "unified-cm.chain-refused"
    UNIFIED_CM_OTHER_NAME = "unified-cm.other-name"
    UNIFIED_CM_TYPED_NAME = "unified-cm.typed-name"
    UNIFIED_CM_ONE_USAGE = "unified-cm.one-usage"

    # Jabber outside, on its way to Expressway-E.
    JABBER_NO_SRV = "jabber.no-srv"
    JABBER_NO_ADDRESS = "jabber.no-address"
    JABBER_OTHER_NAME = "jabber.other-name"
    JABBER_NOT_TRUSTED = "jabber.not-trusted"
    JABBER_NO_DOMAIN = "jabber.no-domain"
    JABBER_PHONES_FAIL = "jabber.phones-fail"

    # Two peers of one cluster.
    CLUSTER_NO_ADDRESS = "cluster.no-address"
    CLUSTER_ADDRESS_LEADS_ELSEWHERE = "cluster.address-leads-elsewhere"
    CLUSTER_NO_CLIENT_AUTH = "cluster.no-client-auth"
    CLUSTER_ADDRESS_NOT_FQDN = "cluster.address-not-fqdn"
    CLUSTER_ADDRESS_NOT_IN_CERTIFICATE = "cluster.address-not-in-certificate"
    CLUSTER_NAME_LEADS_ELSEWHERE = "cluster.name-leads-elsewhere"

    # A sign-in over Mobile and Remote Access, where no connection alone is to blame.
    SIGN_IN_NO_ZONE = "sign-in.no-zone"
    SIGN_IN_SERVICE_REFUSED = "sign-in.service-refused"
    SIGN_IN_DOMAIN_CASE = "sign-in.domain-case"
