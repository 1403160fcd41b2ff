"""French, where Django's own falls short."""

TIME_INPUT_FORMATS = ["%H:%M:%S", "%H:%M", "%H h %M", "%Hh%M", "%H h", "%Hh"]
"""An hour as Québec writes it. The first is how a form shows one."""
