"""Everything that is set, in one file, by environment; it runs with nothing set.

The README's table says what each variable does.
"""

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from expressway_sim import key_file

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("DATA_DIR", default="") or BASE_DIR / "data").absolute()

# Where an operator corrects sentences; without the file nothing is corrected. deploy/README.md says how.
CORRECTIONS_FILE = Path(env.str("CORRECTIONS_FILE", default="") or DATA_DIR / "corrections.toml").absolute()

DEBUG = env.bool("DEBUG", default=False)
# On: behind a proxy that ends TLS and sets X-Forwarded-Proto and X-Forwarded-For itself.
HTTPS = env.bool("HTTPS", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
_secret = env.str("SECRET_KEY", default="")
SECRET_KEY = (
    key_file.strong(_secret, "SECRET_KEY") if _secret else key_file.read_or_make(DATA_DIR / "secret-key")
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "certstore",
]
MIDDLEWARE = [
    "certstore.middleware.HeadersMiddleware",  # outermost, so that every answer has the headers
    "django.middleware.security.SecurityMiddleware",
    "certstore.middleware.UploadGateMiddleware",  # before anything that could read a body
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "certstore.middleware_htmx.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "expressway_sim.urls"
WSGI_APPLICATION = "expressway_sim.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- The database -------------------------------------------------------------------------------------------

# SQLite 3.7.0 to 3.51.2 can damage a write-ahead log that two connections reset at the same moment. There the
# rollback journal serves, which costs little at this size. Each with the sync that survives a power cut.
SQLITE_HAS_SAFE_WAL = sqlite3.sqlite_version_info >= (3, 51, 3)
_JOURNAL = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;"
    if SQLITE_HAS_SAFE_WAL
    else "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA;"
)
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",  # one that reads first and then writes could not wait for the lock
    "timeout": 20,  # seconds; 5 are too few when a whole class presses the button
    "init_command": _JOURNAL,
}
POSTGRESQL_OPTIONS: dict[str, Any] = {
    "connect_timeout": 5,
    # As on SQLite, 5 s are too few for the last of a whole class that waits for one lab.
    "options": "-c statement_timeout=20s -c lock_timeout=20s -c idle_in_transaction_session_timeout=10s",
}


def _database(url: str) -> dict[str, Any]:
    """What the URL names, with our options under its own; SQLite in DATA_DIR for an empty one."""
    if not url:
        DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        url = f"sqlite:///{DATA_DIR / 'lab.sqlite3'}"
    if not url.startswith(("sqlite:", "postgres:", "postgresql:")):
        raise ImproperlyConfigured("DATABASE_URL is neither sqlite:///a/path nor postgres://user@host/name.")
    try:
        database: dict[str, Any] = environ.Env.db_url_config(url)
    except ValueError as error:  # its text is left out: it can hold the password
        raise ImproperlyConfigured("DATABASE_URL cannot be read.") from error
    is_sqlite = url.startswith("sqlite:")
    ours = SQLITE_OPTIONS if is_sqlite else POSTGRESQL_OPTIONS
    database["OPTIONS"] = ours | database.get("OPTIONS", {})
    database["ATOMIC_REQUESTS"] = False  # or every page view would queue for the write lock
    return database if is_sqlite else database | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database(env.str("DATABASE_URL", default=""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "certstore.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# A class shares one address, so account and address count together; the wider limits are in the handler.
AXES_HANDLER = "certstore.throttle.SignInThrottle"
AXES_CLIENT_IP_CALLABLE = "certstore.throttle.client_address"
# How many proxies of ours add to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1 if HTTPS else 0)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the table of every sign-in and sign-out serves nobody here
AXES_VERBOSE = False

# On: Check files needs no account. Making a lab of what was checked always does.
CHECK_FILES_WITHOUT_ACCOUNT = env.bool("CHECK_FILES_WITHOUT_ACCOUNT", default=False)

SESSION_COOKIE_AGE = 14 * 24 * 3600  # seconds
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "certstore.views.errors.csrf_failure"

# --- The network --------------------------------------------------------------------------------------------

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # a probe asks the port itself
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 63_072_000
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
# HSTS for the hosts under this name, and the browsers' preload lists, are the owner's to promise, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# --- Uploads ------------------------------------------------------------------------------------------------

KIB, MIB = 1024, 1024 * 1024
FORM_OVERHEAD = 64 * KIB  # the other fields, the part headers, the boundaries
LARGEST_BODY = 1 * MIB
# The largest body by the name of its URL, in bytes. What is not named here has LARGEST_BODY.
BODY_LIMITS = {
    "trusted-ca-append": 4 * MIB + FORM_OVERHEAD,
    "lab-import": 16 * MIB + FORM_OVERHEAD,
    "crl-upload": 16 * MIB + FORM_OVERHEAD,
    "client-certificate-upload": 256 * KIB + 8 * KIB + FORM_OVERHEAD,
    "server-certificate-upload": 256 * KIB + 8 * KIB + FORM_OVERHEAD,
    # Fifty files or a zip; and what the result carries to the next step: 4 MiB of DER as Base-64 at most.
    "check-files": 8 * MIB,
    "check-files-part": 8 * MIB,
    "check-files-ticket": 8 * MIB,
    "check-files-lab": 8 * MIB,
    "lab-plan": 8 * MIB,
    "lab-plan-make": 8 * MIB,
    # A series carries its files as Check files does, and brings one more.
    "lab-try": 12 * MIB,
    "try-on-server": 4 * MIB + FORM_OVERHEAD,
    # Diagnostic log archives are read while they come in, and 10 MiB of them are kept; what a result carries
    # comes on top.
    "from-servers": 200 * MIB + 8 * MIB + FORM_OVERHEAD,
    "from-servers-lab": 8 * MIB,
    "lab-check-after": 200 * MIB + FORM_OVERHEAD,
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000  # a box for each of 1000 CAs, and room
DATA_UPLOAD_MAX_NUMBER_FILES = 50
# Pasted text and what a result carries are fields. Elsewhere the gate refuses the body long before.
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMITS["check-files"]
FILE_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMITS["lab-import"]  # the largest that is held at all
FILE_UPLOAD_HANDLERS = [
    "certstore.forms.box_uploads.BoxUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]  # no file ever touches /tmp

# --- Pages --------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is ever kept as a file
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- Logs ---------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "expressway_sim.logs.PlainFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
