from django.apps import AppConfig


class BuurtagendaConfig(AppConfig):
    name = "buurtagenda"
