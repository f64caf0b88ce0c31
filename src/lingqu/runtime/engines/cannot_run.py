"""The one expected failure of engines and roles."""


class CannotRun(Exception):
    """An engine or role cannot run; the message says why and what to do, and is shown as it is."""
