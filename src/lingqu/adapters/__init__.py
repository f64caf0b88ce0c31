"""One package per outside service, each with its null twin."""
