"""The words of System > Clustering, and what is said about two peers of one cluster: `cluster.*`."""

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sentence, Sure
from certstore.wording.sources import cite, ours, paraphrased, recalled, seen

SENTENCES: dict[str, Sentence] = {
    "title": seen("Clustering", "CG-LOAD"),
    "configuration-heading": recalled("Configuration"),
    "cluster-name": recalled("Cluster name"),
    "primary": recalled("Configuration primary"),
    "tls-mode": seen("TLS verification mode", "CG-LOAD"),
    "permissive": seen("Permissive", "CG-LOAD"),
    "enforcing": seen("Enforcing", "T217230"),
    "no-cluster-told": ours(
        "A cluster has up to six peers. What is typed here makes this server its primary peer."
    ),
    "create": ours("Create cluster"),
    "peers-heading": recalled("Peers"),
    "peer-address": paraphrased("Peer {number} address", "CL154"),
    "save": recalled("Save"),
    "no-cluster": ours("This server is in no cluster."),
    "this-system": seen("This system", "CL154"),
    "clustering-active": paraphrased("Clustering: Active", "CL154"),
    "clustering-failed": paraphrased("Clustering: Failed", "CL154"),
    "certificate-valid": paraphrased("Certificate: Valid", "CL154"),
    "certificate-invalid": seen("Certificate: Invalid ...", "CL154"),
    "database": paraphrased("Cluster database status", "CL154"),
    "database-active": seen("Active", "CL154"),
    "database-failed": ours("Failed"),
    "help-cluster-name": paraphrased(
        "The FQDN of the cluster. Without a domain no signing request can be made.", "AG-CLU"
    ),
    "help-primary": paraphrased("The peer whose configuration the others take over.", "AG-CLU"),
    "help-tls-mode": paraphrased(
        "Permissive: peers do not validate each other's certificates. Enforcing: each peer's chain has to be trusted "
        "by every other, and its names have to lead to its address. It replicates to all peers; each acts on it after "
        "its restart.",
        "CL154",
    ),
    "help-peer-address": paraphrased(
        "For Enforcing an FQDN that the peer's certificate has as its CN or as an alternative name.", "CL154"
    ),
    "saved": ours("Clustering was saved, and is the same on every peer now."),
    "made": ours("This server is the primary peer of the cluster {name} now."),
    "peer-added": ours("This server was made and added to the cluster as peer {number}."),
    "peer-removed": ours("{fqdn} was removed from the cluster and from the lab."),
    "now-primary": ours("This server is the primary peer now, in place of {was}."),
    "dissolved": ours("The cluster {name} was dissolved: its servers are in none now."),
    "mapped": ours("{name} leads to {address} now, on every peer."),
    "unmapped": ours("{name} was taken out of the cluster address mapping of every peer."),
    "mapping-heading": paraphrased("Cluster address mapping", "CL154"),
    "mapping-name": recalled("FQDN"),
    "mapping-address": recalled("IP address"),
    "mapping-actions": recalled("Actions"),
    "mapping-none": ours("No name is mapped: DNS alone tells where the peers are."),
    "mapping-add": ours("Add mapping"),
    "mapping-delete": ours("Delete"),
    "mapping-delete-of": ours("Delete the mapping of {name}"),
    "help-mapping-name": paraphrased(
        "A name that a peer is reached by, or that its certificate has: it is resolved by this mapping or by DNS. The "
        "mapping is the same on every peer.",
        "CL154",
    ),
    "help-mapping-address": ours("The address of the peer. That it is asked before DNS is our reading."),
    "nothing-changed": ours("Nothing was changed."),
    "warned-enforcing": paraphrased(
        "TLS verification mode is Enforcing, and certificates of peers are invalid: the cluster breaks when they are "
        "restarted. Set it to Permissive, or see to the certificates first.",
        "CL154",
    ),
    "restart-due": paraphrased(
        "The TLS verification mode is not in effect on this peer until it is restarted. Restart the primary peer, then "
        "the others one by one.",
        "CL154",
    ),
    "refused-name": ours("{value} is no name of a cluster. Type an FQDN such as exp-c.example.com."),
    "refused-mode": ours("There is no such TLS verification mode. Choose Permissive or Enforcing."),
    "refused-address": ours(
        "Peer {number} address {value} is neither a name nor an IP address. Type the FQDN of the peer."
    ),
    "refused-address-twice": ours("Peer {number} address {value} stands there twice. Type another one."),
    "refused-full": ours("The cluster has {limit} peers, which is as many as a cluster can have."),
    "refused-there": ours("The servers of this role are in a cluster already."),
    "refused-mapping-name": ours(
        "{value} is no FQDN. Type the whole name of the peer, such as exp-c2.example.com."
    ),
    "refused-mapping-address": ours("{value} is no IP address. Type one such as 192.0.2.12."),
    "refused-mapping-full": ours(
        "The mapping has {limit} rows, which is as many as it can have. Delete one first."
    ),
    "refused-no-row": ours("There is no such row in the mapping. It may have been deleted meanwhile."),
    "refused-first": ours("This peer is the primary already. Choose another one."),
    "refused-taken": ours("A server of the lab is called {value} already. Type another name."),
    "refused-primary": ours(
        "The primary peer cannot be removed. Make another peer the primary first, or dissolve the cluster."
    ),
    "refused-gone": ours("There is no such peer in this cluster. It may have been removed meanwhile."),
    "refused-too-long": ours("The name is longer than {limit} characters. Type a shorter one."),
}

