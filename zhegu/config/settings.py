"""Settings: one data folder, SQLite in it unless ZHEGU_DATABASE names a PostgreSQL."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from zhegu.vault.keyring import derived_key

BASE = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("ZHEGU_DATA") or BASE / ".data").resolve()
DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
BUILD = BASE / "build"
PHONE_DIST = BASE / "phone" / "dist"

SECRET_KEY = derived_key(DATA, "django").hex()
DEBUG = False
ALLOWED_HOSTS = ["*"] if os.environ.get("ZHEGU_LAN") else ["localhost", "127.0.0.1", "[::1]", "testserver"]
if os.environ.get("ZHEGU_HOSTS"):
    ALLOWED_HOSTS = os.environ["ZHEGU_HOSTS"].split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "zhegu.vault",
    "zhegu.pages",
    "zhegu.journal",
    "zhegu.places",
    "zhegu.accounts",
    "zhegu.registers",
    "zhegu.responsibility",
    "zhegu.care",
    "zhegu.outbreaks",
    "zhegu.cards",
    "zhegu.rosters",
    "zhegu.stock",
    "zhegu.visits",
    "zhegu.handouts",
    "zhegu.sanitation",
    "zhegu.monitoring",
    "zhegu.checkpoints",
    "zhegu.sampling",
    "zhegu.arrivals",
    "zhegu.orders",
    "zhegu.deliveries",
    "zhegu.broadcasts",
    "zhegu.reports",
    "zhegu.upward",
    "zhegu.upkeep",
    "zhegu.sync",
    "zhegu.residents",
    "zhegu.office",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhegu.office.middleware.OfficeMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "zhegu.config.urls"
WSGI_APPLICATION = "zhegu.config.wsgi.application"
AUTH_USER_MODEL = "accounts.Staff"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhegu.office.shell.shell",
            ],
        },
    }
]


def sqlite(path: Path) -> dict:
    """WAL with synchronous=FULL survives power loss; writers take the lock when they begin."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # A connection of a worker stays: opening one costs a fifth of recording a scan (benchmark P1). Not for ever:
        # what the worker finds out about the tables (config.statistics) is read by a new one.
        "CONN_MAX_AGE": 3600,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;",
        },
        "TEST": {"NAME": os.environ.get("ZHEGU_TEST_SQLITE")},
    }


def postgresql(url: str) -> dict:
    """`postgresql://user:password@host:port/name`; a socket folder may stand as ?host=."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Plans of kept statements (prepared/asking.py) are kept, and of no others: Django's own cursor prepares nothing.
        "OPTIONS": {"prepare_threshold": 5},
    }


_URL = os.environ.get("ZHEGU_DATABASE", "")
DATABASES = {"default": postgresql(_URL) if _URL else sqlite(DATA / "zhegu.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATICFILES_DIRS = [p for p in (BASE / "look", BUILD / "static") if p.exists()]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("ZHEGU_TLS"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
# A page of the office acts on up to 2,000 people at once (performance P11), some fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000
FILE_UPLOAD_TEMP_DIR = str(DATA)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
