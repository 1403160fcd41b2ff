"""A real S3 server for the tests: nanio, which checks signatures. Loopback, temporary folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import boto3
from botocore.config import Config

from tests.services_postgres import free_port

ACCESS_KEY, SECRET_KEY = "cle-de-test", "secret-de-test-seulement"
MEDIA, PRIVATE = "medias", "documents"


@dataclass(frozen=True)
class S3Server:
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """The `S3_*` variables that a deployment would set."""
        return {
            "S3_ENDPOINT_URL": self.url,
            "S3_ACCESS_KEY": ACCESS_KEY,
            "S3_SECRET_KEY": SECRET_KEY,
            "S3_MEDIA_BUCKET": MEDIA,
            "S3_PRIVATE_BUCKET": PRIVATE,
        }

    def client(self, secret: str = SECRET_KEY):
        return boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=secret,
            config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
        )


def _wait_until_it_answers(url: str, process: subprocess.Popen) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            urlopen(url, timeout=1).close()  # noqa: S310  our own loopback address
        except HTTPError as refusal:
            refusal.close()
            return
        except URLError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("Le serveur S3 des tests n’a pas démarré.")


@contextmanager
def running_s3() -> Iterator[S3Server]:
    with tempfile.TemporaryDirectory(prefix="appreciation-s3-") as folder:
        port = free_port()
        command = [sys.executable, "-m", "nanio", "serve", "--host", "127.0.0.1"]
        command += ["--port", str(port), "--data-dir", folder, "--log-level", "error"]
        secrets = {"NANIO_ACCESS_KEY": ACCESS_KEY, "NANIO_SECRET_KEY": SECRET_KEY}
        process = subprocess.Popen(
            [*command, "--no-access-log"],
            env=os.environ | secrets,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        server = S3Server(f"http://127.0.0.1:{port}")
        try:
            _wait_until_it_answers(server.url, process)
            for bucket in (MEDIA, PRIVATE):
                server.client().create_bucket(Bucket=bucket)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=10)