_GUIDE = Sure(
    Basis.DOCUMENTED,
    f"{cite('CL154')}: with TLS verification enforced the name in the certificate, resolved, must be where the peer "
    "is, and the peer address must be an FQDN that the certificate has.",
)
_PAGE = "On {looker}, navigate to System > Clustering."
_REISSUE = (
    "Or on {other}, navigate to Maintenance > Security > Server certificate, make a request with the name of the peer "
    "and that of the cluster among its alternative names, and have it signed.",
    "Until that is done, set TLS verification mode to Permissive: System > Clustering, then restart the peers one by "
    "one.",
)

EXPLANATIONS: dict[Code, Explanation] = {
    Code.CLUSTER_NO_ADDRESS: Explanation(
        ours("{looker} finds no address of its peer {other}"),
        "Neither the cluster address mapping nor DNS knows an address of {address}, which is typed as the address of "
        "{other} on the clustering page.",
        (
            f"{_PAGE} Compare the peer's address with its name.",
            "Or correct its cluster address mapping there, or the record of {address} in DNS.",
        ),
        Sure(
            Basis.DOCUMENTED, f"{cite('CL154')}: peers are reached by the addresses of the clustering page."
        ),
    ),
    Code.CLUSTER_ADDRESS_LEADS_ELSEWHERE: Explanation(
        ours("The address that {looker} has for its peer {other} leads elsewhere"),
        "{address} leads to {target}, and {other} is not there.",
        (
            f"{_PAGE} Compare the peer's address with its name.",
            "Or correct its cluster address mapping there, or the record of {address} in DNS.",
        ),
        Sure(
            Basis.DOCUMENTED, f"{cite('CL154')}: peers are reached by the addresses of the clustering page."
        ),
    ),
    Code.CLUSTER_NO_CLIENT_AUTH: Explanation(
        paraphrased(
            "The certificate of {other} has no client authentication, which its peer asks for", "T225482"
        ),
        "Before X15.4 the cluster database asks each peer for client authentication while TLS verification is enforced."
        " The extended key usage of the certificate of {other} is: {eku}.",
        (
            "Set TLS verification mode to Permissive on System > Clustering and restart the peers one by one.",
            "Or upgrade the peers to X15.4 or later, where it is not asked for.",
            "Or have a certificate with both usages issued for {other}.",
        ),
        Sure(
            Basis.SUPPORT, f"{cite('T225482')}: replication breaks before X15.4, and does not from X15.4 on."
        ),
    ),
    Code.CLUSTER_ADDRESS_NOT_FQDN: Explanation(
        ours("The address of the peer {other} is no FQDN"),
        "The clustering page has {address} for {other}. With TLS verification enforced it has to be an FQDN.",
        (f"{_PAGE} As the peer's address enter {{other}}.",),
        _GUIDE,
    ),
    Code.CLUSTER_ADDRESS_NOT_IN_CERTIFICATE: Explanation(
        ours("The address of the peer {other} is not a name of its certificate"),
        "The clustering page has {address} for {other}, and its certificate has it neither as its common name nor "
        "among its alternative names.",
        (f"{_PAGE} As the peer's address enter a name that the certificate has.", *_REISSUE),
        _GUIDE,
    ),
    Code.CLUSTER_NAME_LEADS_ELSEWHERE: Explanation(
        ours("No name of the certificate of {other} leads to where the peer is"),
        "{looker} reads the names of the certificate of {other} and resolves them. None of them leads to {target}, the "
        "address that the certificate came from.",
        ("Correct the cluster address mapping or the records of the peer's name in DNS.", *_REISSUE),
        _GUIDE,
    ),
}
