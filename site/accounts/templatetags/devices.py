"""Devices on the page that lists where an account is open."""

from django import template

from accounts import devices

register = template.Library()


@register.filter
def device_name(user_agent: str) -> str:
    return devices.device_name(user_agent)
