"""Every page of a lab, so that no test that walks them all can leave a new one out."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from tests.addresses import addresses
from tests.labs import FilledLab


def with_every_page(filled: FilledLab, walked: list[str]) -> list[str]:
    """Addresses that are walked, and behind them those of the pages that none of them is.

    A page is what answers its owner with HTML, of all URLs that the stranger's test knows: it fails for one that it
    does not know.
    """
    client, known = Client(), _names(walked)
    client.force_login(filled.owner)
    others = [
        one.theirs for one in addresses(filled) if one.name not in known and _is_page(client, one.theirs)
    ]
    return [*walked, *others]


def _names(walked: Iterable[str]) -> set[str | None]:
    found: set[str | None] = set()
    for address in walked:
        try:
            found.add(resolve(urlsplit(address).path).url_name)
        except Resolver404:  # the page that says that there is none
            continue
    return found


def _is_page(client: Client, address: str) -> bool:
    answer = client.get(address)
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
