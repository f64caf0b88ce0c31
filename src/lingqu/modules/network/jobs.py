"""What network does on its own."""

from lingqu.modules.network.decide_proposal import expire_proposals
from lingqu.runtime.jobs import Schedule

SCHEDULES = (Schedule("network.expire-proposals", every_s=60, run=expire_proposals),)
