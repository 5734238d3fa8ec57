"""`manage.py prepare`: makes database and files ready for this version of the code."""

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from projects.models import Project


class Command(BaseCommand):
    help = "Migrates, makes the cache table and the assets; loads the demonstration where nothing is yet."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if self.behind():
            self.stdout.write("Preparing the database ...")
            call_command("migrate", interactive=False, verbosity=0)
        if not settings.REDIS_URL:
            call_command("createcachetable", verbosity=0)
        call_command("build_assets")
        if settings.PRODUCTION:
            call_command("collectstatic", interactive=False, verbosity=0)
        elif "demo" in get_commands() and not Project.objects.exists():
            self.stdout.write("Loading the demonstration project ...")
            call_command("demo")

    @staticmethod
    def behind() -> bool:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
