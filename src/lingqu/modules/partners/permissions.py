"""Rights of this module and who has them from the start."""

from lingqu.kernel.errors import Words
from lingqu.modules.network.api import EVERY_KIND
from lingqu.runtime.module import Permission

PERMISSIONS = (
    Permission("partners.webhooks", Words("Connect other systems by webhooks", "配置 Webhook 对接"), EVERY_KIND),
)
