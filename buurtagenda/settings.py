"""Settings, from the environment only. `docs/settings.md` lists every variable.

A malformed value stops the start with a message that names the variable.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils.csp import CSP
from environs import validate

from buurtagenda import environment
from buurtagenda.clock import CLOCK, refreshing
from buurtagenda.environment import base_address, env, refuse

BASE_DIR = Path(__file__).resolve().parent.parent

# --- where and how -----------------------------------------------------------------------
ENVIRONMENT = env.str("BUURTAGENDA_ENV", "local", validate=validate.OneOf(["local", "production"]))
PRODUCTION = ENVIRONMENT == "production"
DEBUG = env.bool("DEBUG", False)
if PRODUCTION and DEBUG:
    refuse("DEBUG", "must be off when BUURTAGENDA_ENV is production.")

DATA_DIR = environment.folder("DATA_DIR", BASE_DIR / "var")
for name in ("media", "private", "queue", "static"):
    (DATA_DIR / name).mkdir(exist_ok=True)

SECRET_KEY = env.str("SECRET_KEY", "")
if PRODUCTION and len(SECRET_KEY) < 40:
    refuse("SECRET_KEY", "must be set, to 40 characters or more, when BUURTAGENDA_ENV is production.")
SECRET_KEY = SECRET_KEY or environment.kept_secret(DATA_DIR / "secret_key")

BIND = env.str("BIND", "127.0.0.1", validate=validate.Regexp(r"^[0-9A-Za-z.:-]+$"))
PORT = env.int("PORT", 8000, validate=validate.Range(min=1, max=65535))
SITE_URL = base_address("SITE_URL", f"http://localhost:{PORT}")
if PRODUCTION and not SITE_URL.startswith("https://"):
    refuse("SITE_URL", "must start with https:// when BUURTAGENDA_ENV is production.")
LOCAL_HOSTS = [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = environment.host_names("ALLOWED_HOSTS", [environment.host_of(SITE_URL), *LOCAL_HOSTS])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
HTTPS = SITE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = env.int(
    "SECURE_HSTS_SECONDS", 3600 if HTTPS else 0, validate=validate.Range(min=0, max=63_072_000)
)
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # the owner of the domain decides for its other names
    "security.W021",  # and on preload lists
]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MAP_TILES_HOST = environment.origin("MAP_TILES_HOST", "https://service.pdok.nl")
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", MAP_TILES_HOST],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

# --- what it is made of ------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "js_lib_leaflet",
    "core",
    "gebieden",
    "projects",
    "buurtscan",
    "stories",
    "agenda",
    "wijkwerksessie",
    "buurtagenda",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.login_as_whole_page",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.refusal_as_page",
]

ROOT_URLCONF = "buurtagenda.urls"
WSGI_APPLICATION = "buurtagenda.wsgi.application"

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
                "core.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# --- data --------------------------------------------------------------------------------
database = environment.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'buurtagenda.sqlite3'}")
DATABASES = {"default": database}
SQLITE = database["ENGINE"] == "django.db.backends.sqlite3"
if SQLITE:
    database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        # secure_delete: what is deleted (a story taken back, answers of tellers) is zeroed in the file, too
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
# A connection that stays with its thread makes the polling of phones three times as cheap.
database["CONN_MAX_AGE"] = 60
database["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "", validate=validate.Regexp(r"^(rediss?://[^\s/]\S*)?$"))
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {  # each device that tells something has a row for ten minutes: a rush may not push others out
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- the queue ---------------------------------------------------------------------------
QUEUE_DIR = DATA_DIR / "queue"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT = "" if REDIS_URL else "core.queue_folder:Transport"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {}
    if REDIS_URL
    else {
        "data_folder_in": str(QUEUE_DIR),
        "data_folder_out": str(QUEUE_DIR),
        "control_folder": str(DATA_DIR / "queue-control"),
        "polling_interval": 0.1,
        "store_processed": False,
    }
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_STORE_EAGER_RESULT = False
CELERY_RESULT_EXPIRES = None
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BEAT_SCHEDULER = "core.clock.LeasedScheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "clock-schedule")
CELERY_BEAT_SCHEDULE = dict(CLOCK)
KEEP_JOBS_DAYS = env.int("KEEP_JOBS_DAYS", 90, validate=validate.Range(min=14, max=3650))

# --- people ------------------------------------------------------------------------------
AUTH_USER_MODEL = "projects.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "projects.accounts.ClosedSignup"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
LOGIN_REDIRECT_URL = "/projecten/"
LOGIN_URL = "account_login"

MAILERS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"},
}
mail = environment.mail_server("EMAIL_URL")
if mail:
    MAILERS["default"] = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": mail}
elif PRODUCTION:
    refuse("EMAIL_URL", "must be set when BUURTAGENDA_ENV is production: invitations go by mail.")
DEFAULT_FROM_EMAIL = environment.sender("DEFAULT_FROM_EMAIL", "Buurtagenda <noreply@localhost>")

# --- the sources of figures ---------------------------------------------------------------
OPENDATA_CBS_V3_URL = base_address("OPENDATA_CBS_V3_URL", "https://opendata.cbs.nl")
OPENDATA_CBS_V4_URL = base_address("OPENDATA_CBS_V4_URL", "https://datasets.cbs.nl/odata/v1/CBS")
OPENDATA_DERDEN_URL = base_address("OPENDATA_DERDEN_URL", "https://dataderden.cbs.nl")
OPENDATA_LEEFBAAROMETER_URL = base_address("OPENDATA_LEEFBAAROMETER_URL", "https://geo.leefbaarometer.nl")
OPENDATA_LEEFBAAROMETER_FILES_URL = base_address(
    "OPENDATA_LEEFBAAROMETER_FILES_URL", "https://www.leefbaarometer.nl"
)
OPENDATA_PDOK_URL = base_address("OPENDATA_PDOK_URL", "https://api.pdok.nl")
OPENDATA_PDOK_SERVICE_URL = base_address("OPENDATA_PDOK_SERVICE_URL", "https://service.pdok.nl")
REFRESH_FIGURES = env.str(
    "REFRESH_FIGURES",
    "nightly" if PRODUCTION else "never",  # a laptop does not fetch the whole country unasked
    validate=validate.OneOf(["nightly", "weekly", "never"]),
)
if REFRESH_FIGURES != "never":
    CELERY_BEAT_SCHEDULE |= refreshing(weekly=REFRESH_FIGURES == "weekly")
OPENDATA_TIMEOUT = env.float("OPENDATA_TIMEOUT", 20.0, validate=validate.Range(min=0.1, max=300))

# --- stories ------------------------------------------------------------------------------
PERSONAL_DETECTOR = env.str("PERSONAL_DETECTOR", "patterns", validate=validate.OneOf(["patterns", "deduce"]))
if PERSONAL_DETECTOR == "deduce" and find_spec("deduce") is None:
    refuse(
        "PERSONAL_DETECTOR",
        "is deduce, but that package is not here: pip install -r requirements-deduce.txt.",
    )

# --- language, files ----------------------------------------------------------------------
LANGUAGE_CODE = "nl"
# The pages of residents speak all of these, each page as its address says; everything else is Dutch. There
# is no LocaleMiddleware, so that the language a browser asks for changes nothing.
LANGUAGES = [
    ("nl", "Nederlands"),
    ("en", "English"),
    ("tr", "Türkçe"),
    ("ar", "العربية"),
    ("pl", "Polski"),
    ("uk", "Українська"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = "buurtagenda.formats"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
MAX_PHOTO_BYTES = 10_000_000
MAX_SOUND_BYTES = 20_000_000

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {  # what a stranger asks for in vain is no concern of the operator
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
    "root": {
        "handlers": ["console"],
        "level": env.str(
            "LOG_LEVEL", "WARNING", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"])
        ),
    },
}
