from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "zhegu.care"
