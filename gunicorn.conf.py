"""How the site is served: gunicorn reads this file by itself in the folder where it starts.

The number of processes comes from `WEB_CONCURRENCY` (one without it).
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "site"))  # `pythonpath` comes after the worker

threads = 8
worker_class = "consortium.team_first.TeamFirstWorker"
limit_request_line = 8190  # the longest it can be: beyond, its own page, in English, answers
forwarder_headers = ""  # no visitor names the folder or the page that we serve, by any proxy
keepalive = 10  # seconds: longer than a screen waits between two questions, so that it stays known
