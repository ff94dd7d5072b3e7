"""The words of Maintenance > Restart options, of the page that follows, and of the bar that leads there."""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased, seen

SENTENCES: dict[str, Sentence] = {
    "title": seen("Restart options", "AG-MNT"),
    # The bar after an accepted upload: this text, and the link after it.
    "bar": paraphrased(
        "The server certificate was changed and expires on {expires_on}. For it to take effect:", "T215405"
    ),
    "bar-link": paraphrased("restart", "T215405"),
    "explained": paraphrased("A restart takes approximately 3 minutes.", "AG-MNT"),
    "pending": paraphrased(
        "Until the restart the server goes on presenting the old certificate.", "CG-UC", "T215405"
    ),
    "nothing-pending": ours("Nothing waits for a restart."),
    "restart": paraphrased("Restart", "AG-MNT"),
    "confirm": ours("Restart this server? Calls and registrations end."),
    "cancel": ours("Cancel"),
    "restarting": paraphrased("Restarting", "AG-MNT"),
    "wait": ours("The server restarts. The lab's time goes on by three minutes; here it takes seconds."),
    "skip": ours("Skip"),
    "done": ours("The server was restarted. It presents the certificate that expires on {expires_on}."),
}
