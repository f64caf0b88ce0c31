"""The commands of `lingqu`, one a file."""
