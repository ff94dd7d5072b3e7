"""The words of the Generate CSR page, and what is said about a request: `csr.*`.

The labels of TechNote 215670 come from a unit that was called VCS; with the product's present name in them they are
remembered, not seen.
"""

from certstore.pki.codes import Code
from certstore.wording.evidence import Basis, Explanation, Sentence, Sure
from certstore.wording.sources import cite, ours, paraphrased, recalled, seen

_NAMES: dict[str, Sentence] = {
    "title": seen("Generate CSR", "CG-CSR", "T215405", "T218034"),
    "common-name-heading": recalled("Common name"),
    "common-name": recalled("Common name"),
    "common-name-server": recalled("FQDN of Expressway"),
    "common-name-cluster": recalled("FQDN of Expressway cluster"),
    "common-name-appears": recalled("Common name as it will appear"),
    "alternative-heading": recalled("Alternative name"),
    "alternative": seen("Subject alternative names", "T215670"),
    "alternative-none": seen("None", "T215670"),
    "alternative-peers": recalled("FQDN of Expressway cluster plus FQDNs of all peers in the cluster"),
    "additional": seen("Additional alternative names (comma separated)", "T218034", "T215670"),
    "chat_aliases": seen("IM and Presence chat node aliases (federated group chat)", "CG-MANAGE", "AG-UC"),
    "phone_profiles": seen("Unified CM phone security profile names", "CG-MANAGE"),
    "domains": seen("Unified CM registrations domains", "CG-MANAGE"),
    "federation": seen("XMPP federation domains", "CG-MANAGE"),
    "format-of": recalled("Format"),
    "format-dns": seen("DNS", "CG-MANAGE"),
    "format-collab-edge-dns": seen("CollabEdgeDNS", "CG-MANAGE"),
    "format-xmpp-address": seen("XMPPAddress", "CG-MANAGE"),
    "alternative-appears": seen("Alternative name as it will appear", "T215405", "T218034"),
}

_INFORMATION: dict[str, Sentence] = {
    "information-heading": seen("Additional information", "T215405"),
    "algorithm": seen("Public key algorithm", "CG-CSR"),
    "algorithm-rsa": seen("RSA", "CG-CSR"),
    "algorithm-ecdsa": seen("ECDSA", "CG-CSR"),
    "length": seen("Key length (in bits)", "CG-CSR"),
    "digest": seen("Digest algorithm", "CG-CSR"),
    "digest-sha256": seen("SHA-256", "CG-CSR"),
    "digest-sha384": seen("SHA-384", "CG-CSR"),
    "digest-sha512": seen("SHA-512", "CG-CSR"),
    "country": recalled("Country"),
    "state": recalled("State or province"),
    "locality": recalled("Locality (town name)"),
    "organization": recalled("Organization (company name)"),
    "unit": recalled("Organizational unit"),
    "email": recalled("Email address"),
    "must": ours("required"),
    "generate": seen("Generate CSR", "CG-CSR", "T215405", "T218034"),
    "discard": seen("Discard CSR", "CG-CSR", "T215405", "T218034"),
    "preview": ours("Show how it will appear"),
    "cancel": ours("Cancel"),
}

_HELP: dict[str, Sentence] = {
    "help-additional": ours(
        "Without DNS: before them. What the loaded certificate has besides stands here already."
    ),
    "help-chat_aliases": ours("The aliases of the chat nodes, for clients outside and federated group chat."),
    "help-phone_profiles": ours("Fully qualified names, for encrypted phones that sign in without OAuth."),
    "help-domains": ours(
        "The domains that clients sign in with. CollabEdgeDNS writes collab-edge. before each of them."
    ),
    "help-federation": ours("The domains of XMPP federation."),
    "help-country": ours("Two letters, such as GB."),
}

# What the pages answer.
_ANSWERS: dict[str, Sentence] = {
    "refused": ours("The request was not generated. What is wrong stands beside the field."),
    "generated": ours(
        "The certificate signing request was generated. Download it and have a certificate authority sign it."
    ),
    "imported": ours("The request was imported. It waits for its certificate as the real server's does."),
    "discarded": ours("The certificate signing request was discarded."),
    "confirm-discard": ours(
        "Discard the certificate signing request? Its private key goes with it: a certificate that is signed from it, "
        "now or later, will not be accepted. The loaded certificate stays."
    ),
    "confirm-discard-real": ours(
        "Discard the imported request here? The real server is not touched; a certificate that is signed from it will "
        "not be accepted here any more. The loaded certificate stays."
    ),
    "nothing-pending": ours("There is no certificate signing request that could be shown or discarded."),
}

