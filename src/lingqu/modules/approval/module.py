"""What the roles need to know of this module."""

from lingqu.modules.approval.http import ROUTES
from lingqu.runtime.module import Module

MODULE = Module(name="approval", package=__package__, routes=ROUTES)
