"""What the roles need to know of this module."""

from lingqu.modules.files.checks import CHECKS
from lingqu.modules.files.http import ROUTES
from lingqu.modules.files.permissions import PERMISSIONS
from lingqu.runtime.module import Module

MODULE = Module(name="files", package=__package__, routes=ROUTES, permissions=PERMISSIONS, checks=CHECKS)
