"""The words of the page that lists every sentence with its evidence. All of it is ours."""

from certstore.wording.evidence import Evidence

# The groups of sentences, by the module they stand in.
GROUPS: dict[str, str] = {
    "frame": "Round every page of a server",
    "menu": "The menu",
    "server_certificate": "Server certificate",
    "trusted_ca": "Trusted CA certificate",
    "restart": "Restart options",
    "alarms": "Alarms",
    "files": "Files",
    "attempts": "What was tried",
    "not_checked": "What a good result did not check",
    "viewer": "Windows' certificate viewer",
    "hints": "Where our column does not name what is missing",
}

# A level of evidence: its name, and what it means.
LEVELS: dict[Evidence, tuple[str, str]] = {
    Evidence.SEEN: ("Seen", "stands word for word in a Cisco document"),
    Evidence.PARAPHRASED: ("Paraphrased", "a Cisco document says the thing, the words are ours"),
    Evidence.RECALLED: ("Recalled", "remembered of the product, found in no document that was read"),
    Evidence.OURS: ("Ours", "nobody published one: written for this simulator"),
}
