"""Who gives which date of the end of client authentication, and what happens on it. All words are ours."""

from certstore.pki.eku_sunset import Event, When
from certstore.wording.sources import cite

# By the keys that `pki.eku_sunset.DATES` uses. No address is fetched.
SOURCES: dict[str, str] = {
    "T225482": cite("T225482"),
    "T225693": cite("T225693"),
    "FN74362": f"{cite('FN74362')}, its later state",
    "FN74362-OLD": f"{cite('FN74362')}, its earlier state",
    "GUIDES-X155": "the date of the guides X15.5",
    "ALERT53": "DigiCert ALERT53",
    "ZOWE": "zowe/zowe-install-packaging, issue 4783",
    "BLOG": "one blog",
    "SECTIGO": "Sectigo FAQ",
    "OPENPROVIDER": "Openprovider",
    "COMPARECHEAPSSL": "comparecheapssl",
    "LETSENCRYPT": "Let's Encrypt's website",
    "GODADDY": "GoDaddy's notice",
    "CHROME": "Chrome Root Program Policy 1.8",
    "SC081": "CA/Browser Forum ballot SC-081v3",
    "KNOWN": "CA/Browser Forum ballot SC-081v3, as generally known; in no document that was read",
}

EVENTS: dict[Event, str] = {
    Event.DIGICERT_DEFAULT: "DigiCert: no client authentication unless it is asked for",
    Event.DIGICERT_ENDS: "DigiCert: no client authentication at all (first announced for 1 May 2026)",
    Event.SECTIGO_DEFAULT: "Sectigo: no client authentication unless it is asked for",
    Event.SECTIGO_ENDS: "Sectigo: no client authentication at all",
    Event.LETS_ENCRYPT_CLASSIC: (
        "Let's Encrypt: the profile classic, which ACME on Expressway-E uses, is without client authentication"
    ),
    Event.LETS_ENCRYPT_CLIENT_OPENS: "Let's Encrypt: the profile tlsclient opens",
    Event.LETS_ENCRYPT_CLIENT_CLOSES: "Let's Encrypt: the profile tlsclient closes (first set for 13 May 2026)",
    Event.GODADDY_ENDS: "GoDaddy: no client authentication any more",
    Event.CHROME_NEW_CAS: "Chrome: new CAs below its roots are for server authentication only",
    Event.CHROME_LEAVES: "Chrome: every new certificate below its roots is for server authentication only",
    Event.VALIDITY_200: "Public certificates last at most 200 days",
    Event.VALIDITY_100: "Public certificates last at most 100 days",
    Event.VALIDITY_47: "Public certificates last at most 47 days",
    Event.X15_4: "Expressway X15.4 is out",
    Event.X15_5: "Expressway X15.5 is out",
}

# The class of the sign, and its word.
WHEN: dict[When, tuple[str, str]] = {
    When.AHEAD: ("off", "ahead"),
    When.NOW: ("warn", "now"),
    When.PAST: ("ok", "past"),
}

DISAGREE = "The sources disagree."
