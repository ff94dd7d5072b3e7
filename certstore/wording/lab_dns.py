"""The words of the lab's own DNS. All of it is ours."""

NAME_HELP = "A host name; of a PTR record the IP address; of an SRV record _collab-edge._tls. and the domain."
VALUES_HELP = (
    "IP addresses of an A record; host names of a PTR or an SRV record (port 8443 always). With none of them the "
    "question has no answer."
)

NO_ADDRESS = "{value} is no IP address. Type one such as 192.0.2.10."
NO_NAME = (
    "{value} is no name that can be kept: it has a blank or a character that cannot be seen, or is longer than 253 "
    "characters. Type one such as exp-e1.example.com."
)
TWICE = "A value stands there twice. Type each once."
TOO_MANY_VALUES = "There are too many values. Type at most {limit}, one a line."
TOO_MANY_RECORDS = "This lab keeps {limit} changed records, and has as many. Set one right again first."

STATES: dict[str, tuple[str, str]] = {  # the class of its sign, and the word
    "right": ("ok", "right"),
    "changed": ("warn", "changed"),
    "added": ("warn", "added"),
}

SAVED = "The record was saved."
RIGHT_AGAIN = "The record is right again."
UNCHANGED = "Nothing was changed."
