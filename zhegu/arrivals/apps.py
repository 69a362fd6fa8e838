from django.apps import AppConfig


class ArrivalsConfig(AppConfig):
    name = "zhegu.arrivals"
