"""What the roles need to know of this module."""

from lingqu.modules.ledger.checks import CHECKS
from lingqu.runtime.module import Module

MODULE = Module(name="ledger", package=__package__, checks=CHECKS)
