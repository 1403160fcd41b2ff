"""The screens that people have, in CSS pixels."""

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 720}
NARROW = {"width": 320, "height": 640}
