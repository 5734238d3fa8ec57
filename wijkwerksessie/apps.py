from django.apps import AppConfig


class WijkwerksessieConfig(AppConfig):
    name = "wijkwerksessie"
