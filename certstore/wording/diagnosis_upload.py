"""What is said about why an upload is refused or warned about."""

from certstore.pki.rulings import Question
from certstore.wording import asks
from certstore.wording.questions import Texts
from certstore.wording.sources import ours, paraphrased

_NO_CERTIFICATE = ours("There is no server certificate among the files.")
_CERTIFICATE = (asks.CERTIFICATE,)

UPLOAD: dict[Question, Texts] = {
    Question.FORMAT: Texts(
        "format",
        paraphrased("The file is a certificate in Base-64 (PEM), as it has to be.", "T221624"),
        paraphrased("The file is not a certificate in Base-64 (PEM), the one form that is taken.", "T221624"),
        cant_tell=_NO_CERTIFICATE,
        asks=_CERTIFICATE,
    ),
    Question.ONE_CERTIFICATE: Texts(
        "one certificate in the file",
        paraphrased("The file holds the server certificate alone.", "T218034"),
        paraphrased(
            "The file holds {certificates} certificates. Only the server's own belongs into it.", "T218034"
        ),
        cant_tell=_NO_CERTIFICATE,
        asks=_CERTIFICATE,
    ),
    Question.NAMES_PRESENT: Texts(
        "names",
        paraphrased("It has a Common Name and Subject Alternative Names.", "AG-REF"),
        paraphrased(
            "It has no Common Name, or no Subject Alternative Names. Warned about on: {where}.", "AG-REF"
        ),
        cant_tell=_NO_CERTIFICATE,
        asks=_CERTIFICATE,
    ),
    Question.NAMES_FQDN: Texts(
        "full names",
        paraphrased("Every name is fully qualified, and none is a wildcard.", "CG-LOAD", "CG-ABOUT"),
        paraphrased(
            "{name} is no fully qualified domain name, or is a wildcard. Refused on: {where}.",
            "CG-LOAD",
            "CG-ABOUT",
        ),
        cant_tell=ours(
            "Which names are taken hangs on the release: it was not asked for every one it may be."
        ),
        asks=(asks.CERTIFICATE, asks.RELEASE),
    ),
    Question.VALIDITY: Texts(
        "validity",
        paraphrased("It has begun and has not ended.", "T221624"),
        paraphrased(
            "It is not valid at the time it was judged for: it is valid from {start} to {end}.", "T221624"
        ),
        cant_tell=_NO_CERTIFICATE,
        asks=_CERTIFICATE,
    ),
    Question.KEY_AND_DIGEST: Texts(
        "weak key or digest",
        paraphrased("Its key is long enough, and it is not signed with MD5 or SHA-1.", "CG-LOAD"),
        paraphrased("Its key is too short, or it is signed with MD5 or SHA-1. Warned about.", "CG-LOAD"),
        cant_tell=_NO_CERTIFICATE,
        asks=_CERTIFICATE,
    ),
    Question.KEY_KIND: Texts(
        "kind of key",
        paraphrased("Its key is of a kind and size that the guides know.", "CG-CSR", "CG-TS"),
        paraphrased(
            "Its key is of a kind that the guides do not know, or very large. On: {where}.", "CG-CSR", "CG-TS"
        ),
        cant_tell=ours(
            "Which keys are known hangs on the release: it was not asked for every one it may be."
        ),
        asks=(asks.CERTIFICATE, asks.RELEASE),
    ),
    Question.KEY_USAGE: Texts(
        "key usage",
        paraphrased("Its key usage is the expected one, or not limited.", "CVD14"),
        paraphrased(
            "Its key usage is {usage}. Digital Signature and Key Encipherment are expected.", "CVD14"
        ),
        cant_tell=_NO_CERTIFICATE,
        asks=_CERTIFICATE,
    ),
    Question.USAGE: Texts(
        "client and server authentication",
        paraphrased(
            "Its extended key usage has server and client authentication, or no server that was asked minds.",
            "T225482",
            "T213872",
        ),
        paraphrased(
            "Server or client authentication is missing in its extended key usage. Minded by: {where}.",
            "T225482",
            "T225693",
            "T213872",
        ),
        cant_tell=ours(
            "Without an extended key usage it hangs on the release: it was not asked for every one it may be."
        ),
        asks=(asks.CERTIFICATE, asks.RELEASE),
    ),
    Question.UNKNOWN_ATTRIBUTE: Texts(
        "attributes of its names",
        paraphrased("Every attribute of its subject and issuer has a name.", "CG-TS"),
        paraphrased(
            "Its subject or issuer has the attribute {oid}, which has no name: SSH tunnels fail with it.",
            "CG-TS",
        ),
        cant_tell=_NO_CERTIFICATE,
        asks=_CERTIFICATE,
    ),
    Question.CHAIN_COMPLETE: Texts(
        "chain among the files",
        paraphrased("The CA certificates among the files lead from it to a root.", "CG-LOAD"),
        paraphrased("A CA certificate of its chain is not among the files: {name}.", "CG-LOAD"),
        cant_tell=_NO_CERTIFICATE,
        asks=(asks.CERTIFICATE, asks.CA_FILES),
    ),
    Question.CHAIN_SOUND: Texts(
        "soundness of the chain",
        ours("Nothing is wrong with its chain up to the root: signatures, constraints, extensions."),
        ours("Something is wrong with the chain at {name}: its signature, a constraint or an extension."),
        cant_tell=ours("The chain does not reach a root, so the part that is missing was not looked at."),
        asks=(asks.CA_FILES,),
    ),
    Question.CA_VALIDITY: Texts(
        "validity of the CAs",
        paraphrased("Every CA of its chain in the server's list is in force.", "AG-SEC"),
        paraphrased("A CA of its chain has ended or not yet begun: {name}.", "AG-SEC"),
        cant_tell=ours("Which copies of the CA certificates the server's list holds was not seen."),
        asks=(asks.TRUST_LIST,),
    ),
    Question.OWN_LIST: Texts(
        "a CA missing in the server's own list",
        paraphrased("Every CA of its chain is in the server's own list.", "CG-LOAD", "T221624"),
        paraphrased("A CA of its chain is not in the server's own list: {name}.", "CG-LOAD", "T221624"),
        paraphrased(
            "A CA of its chain may not be in the server's own list, which was not seen.", "CG-LOAD", "T221624"
        ),
        _NO_CERTIFICATE,
        (asks.TRUST_LIST,),
    ),
    Question.SAME_NAMED_CAS: Texts(
        "CAs of one name",
        paraphrased("No two CAs of one name in the server's list can turn the result.", "T213872", "T218018"),
        paraphrased(
            "The result hangs on which of several CAs named {name} the server takes.", "T213872", "T218018"
        ),
        cant_tell=ours("Whether an old CA of the same name stands in the server's list was not seen."),
        asks=(asks.TRUST_LIST,),
    ),
    Question.OTHER_REQUEST: Texts(
        "made from another request",
        paraphrased("It was made from the request at hand: the keys are the same.", "T218034"),
        paraphrased("It was not made from the request at hand ({request}): the keys differ.", "T218034"),
        paraphrased(
            "It may have been made from another request than the one that is pending, which was not seen.",
            "T218034",
        ),
        _NO_CERTIFICATE,
        (asks.REQUEST,),
    ),
    Question.DISCARDED_REQUEST: Texts(
        "request discarded",
        cant_tell=paraphrased(
            "Whether its request was discarded or made anew since: then the server no longer has the key.",
            "T218034",
        ),
        asks=(asks.IS_PENDING,),
    ),
    Question.ASKED_AND_GIVEN: Texts(
        "asked for and not given",
        paraphrased("The CA has left nothing out that its request asks for and that matters.", "T215405"),
        paraphrased("The CA has left out what its request asks for: {change}.", "T215405"),
        cant_tell=ours("Whether the CA left something out: the request it was made from is not at hand."),
        asks=(asks.REQUEST,),
    ),
    Question.KEY_PROTECTED: Texts(
        "private key protected",
        paraphrased("The private key file says that it needs no password.", "CG-LOAD"),
        paraphrased("The private key file is protected by a password, which is not taken.", "CG-LOAD"),
        cant_tell=paraphrased(
            "Whether a private key file is uploaded with it that is protected by a password.", "CG-LOAD"
        ),
        asks=(asks.KEY_FILE,),
    ),
    Question.WHICH_RELEASE: Texts(
        "release",
        cant_tell=paraphrased(
            "The release. What one refuses, another takes.",
            "T225482",
            "T225693",
        ),
        asks=(asks.RELEASE,),
    ),
    Question.WHICH_ROLE: Texts(
        "role",
        cant_tell=paraphrased(
            "Which of the two Expressways it is for. What one refuses, the other may take.",
            "T225482",
            "T225693",
        ),
        asks=(asks.ROLE,),
    ),
}
