"""The words of the bar and the tabs round every page. All of it is ours."""

# The pages that are always at hand, by the names of their URLs, in the order of the bar.
SITE: dict[str, str] = {
    "check-files": "Check files",
    "labs": "Labs",
    "look-up": "Look up",
    "help": "Help",
}
# Those for somebody who is not signed in.
SITE_WITHOUT_ACCOUNT: dict[str, str] = {"help": "Help", "evidence": "How sure are we?"}
# Which of them a page stands under.
UNDER: dict[str, str] = {
    "from-servers": "labs",
    "picture": "help",
    "glossary": "help",
    "evidence": "help",
    "releases": "help",
    "client-auth": "help",
}

TABS: dict[str, str] = {
    "lab": "Overview",
    "lab-try": "Try first",
    "lab-plan": "Plan",
    "lab-files": "Files",
    "lab-history": "History",
    "lab-settings": "Lab settings",
}

# What the tabs of the servers are called that are no Expressways.
CUCM, JABBER = "CUCM", "Jabber"

# Of a server: the class of its sign, and what the sign says.
SERVER_STATES: dict[str, tuple[str, str]] = {
    "ended": ("bad", "its certificate has expired"),
    "restart": ("warn", "a restart is required"),
    "ends-soon": ("warn", "its certificate expires soon"),
    "valid": ("ok", "its certificate is valid"),
    "": ("", ""),  # one that shows none
}
