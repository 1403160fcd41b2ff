"""The administrator's guide says what the code does: its commands and variables exist."""

import re
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs/guides/administration.md").read_text()
SETTINGS = "".join(path.read_text() for path in (ROOT / "site/consortium/settings").glob("*.py"))
FOR_TESTS_AND_DEVELOPMENT = {"DEBUG", "TEST_DIR", "SAMPLE_DATA_DIR"}


def test_every_command_of_the_guide_exists():
    named = set(re.findall(r"manage\.py (\w+)", GUIDE))
    assert {"backup", "restore", "purge_personal_data", "migrate"} <= named
    assert named <= set(get_commands())


def test_every_variable_is_explained_and_none_is_invented():
    read = set(re.findall(r'(?:env(?:\.\w+)?|_needed)\(\s*(?:env, )?"([A-Z0-9_]+)"', SETTINGS))
    told = set(re.findall(r"`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`", GUIDE))
    assert read - FOR_TESTS_AND_DEVELOPMENT - told == set()
    assert told - read == set()