SENTENCES: dict[str, Sentence] = {**_NAMES, **_INFORMATION, **_HELP, **_ANSWERS}

_CHOICE = Sure(
    Basis.OUR_READING,
    "A browser sends nothing else than what the page offers, so no document says what the answer would be.",
)
_RULE = Sure(
    Basis.DOCUMENTED,
    f"{cite('CG-MANAGE')} and {cite('AG-CLU')}: the rule for names, and that the request fails otherwise. The "
    "wording of the error is not known.",
)
_BOUNDS = Sure(
    Basis.OUR_READING,
    "RFC 5280 bounds the parts of a subject. No document says what the page answers to a longer one.",
)
_AGAIN = "Correct the field and select Generate CSR again."

EXPLANATIONS: dict[Code, Explanation] = {
    Code.CSR_NO_CHOICE: Explanation(
        ours("Choose one of the values that are offered here"),
        "The field has a value that the page of this server does not offer: a key length fits one kind of key, and "
        "ECDSA is there from X14.3 on.",
        ("Choose among the values on the page.",),
        _CHOICE,
    ),
    Code.CSR_NOT_FQDN: Explanation(
        paraphrased("{name} is no fully qualified domain name", "CG-MANAGE"),
        "{name} is no fully qualified domain name: levels of letters, digits and hyphens with dots between them, the "
        "last one beginning with a letter, none beginning or ending with a hyphen. A bare host name, an address, a "
        "wildcard and a name with DNS: before it are none.",
        ("Type the whole name, without DNS: before it; separate names with commas.", _AGAIN),
        _RULE,
    ),
    Code.CSR_CLUSTER_NAME: Explanation(
        paraphrased("The cluster name {name} is no fully qualified domain name", "AG-CLU"),
        "The name of the cluster is {name}. Without a domain in it no request can be generated.",
        ("Give the cluster a fully qualified name on System > Clustering.", _AGAIN),
        Sure(
            Basis.DOCUMENTED,
            f"{cite('AG-CLU')}: generating a request fails when the cluster name has no domain.",
        ),
    ),
    Code.CSR_TOO_LONG: Explanation(
        ours("This is longer than {limit} characters"),
        "The field takes {limit} characters at most.",
        ("Shorten what stands in the field.", _AGAIN),
        _BOUNDS,
    ),
    Code.CSR_REQUIRED: Explanation(
        paraphrased("This is required", "CG-CSR", "T215405"),
        "Country, State and Organization are required, even where the certificate authority ignores them.",
        ("Fill in the field.", _AGAIN),
        Sure(
            Basis.DOCUMENTED,
            f"{cite('CG-CSR', 'X15.5')}: the page requires them although a public CA may ignore them. That town and "
            "unit may stay empty is our reading.",
        ),
    ),
    Code.CSR_COUNTRY: Explanation(
        ours("{name} is no country code of two letters"),
        "The country of a subject is a code of two letters (ISO 3166), such as GB or DE.",
        ("Type the two letters of the country.", _AGAIN),
        _BOUNDS,
    ),
    Code.CSR_CHARACTERS: Explanation(
        ours("{name} cannot stand in this field"),
        "The field has a character that cannot be seen, or an e-mail address that is none.",
        ("Type the field anew.", _AGAIN),
        _BOUNDS,
    ),
    Code.CSR_IN_PROGRESS: Explanation(
        paraphrased("A certificate signing request is in progress already", "CG-CSR"),
        "One request at a time: this server has one that waits for its certificate.",
        ('Have the pending request signed. Or select "Discard CSR" on the page Server certificate.',),
        Sure(
            Basis.DOCUMENTED,
            f"{cite('CG-CSR', 'X15.5')}: only one request can be in progress at a time. It speaks of the Server "
            "certificate page; that the Client certificate page has one of its own beside it is our reading.",
        ),
    ),
    Code.CSR_NO_REQUEST: Explanation(
        ours("There is no certificate signing request in what was given"),
        "A certificate signing request was expected: its PEM file (BEGIN CERTIFICATE REQUEST), or the whole text of "
        "Show (decoded).",
        (
            'On the page Server certificate of the real server select "Download" or "Show (PEM file)" of the request.',
            "Choose that file, or paste all of its text.",
        ),
        Sure(Basis.OUR_READING, "Importing a request is this simulator's own; the product has no such page."),
    ),
}
