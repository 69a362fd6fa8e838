"""The WSGI entry point. A server that is not started by `zhegu serve` also refuses an unsafe database."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

from zhegu.config import start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhegu.config.settings")
application = get_wsgi_application()
start.check_database()
start.check_migrations()
connection.close()
