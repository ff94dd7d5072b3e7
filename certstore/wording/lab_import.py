"""What is said to a file that is to become a lab and cannot. All of it is ours.

`{where}` is the place in the file, as `servers[0].lists.ca[17]`.
"""

NO_FILE = "Choose a file first: the .json file that “Export” of a lab has given."
TOO_LARGE = "The file is larger than {limit} MiB, which is the most that is taken."
NOT_JSON = "This is no lab: the file is not JSON. Choose the .json file that “Export” of a lab has given."
TOO_MANY_PARTS = "This is no lab: the file has more parts than any lab can have."
NOT_A_LAB = (
    "This is JSON, but no lab of this program. Choose the .json file that “Export” of a lab has given."
)
OTHER_FORMAT = (
    "This lab was written in format {format}, and this release reads formats 1 to {known}. Import it with the "
    "release that wrote it, or a newer one."
)
WRONG_SHAPE = (
    "{where} is not {expected}. Export the lab again: files that were changed by hand are not repaired."
)
REFUSED_VALUE = "{where}: {reason}"
NAMED_NOT_CARRIED = "The lab names {what} {sha256} and the file does not carry it. Export the lab again."
CARRIED_NOT_NAMED = "The file carries {what} {sha256} and the lab does not name it. Export the lab again."
WRONG_HASH = "{where} is not what its SHA-256 says: the file was changed or damaged. Export the lab again."
NOT_BASE64 = "{where} is not Base-64: the file was changed or damaged. Export the lab again."
UNREADABLE = "{where} cannot be read as {what}, or not be shown whole. Export the lab again."
NOT_CERTIFICATES = (
    "{where} holds something else than certificates, which is all that a file of a lab can hold."
)
TWICE = "{where} stands there twice."

# What is carried, one of them.
PARTS = {
    "certificates": "the certificate",
    "crls": "the CRL",
    "public_keys": "the public key",
    "files": "the file",
}

# What was expected, in words.
A_SALT = "32 lower-case hexadecimal digits"
A_MAPPING = "at most {limit} IP addresses by FQDNs in lower case"
A_CLUSTER = "one cluster a role at most, with one for every server that is a peer"
A_REQUEST = "a certificate signing request in DER"
A_LINE = "a text on one line"
A_CUCM = "the ids of servers of the kind cucm, each once"
NO_ZONE_HERE = "null, as only an Expressway has a zone"
SOME_OF = "an object with nothing but some of these fields: {fields}"
AN_OBJECT = "an object with exactly these fields: {fields}"
A_LIST = "a list of {least} to {most} entries"
CRLS_ONLY = "CRLs and no certificate"
A_TEXT = "a text of at most {most} characters"
A_NUMBER = "a whole number from {least} to {most}"
A_SWITCH = "true or false"
A_HASH = "a SHA-256 in 64 lower-case hexadecimal digits"
A_MOMENT = "a moment such as 2027-01-14T09:04:00Z"
ONE_OF = "one of {names}"
A_FILE_NAME = "a file name of letters, digits, dots, hyphens and underscores that ends with .cer or .pem"
ONE_OF_EACH = "one or two installations, of which one is loaded and one runs"
