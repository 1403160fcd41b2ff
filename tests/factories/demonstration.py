"""The demonstration, as `make demo` loads it: a dozen seconds, once a worker."""

from consortium.demo import loader
from tests.factories.remembered import remembered

load_demo = remembered(loader.load_demo)
"""For tests that read it. Its files stay between tests: who removes any loads her own."""
