"""An address that came along with a request, to go back to."""

from django.utils.http import url_has_allowed_host_and_scheme

ADDRESS_LENGTH = 1500  # characters; quoted, up to nine times as many, and still a redirect Django makes


def own_path(wanted: str) -> str:
    """The address if it is a path of this server and not too long, else ""."""
    is_local = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_local and len(wanted) <= ADDRESS_LENGTH else ""
