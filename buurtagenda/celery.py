"""The Celery application: one code path for the file system broker and for Redis."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtagenda.settings")

app = Celery("buurtagenda")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
