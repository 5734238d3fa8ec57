from django.apps import AppConfig


class BuurtscanConfig(AppConfig):
    name = "buurtscan"
