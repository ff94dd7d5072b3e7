"""The words of the form that asks what a real server says, and of the operator's list. All of it is ours."""

ROLES: dict[str, str] = {
    "expressway-c": "Expressway-C",
    "expressway-e": "Expressway-E",
    "": "I do not know",
}
ROLE_UNKNOWN = "role not known"

WORDS_HELP = "As they stand on the screen or in the log. Put real names as example.com."
RELEASE_HELP = "As the foot of its pages gives it: X14.3.4, X15.0.2."
HOLDS_A_FILE = (
    "This holds the text of a certificate, a request or a key. Only the words of the screen are wanted: "
    "leave the file out."
)
TOO_MANY = (
    "You have sent {most} reports within a day, which is as many as are taken. Send this one tomorrow, or "
    "tell whoever runs this server."
)
THANKS = "Thank you. Whoever runs this server reads it, and can correct the sentence."
DONE, NOT_DONE = "The report is done.", "The report is open again."
NOBODY = "an account that is gone"
