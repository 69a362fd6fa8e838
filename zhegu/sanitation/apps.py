from django.apps import AppConfig


class SanitationConfig(AppConfig):
    name = "zhegu.sanitation"
