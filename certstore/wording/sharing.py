"""The words of links that show something of a lab to others. All of it is ours."""

# What a link shows, by its kind: its name, and what follows from it.
KINDS: dict[str, tuple[str, str]] = {
    "attempt": ("One result, to read", "What was tried, what the server says, why, and what to do."),
    "lab": (
        "The lab, to read",
        "Its servers, what they present, their trusted CA lists, and what was tried last.",
    ),
    "copy": (
        "A lab of their own, made the same way",
        "Whoever opens it, signed in, gets a lab with the same servers, release and settings, and with certificates "
        "and keys of its own. Nothing of yours is copied.",
    ),
}
WHICH_HELP = "Of this lab, the newest first."
REDACTED_HELP = (
    "Names of servers, domains, organisations, CAs, files and addresses are replaced by example names, the same one "
    "for the same name on every page. Words that you typed into the lab's name are left out."
)
NO_RESULT = "Choose the result that the link shows."
NOT_SHAREABLE = "Nothing of this lab can be shared that way."
TOO_MANY = "A lab has at most {most} links at a time. Revoke one first."
REVOKED = "The link is revoked: from now on it opens nothing."
COPY_MADE = "This lab is yours: the same servers and settings, with certificates of its own."
TOO_MANY_LABS = "You have {most} labs, which is as many as one person can have. Delete one first."
