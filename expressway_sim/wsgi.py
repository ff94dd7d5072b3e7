"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expressway_sim.settings")

application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - as below
from django.core.exceptions import ImproperlyConfigured  # noqa: E402 - as below

from certstore.models.database_file import announce_server  # noqa: E402 - models need the line above
from certstore.reading.corrections import problems_of  # noqa: E402 - as above

# No check is run before a WSGI server serves: so a broken file of corrections is refused here.
if problems := problems_of(settings.CORRECTIONS_FILE):
    raise ImproperlyConfigured(" ".join(problems))

announced = announce_server()  # so that `restore` does not replace the database under a running server
