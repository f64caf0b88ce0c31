"""Measurements on an installation of their own, made for the purpose and removed afterwards; never on a real one."""
