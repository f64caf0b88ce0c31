"""What the roles need to know of this module."""

from lingqu.modules.notice.http import ROUTES
from lingqu.runtime.module import Module

MODULE = Module(name="notice", package=__package__, routes=ROUTES)
