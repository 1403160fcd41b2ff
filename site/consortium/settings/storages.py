"""Where files live: local folders by default, S3-compatible buckets when `S3_*` is given."""

from pathlib import Path
from typing import Any

import environ
from botocore.config import Config
from django.core.exceptions import ImproperlyConfigured


def _needed(env: environ.Env, name: str) -> str:
    """An `S3_*` value that the others call for. A half-given storage stops the start."""
    value = env(name, default="")
    if not value:
        raise ImproperlyConfigured(f"S3_MEDIA_BUCKET est donné: il faut aussi {name}.")
    return value


STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def storages_from_env(env: environ.Env, *, media_root: Path, private_root: Path) -> dict[str, Any]:
    """Return Django's `STORAGES`: `default` (public media), `private` (documents), `staticfiles`.

    Public media and private documents never share a folder nor a bucket.
    """
    if env("S3_MEDIA_BUCKET", default=""):
        return _buckets(env)
    return {
        "default": {
            "BACKEND": "core.storages.MediaFolder",
            "OPTIONS": {"location": media_root, "base_url": "/media/"},
        },
        "private": {
            "BACKEND": "core.storages.PrivateFolder",
            "OPTIONS": {"location": private_root},
        },
        "staticfiles": STATIC,
    }


def _buckets(env: environ.Env) -> dict[str, Any]:
    media = {
        "bucket_name": env("S3_MEDIA_BUCKET"),
        "custom_domain": env("S3_MEDIA_DOMAIN", default=None),
    }
    private = {"bucket_name": _needed(env, "S3_PRIVATE_BUCKET")}
    common = _bucket_options(env)
    return {
        "default": {"BACKEND": "core.storages.MediaBucket", "OPTIONS": common | media},
        "private": {"BACKEND": "core.storages.PrivateBucket", "OPTIONS": common | private},
        "staticfiles": STATIC,
    }


def _bucket_options(env: environ.Env) -> dict[str, Any]:
    return {
        "endpoint_url": env("S3_ENDPOINT_URL", default=None),
        "region_name": env("S3_REGION", default="us-east-1"),
        "access_key": _needed(env, "S3_ACCESS_KEY"),
        "secret_key": _needed(env, "S3_SECRET_KEY"),
        "file_overwrite": False,
        "default_acl": None,
        "client_config": Config(
            connect_timeout=3,
            read_timeout=15,
            retries={"max_attempts": 2},
            signature_version="s3v4",
            s3={"addressing_style": env("S3_ADDRESSING_STYLE", default="path")},
        ),
    }


def media_origin(env: environ.Env) -> str:
    """The origin of a media domain of ours (`S3_MEDIA_DOMAIN`), for the content policy."""
    domain = env("S3_MEDIA_DOMAIN", default="")
    return f"https://{domain}" if domain else ""


def caches_from_env(env: environ.Env) -> dict[str, dict[str, Any]]:
    """The cache of `CACHE_URL`; a Redis that is away slows the site down but never stops it.

    The last good copies of public pages have one of their own: in memory, pages would push out
    the counters of wrong passwords.
    """
    cache = env.cache_url("CACHE_URL", default="locmemcache://")
    if cache["BACKEND"].endswith("RedisCache"):
        cache["BACKEND"] = "core.patient_cache.PatientRedisCache"
        cache.setdefault("OPTIONS", {}).pop("CLIENT_CLASS", None)
        cache["OPTIONS"] |= {"socket_connect_timeout": 1, "socket_timeout": 2}
    copies = cache | {"KEY_PREFIX": "last_good"}
    if cache["BACKEND"].endswith("LocMemCache"):
        copies["LOCATION"] = "last_good"
    return {"default": cache, "last_good": copies}
