from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from buurtagenda.demo.loading import load_demo
from buurtagenda.demo_login import DEMO_PASSWORD
from projects.models import Project


class Command(BaseCommand):
    help = "Loads the demonstration project Moerwijk-Oost, with all seven bouwstenen filled."

    def handle(self, *args: Any, **options: Any) -> None:
        if Project.objects.filter(is_demo=True).exists():
            raise CommandError("The demonstration project is there already.")
        password = None if settings.PRODUCTION else DEMO_PASSWORD
        project = load_demo(timezone.localdate(), password=password)
        self.stdout.write(f"Loaded {project.name}: {settings.SITE_URL}{project.get_absolute_url()}")
