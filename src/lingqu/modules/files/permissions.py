"""Rights of this module and who has them from the start."""

from lingqu.kernel.errors import Words
from lingqu.runtime.module import Permission

PERMISSIONS = (
    Permission(
        "files.add", Words("Upload pictures", "上传图片"), frozenset({"platform", "brand", "supplier"}), frozenset()
    ),
)
