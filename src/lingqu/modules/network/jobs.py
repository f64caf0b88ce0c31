"""What network does on its own."""

from lingqu.modules.network.decide_proposal import expire_proposals
from lingqu.modules.network.remind_proposals import remind_of_proposals
from lingqu.runtime.jobs import Schedule

SCHEDULES = (
    Schedule("network.expire-proposals", every_s=60, run=expire_proposals),
    Schedule("network.remind-of-proposals", every_s=300, run=remind_of_proposals),
)
