"""The same as in the certificate window, with macOS and with `openssl`. The macOS words are recollection."""

import shlex

from certstore.pki.sniff import FileKind

HOW: dict[str, str] = {"windows": "Windows", "macos": "macOS", "openssl": "openssl"}

MACOS_STEPS = (
    "Double-click the file: Keychain Access opens and offers to add it to a keychain. Take the keychain login.",
    "Find the certificate in Keychain Access under Certificates, and select it.",
    "Choose File > Export Items….",
    "Choose Privacy Enhanced Mail (.pem) as the file format, name the file, and save.",
    "Upload the saved file on the Expressway.",
)
MACOS_CHAIN = (
    "For the CAs: double-click the certificate. The window shows the path above it, the root at the top, as far "
    "as your Mac knows the CAs. Export each CA in the same way.",
)
MACOS_SMALL_PRINT = (
    "No Cisco document describes these steps for macOS: they are our recollection of Keychain Access, and its "
    "words change from one macOS to the next. Adding a certificate does not make your Mac trust it."
)
OPENSSL_SMALL_PRINT = (
    "No Cisco document that was read has these commands for this case. They were run on files like this one "
    "with OpenSSL 3. Where the name of the file has spaces or odd signs, it is quoted for a shell such as bash."
)

_NAMELESS = "certificate.cer"
_PKCS7 = {FileKind.PKCS7_DER: "-inform der ", FileKind.PKCS7_PEM: ""}


def commands_for(file_name: str, kind: FileKind, count: int) -> tuple[tuple[str, str], ...]:
    """What to type for a file: pairs of what for, and the command.

    In: the name of the file, what it is, and how many certificates it holds. Out: commands whose names are
    quoted for a POSIX shell, whatever stands in them.
    """
    name = file_name or _NAMELESS
    new = _new_name(name)
    source, target = _quoted(name), _quoted(new)
    if kind in _PKCS7:
        convert = f"openssl pkcs7 {_PKCS7[kind]}-print_certs -in {source} -out {target}"
        return (("Take every certificate out of the bundle, as Base-64", convert), _which_ca(target))
    if kind is FileKind.DER_CERTIFICATE:
        convert = f"openssl x509 -inform der -in {source} -out {target}"
        return (("Make it Base-64", convert), _which_ca(target))
    if kind is FileKind.PEM_CERTIFICATE and count > 1:
        listing = f"openssl crl2pkcs7 -nocrl -certfile {source} | openssl pkcs7 -print_certs -noout"
        first = f"openssl x509 -in {source} -out {target}"
        return (("List the certificates of the file", listing), ("Save the first one by itself", first))
    if kind is FileKind.PEM_CERTIFICATE:
        read = f"openssl x509 -in {source} -noout -subject -issuer -enddate"
        return (("It is Base-64 already. Read it", read), _which_ca(source))
    return ()


def _which_ca(name: str) -> tuple[str, str]:
    command = f"openssl x509 -in {name} -noout -issuer -ext authorityKeyIdentifier"
    return ("Which CA comes next: openssl draws no path, so get its file from the CA", command)


def _new_name(name: str) -> str:
    """The name of the file in Base-64: never that of the file itself."""
    stem = name.rpartition(".")[0] or name
    return f"{stem}-base64.pem" if name == f"{stem}.pem" else f"{stem}.pem"


def _quoted(name: str) -> str:
    """A name as one word of a shell that no program takes for an option."""
    return shlex.quote(f"./{name}" if name.startswith("-") else name)
