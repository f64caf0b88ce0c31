"""What the roles need to know of this module."""

from lingqu.modules.stock.checks import CHECKS
from lingqu.runtime.module import Module

MODULE = Module(name="stock", package=__package__, checks=CHECKS)
