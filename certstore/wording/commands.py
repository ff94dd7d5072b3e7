"""The words of the cards that stand for a command, and for what happens without a page. All of it is ours."""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours

SENTENCES: dict[str, Sentence] = {
    "unknown-position": ours("The command was not given: On or Off was expected."),
    "acme-renewed": ours(
        "ACME renewed the certificate: it has no client authentication, and runs already. No restart is needed."
    ),
    "acme-no-ca": ours(
        "ACME did not renew the certificate: the training CA of this lab can no longer sign, for its key never leaves "
        "the lab that it was made in. Make a new lab to practise in."
    ),
    "acme-no-name": ours(
        "ACME did not renew the certificate: the running one has no DNS name, and a public CA certifies nothing else."
    ),
}
