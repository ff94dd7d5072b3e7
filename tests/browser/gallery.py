"""Every part of the look on a few pages, with made-up data, so that each can be seen and measured in all states."""

from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from certstore.models import Lab, Node
from certstore.views.appliance import Bar, appliance_context
from certstore.views.room import room_context
from certstore.wording.attempts import LINK_STATES
from certstore.wording.sources import ours

KEY_ID = "8F:1C:04:77:2B:9D:51:60:AA:13:E4:5D:09:C2:77:31:FE:08:4B:96"
LONG_NAME = (
    "O=An Organisation With A Remarkably Long Name For Testing, OU=" + "Department" * 12 + ", CN=Long CA"
)
HOSTILE_NAME = "<img src=x onerror=alert(1)>\"'&amp; O=Übung 株式会社例の長い名前がここに続きます, CN=CA"


def link(depth: int, state: str, name: str, detail: str = "", key_id: str = "") -> SimpleNamespace:
    """One place of a chain."""
    return SimpleNamespace(
        depth=depth, state=state, name=name, says=LINK_STATES[state], detail=detail, key_id=key_id
    )


REFUSED_CHAIN = [
    link(0, "this-file", "CN=exp-e1.example.com, O=Example Corp", "Jan 10 2027 to Jul 31 2027"),
    link(1, "missing", "O=Example Corp, CN=Example Issuing CA 4", "", KEY_ID),
]
ALL_STATES = [
    link(depth, state, f"O=Example Corp, CN=State {state}", "Jan 10 2027 to Jul 31 2027", KEY_ID)
    for depth, state in enumerate(LINK_STATES)
]
LONG_CHAIN = [
    link(0, "this-file", HOSTILE_NAME, "another of the same name: row 17"),
    link(1, "in-list", LONG_NAME, "Jan 10 2027 to Jul 31 2027", KEY_ID),
    link(9, "in-list", "W" * 300),
]


def reason(severity: str, cause: str) -> SimpleNamespace:
    """One thing found."""
    return SimpleNamespace(
        code="format.der",
        severity=severity,
        on_screen=ours("The file holds no certificate in Base-64 (PEM) form"),
        cause=cause,
        cure=(
            'Open the file in Windows, "Details", select "Copy to File".',
            'Choose "Base-64 encoded X.509 (.CER)".',
            "Append the new file here.",
        ),
        basis="Documented",
        source="TechNote 221624 (compared: X14): that DER is refused. The sentence in the bar is ours.",
    )


def explanation(lab: Lab, **changes: Any) -> SimpleNamespace:
    """A refusal, told in full."""
    told: dict[str, Any] = {
        "attempt": SimpleNamespace(file_name="exp_e1 renewed (2).cer", lab_id=lab.pk, pk=lab.pk),
        "what_it_is": "a certificate in binary form (DER)",
        "headline": reason(
            "refuse", "The server reads Base-64 (PEM) only. The name of the file does not matter."
        ),
        "further": (
            reason("refuse", "The CA is missing."),
            reason("warn", "It ends in 12 days."),
            reason("note", "-"),
        ),
        "chain": REFUSED_CHAIN,
        "goes_round": False,
        "depends": None,
        "earliest_end": {"on": "Jul 31 2027", "name": "CN=exp-e1.example.com", "depth": 0},
        "downloads": 2,
        "not_checked": ("Whether those who connect to this server trust the certificate.",),
    }
    return SimpleNamespace(**{**told, **changes})


def rows(count: int) -> list[dict[str, str]]:
    """Rows of a list of CAs."""
    return [
        {
            "issuer": f"O=Example Corp, OU=Certification Authorities, CN=Example Root CA G{number % 7}",
            "subject": "" if number % 3 else f"O=Example Corp, CN=Example Issuing CA {number}",
            "ends": "Jul 31 2031",
            "validity": "expired" if number % 5 == 2 else "valid",
        }
        for number in range(count)
    ]


def frame(request: HttpRequest, node: Node, alarms: int, **context: Any) -> dict[str, Any]:
    """The frame's context with a page's own."""
    return appliance_context(request, node, node.lab.now(), page="trusted_ca", alarms="a" * alarms) | context


def show(request: HttpRequest, kind: str) -> HttpResponse:
    """One page of the gallery, in the first lab of the person who looks."""
    lab = Lab.objects.filter(owner_id=request.user.pk)[0]
    node = lab.nodes.get(kind="expressway-e")
    refusal = Bar(
        "bad", reason("refuse", "").on_screen, lead="server_certificate.upload-failed", anchor="format.der"
    )
    pages: dict[str, dict[str, Any]] = {
        "refused": frame(
            request, node, 1, bars=[refusal], rows=rows(5), explanation=explanation(lab), related=True
        ),
        "long": frame(
            request,
            node,
            0,
            bars=[
                Bar("ok", "trusted_ca.accepted", {"certificates": 3, "crls": 1}),
                Bar(
                    "info", "restart.bar", {"expires_on": "Jul 31 2027"}, link="restart.bar-link", address="#"
                ),
            ],
            rows=rows(1000 if request.GET.get("all") else 60),
            asking=True,
            explanation=explanation(
                lab,
                headline=None,
                chain=LONG_CHAIN,
                downloads=0,
                depends=SimpleNamespace(
                    accepted_when="the server lets OpenSSL choose by key identifier",
                    refused_when="the server goes by the name and takes the first of that name",
                    keep=("row 4: CN=Example CA, ends Jul 31 2031",),
                    delete=("row 9: CN=Example CA, ends Jul 31 2027",),
                ),
            ),
        ),
        "parts": room_context(request, lab=lab, here="lab") | {"all_states": ALL_STATES, "long": LONG_CHAIN},
    }
    return render(request, f"gallery/{kind}.html", pages[kind])


urlpatterns = [path("gallery/<slug:kind>/", show), path("", include("certstore.urls"))]
