"""What the roles need to know of this module."""

from lingqu.runtime.module import Module

MODULE = Module(name="numbering", package=__package__)
