from django.apps import AppConfig


class UpwardConfig(AppConfig):
    name = "zhegu.upward"
