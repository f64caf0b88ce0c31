"""The small lists that names are made of."""

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = (
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀兰", "霞",
    "平", "刚", "桂英", "建国", "志强", "海燕", "晓东", "雪梅", "文斌", "玉兰", "子轩", "雨桐", "浩然", "欣怡", "俊杰",
    "佳慧", "国庆", "春梅", "立新", "思远", "若曦",
)  # fmt: skip
STREETS = (
    ("人民路", "Renmin Road"), ("解放路", "Jiefang Road"), ("中山路", "Zhongshan Road"), ("建设路", "Jianshe Road"),
    ("文化路", "Wenhua Road"), ("新华街", "Xinhua Street"), ("滨河路", "Binhe Road"), ("学院路", "Xueyuan Road"),
    ("朝阳街", "Chaoyang Street"), ("青年路", "Qingnian Road"), ("和平巷", "Heping Lane"), ("花园路", "Huayuan Road"),
)  # fmt: skip
SHOP_NAMES = (
    ("佳惠", "Jiahui"), ("好邻居", "Haolinju"), ("万家", "Wanjia"), ("乐购", "Legou"), ("鲜乐", "Xianle"),
    ("优选", "Youxuan"), ("福满", "Fuman"), ("日日鲜", "Ririxian"), ("华联", "Hualian"), ("永兴", "Yongxing"),
    ("金太阳", "Jintaiyang"), ("美好", "Meihao"), ("易购", "Yigou"), ("天天", "Tiantian"), ("每家", "Meijia"),
    ("宝贝", "Baobei"), ("晨光", "Chenguang"), ("绿源", "Lvyuan"), ("三江", "Sanjiang"), ("联民", "Lianmin"),
)  # fmt: skip
SHOP_KINDS = (
    ("便利店", "Convenience Store"), ("超市", "Supermarket"), ("生鲜店", "Fresh Market"), ("奶站", "Milk Station"),
    ("副食店", "Grocery"), ("母婴店", "Mother and Baby Shop"),
)  # fmt: skip
CARRIERS = ("顺丰冷运", "京东物流", "中通冷链", "自有车队")
