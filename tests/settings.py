"""The settings of the suite: the real ones, with tasks run at once and mail kept in memory.

Every process of pytest-xdist has its own folder of data and its own database of Redis.
"""

import os
import tempfile
from pathlib import Path

process = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
folder = Path(os.environ.get("DATA_DIR") or tempfile.mkdtemp(prefix="buurtagenda-test-")) / process
os.environ["DATA_DIR"] = str(folder)
if redis := os.environ.get("TEST_REDIS_URLS", "").split():
    os.environ["REDIS_URL"] = redis[int(process.removeprefix("gw"))]

from buurtagenda.settings import *  # noqa: F403
from buurtagenda.settings import DATABASES, SQLITE

if SQLITE:  # a file, as in use: live servers and workers then see the same rows
    DATABASES["default"]["TEST"] = {"NAME": str(folder / "test.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = 0  # threads of a live server would hold on to the test database
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
