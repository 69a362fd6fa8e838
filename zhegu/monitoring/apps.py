from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "zhegu.monitoring"
