"""The words of System > DNS, as far as names and certificates need them."""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import ours, paraphrased, recalled, seen

SENTENCES: dict[str, Sentence] = {
    "title": recalled("DNS"),
    "settings-heading": recalled("DNS settings"),
    "host-name": seen("System host name", "T117811"),
    "domain-name": seen("Domain name", "T117811"),
    "fqdn": ours("Name of this server"),
    "servers-heading": recalled("Default DNS servers"),
    "server-address": recalled("Address 1"),
    "server-of-lab": ours("The lab's own DNS"),
    "save": recalled("Save"),
    "help-host-name": paraphrased(
        "With the domain name it is the FQDN of this server, which its certificate, the SRV record and the zone "
        "name. On the Expressway-E it must not have an underscore.",
        "T117811",
        "MRA152",
    ),
    "help-domain-name": paraphrased(
        "The same on every peer of an Expressway-E cluster, capital letters included.", "MRA152"
    ),
    "saved": ours("The DNS settings were saved. This server is {fqdn} now; its certificate is as it was."),
    "nothing-changed": ours("Nothing was changed."),
    "refused-no-host": ours("There is no system host name. Type one such as exp-e1."),
    "refused-host": ours(
        "{value} is no host name. Type letters, digits and hyphens, without a dot; the domain has its own field."
    ),
    "refused-domain": ours("{value} is no domain name. Type one such as example.com."),
    "refused-no-domain": ours("There is no domain name. Type one such as example.com."),
    "refused-too-long": ours(
        "Host name and domain name are longer than {limit} characters together, so no certificate could have them as "
        "its common name. Shorten one of them."
    ),
    "refused-taken": ours("Another server of the lab is called {value}. Type another name."),
    "warned-underscore": paraphrased(
        "The system host name has an underscore. With it no SSH tunnel to this Expressway-E comes up.",
        "MRA152",
    ),
}
