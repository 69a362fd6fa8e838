from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "zhegu.visits"
