"""One package per bounded context, in the order that pyproject.toml declares."""
