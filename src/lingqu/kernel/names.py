"""What the product calls its things, states and steps, for the sentences that people read.

Code speaks of them by one English name; a Chinese sentence must not. `Words.say` looks here for the facts below.
"""

from collections.abc import Mapping
from typing import Any

NAMED_FACTS = frozenset({"kind", "state", "status", "step", "possible"})
"""Facts whose values are names, or several joined by commas."""

_ZH = {
    # Things
    "SKU": "商品",
    "account": "账户",
    "agreement": "授信协议",
    "approval rules": "审批规则",
    "backlog plan": "欠货优化方案",
    "barcode": "条码",
    "brand": "品牌",
    "buyer": "买方",
    "category": "分类",
    "code": "编码",
    "count": "盘点单",
    "delivery": "推送",
    "credit line": "授信额度",
    "delegation": "代批",
    "draft": "草稿",
    "entry": "记账",
    "file": "文件",
    "grant": "授权",
    "invitation": "邀请",
    "job": "任务",
    "late policy": "逾期策略",
    "limit": "限价",
    "line": "行",
    "link proposal": "供货关系提议",
    "lot": "批次",
    "member": "会员",
    "node": "仓店",
    "notice": "通知",
    "on-behalf rule": "代下单约定",
    "order": "订单",
    "order rule": "起订规则",
    "decision": "选仓记录",
    "routing setting": "寻源规则",
    "direct offer": "直发授权",
    "organization": "组织",
    "pack": "包装",
    "payment": "在线支付",
    "picture": "图片",
    "position": "行项",
    "price": "价格",
    "price list": "价格表",
    "product line": "产品线",
    "region": "地区",
    "revision": "变更单",
    "release rule": "采购审批规则",
    "reminder rule": "待办提醒",
    "role": "角色",
    "sale": "销售单",
    "seller": "卖方",
    "session": "会话",
    "sharing setting": "到货分配规则",
    "joint return": "合并退货",
    "return rule": "退货规则",
    "shipment": "发货单",
    "stock": "库存",
    "tax class": "税类",
    "standing order": "周期订单",
    "template": "常购清单",
    "terms": "交易条款",
    "territory": "片区",
    "trade link": "供货关系",
    "transfer": "调拨单",
    "user": "用户",
    "webhook": "推送地址",
    # States
    "accepted": "已接受",
    "active": "正常",
    "applied": "已申请",
    "approved": "已批准",
    "archived": "已归档",
    "cancelled": "已取消",
    "carried out": "已执行",
    "closed": "已关闭",
    "completed": "已完成",
    "confirmed": "已确认",
    "declined": "已拒绝",
    "disabled": "已停用",
    "discarded": "已放弃",
    "discontinued": "已停产",
    "expired": "已失效",
    "open": "进行中",
    "part": "部分接受",
    "paused": "已暂停",
    "pending": "待处理",
    "made": "已生效",
    "placed": "已下单",
    "posted": "已入账",
    "queued": "排队中",
    "ready": "待执行",
    "received": "已收货",
    "rejected": "已拒绝",
    "requested": "待处理",
    "shipped": "已发货",
    "solving": "计算中",
    "suspended": "已暂停",
    "voided": "已作废",
    "waiting": "待审批",
    "withdrawn": "已撤回",
    # Steps, and the document named like one
    "activate": "启用",
    "allocate": "分配欠货",
    "reroute": "改仓",
    "accept-work": "仓库接单",
    "reject-work": "仓库拒单",
    "time-out": "超时改派",
    "retry": "重新派仓",
    "apply": "执行",
    "release-direct": "供应商放弃直发",
    "approve": "批准",
    "cancel": "取消",
    "change": "修改",
    "close": "关闭",
    "confirm": "确认",
    "discard": "放弃",
    "consent": "客户同意",
    "refuse-consent": "客户拒绝",
    "expire": "失效",
    "pause": "暂停",
    "receive": "收货",
    "reject": "拒绝",
    "resume": "恢复",
    "return": "退货",
    "ship": "发货",
    "suspend": "暂停",
}


def in_chinese(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Put Chinese names for the facts that are names; what is not known stays as it is."""
    return {name: _named(value) if name in NAMED_FACTS else value for name, value in facts.items()}


def is_known(name: str) -> bool:
    """Tell whether a name has its Chinese."""
    return name in _ZH


def _named(value: Any) -> Any:
    return "、".join(_ZH.get(part, part) for part in value.split(", ")) if isinstance(value, str) else value
