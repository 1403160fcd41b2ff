"""What the site logs, as production would write it."""

import io
import logging

import pytest

from consortium.logs import DiscreetFormatter, ReferenceFilter


@pytest.fixture
def log_stream():
    """Everything the site logs during a test, as production would write it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(DiscreetFormatter("{reference} {message}", style="{"))
    handler.addFilter(ReferenceFilter())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)
