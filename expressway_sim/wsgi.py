"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expressway_sim.settings")

application = get_wsgi_application()

from certstore.models.database_file import announce_server  # noqa: E402 - models need the line above

announced = announce_server()  # so that `restore` does not replace the database under a running server
