"""The real settings, quick: a fast password hash, static files uncollected. DATABASE_URL is heeded."""

import os

os.environ.setdefault("SECRET_KEY", "for tests only: " + "0123456789abcdef" * 4)
os.environ.setdefault("DATABASE_URL", "sqlite://")  # in memory

from expressway_sim.settings import *  # noqa: F403 - what stands above is read by it

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CORRECTIONS_FILE = BASE_DIR / "tests" / "no-such-file.toml"  # noqa: F405 - from the real settings
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # nothing was collected
