"""The words of the look-up page itself: what the kinds are called, examples to click. All of it is ours."""

from certstore.wording.evidence import Evidence
from certstore.wording.look_up.entry import Kind

# A kind: what one of it is called, and the heading of all of them.
KINDS: dict[Kind, tuple[str, str]] = {
    Kind.SYMPTOM: ("Trouble", "Troubles, in plain words"),
    Kind.ALARM: ("Alarm", "Alarms"),
    Kind.LOG_LINE: ("Log line", "Lines of the logs, and events"),
    Kind.ON_SCREEN: ("On screen", "On the product's pages, and answers of its API"),
    Kind.CLIENT: ("Client", "What Jabber, endpoints and browsers say"),
    Kind.OPENSSL: ("OpenSSL", "OpenSSL errors and TLS alerts"),
    Kind.CASE: ("Support case", "Support cases"),
    Kind.PAGE_WORD: ("Word of a page", "Words of the simulated pages"),
}

EXAMPLES: tuple[str, ...] = (
    "40069",
    "error 20 at 0 depth lookup",
    "identity was unacceptable",
    "tlsv1 alert unknown ca",
    "zone is up but SSH tunnels are down",
    "Jabber certificate warning",
)

# How sure the very words are, after them.
WORDS_ARE: dict[Evidence, str] = {
    Evidence.SEEN: "word for word in",
    Evidence.PARAPHRASED: "our words for what is said in",
    Evidence.RECALLED: "not seen in a log of the product:",
    Evidence.OURS: "our wording, published nowhere",
}
