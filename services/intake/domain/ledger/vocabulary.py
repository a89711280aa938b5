"""The words that offices use: names of columns, channels, states, and for "nothing". Data only."""

from services.intake.domain.ledger.fields import Field


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Names that say which field it is, whatever else the ledger holds.
NAMES: dict[Field, frozenset[str]] = {
    Field.LEDGER_NO: _words("""
        编号 登记号 登记编号 信访编号 信访件编号 受理编号 件号 收文号 信件编号 台账编号 举报编号 流水号
        案号 线索编号
    """),
    Field.RECEIVED_ON: _words("""
        收件日期 收件时间 收信日期 收信时间 来信时间 来信日期 来访时间 来访日期 来件时间 来件日期
        受理日期 受理时间 登记日期 登记时间 收到日期 收到时间 接收日期 接收时间 接访日期 接访时间
        举报时间 举报日期 信访时间 信访日期 收文日期 收文时间
    """),
    Field.CHANNEL: _words("""
        来源 信访方式 渠道 来源渠道 举报方式 举报渠道 信访渠道 信访形式 信访来源 线索来源 来件方式
        来件渠道 来信来源 受理方式 受理渠道 信访类别 问题来源 来件来源
    """),
    Field.REPORTER: _words("""
        举报人 信访人 署名 反映人 来信人 来访人 举报人姓名 信访人姓名 反映人姓名 来信人姓名 来访人姓名
        署名情况 检举人 控告人 检举控告人 投诉人 写信人
    """),
    Field.SUBJECT_NAME: _words("""
        被反映人 被举报人 被反映人姓名 被举报人姓名 被检举人 被控告人 反映对象 被反映对象 被检举控告人
        被反映人员 被信访人 举报对象 被投诉人 涉及人员 被反映者 被检举人姓名 被控告人姓名 被反映对象姓名
    """),
    Field.SUBJECT_UNIT: _words("""
        工作单位 被反映人单位 被反映人工作单位 被举报人单位 被举报人工作单位 所在单位 被反映单位
        单位名称 被反映人所在单位 被举报单位 被检举人单位 涉及单位 反映单位
    """),
    Field.SUBJECT_POST: _words("""
        职务 职级 职务职级 被反映人职务 被反映人职级 被举报人职务 被举报人职级 职务级别 被反映人职务职级
        行政级别 被检举人职务 被举报人职务职级
    """),
    Field.SUMMARY: _words("""
        反映问题 主要内容 问题摘要 反映的主要问题 主要问题 反映主要问题 内容摘要 举报内容 反映内容
        信访内容 来信内容 问题描述 反映事项 摘要 主要反映问题 反映的问题 问题概要 信访事项 主要诉求
        反映情况 举报问题 内容提要 来访内容 问题内容 反映问题摘要 反映问题主要内容
    """),
    Field.DISPOSITION: _words("""
        办理情况 处置方式 办理结果 处理情况 处理结果 处置情况 处理意见 拟办意见 处置意见 办理意见
        处理方式 办理方式 查处情况 调查情况 核查情况 处置结果
    """),
    Field.CLOSED_ON: _words("""
        办结日期 办结时间 结案日期 结案时间 了结日期 了结时间 完成日期 完成时间 结件日期 结件时间
    """),
    Field.STATUS: _words("""
        状态 是否办结 办结状态 办理状态 是否结案 办结情况 是否了结 件状态 处理状态 进度 办理进度 办结否
    """),
    Field.HANDLER: _words("""
        经办人 承办人 办理人 责任人 经办人员 承办人员 办理人员 登记人 经手人
    """),
    Field.REMARK: _words("""
        备注 说明 备注说明 其他说明 其他
    """),
}

# Names that mean the field only where no better column is there.
WEAK_NAMES: dict[Field, frozenset[str]] = {
    Field.LEDGER_NO: _words("""
        序号 号 顺序号 行号 no 编码
    """),
    Field.RECEIVED_ON: _words("""
        日期 时间 年月日
    """),
    Field.CHANNEL: _words("""
        方式 类别 类型 形式
    """),
    Field.REPORTER: _words("""
        举报人及联系方式 举报人情况 信访人情况 是否署名
    """),
    Field.SUBJECT_NAME: _words("""
        姓名 对象 被反映人情况 被反映人及职务
    """),
    Field.SUBJECT_UNIT: _words("""
        单位 单位及职务 单位职务 工作单位及职务 工作单位职务 部门 被反映人单位及职务 被反映人单位职务
        所属单位 被举报人单位及职务
    """),
    Field.SUBJECT_POST: _words("""
        级别 岗位 身份
    """),
    Field.SUMMARY: _words("""
        内容 问题 事项 事由 概要 情况
    """),
    Field.DISPOSITION: _words("""
        结果 处置 办理 处理
    """),
    Field.CLOSED_ON: _words("""
        反馈时间 回复时间 答复日期
    """),
    Field.STATUS: _words("""
        办结
    """),
    Field.HANDLER: _words("""
        承办 经办
    """),
    Field.REMARK: _words("""
        附注
    """),
}

# Ways in which a petition comes in (信访方式), by the code of the channel.
CHANNELS: dict[str, frozenset[str]] = {
    "letter": _words("""
        来信 信件 信函 书信 邮寄 信 挂号信 邮件来信 群众来信 信访件 举报信 快递 邮政 匿名信 实名信
    """),
    "visit": _words("""
        来访 走访 接访 上访 当面 面访 现场 群众来访 个人来访 集体来访 当面举报 来访举报
    """),
    "call": _words("""
        来电 电话 12388电话 电话举报 热线 举报电话 12388热线 来电举报
    """),
    "online": _words("""
        网络 网上 网信 网络举报 电子邮件 邮箱 微信 网站 12388网站 网上举报 电子邮箱 短信 小程序 公众号
        微信公众号 网络平台 在线 举报网站 网络信访 互联网
    """),
    "unit_transfer": _words("""
        转办 交办 单位转办 上级转办 上级交办 移交 部门移交 转交 单位移送 移送 领导批示 领导交办 巡察移交
        巡视移交 审计移交 上级转交 上级移交 信访局转办 批转 转送 单位转来 其他单位移送
    """),
}

# A row is closed (办结).
CLOSED = _words("""
    1 y yes √ ✓ ✔ 了结 办结 完成 完结 已了结 已办 已办结 已完成 已完结 已答复 已结 已结案 是 结案
""")

# A row is not closed yet.
OPEN = _words("""
    0 n no × 办理中 否 在办 在办理 处理中 待办 未了结 未办 未办结 未结 未结案 正在办理 正在处理 进行中
""")

# Written where nothing is to be said.
NOTHING = _words("""
    - -- / \\ n/a na nil none null — —— 无 暂无 没有 空
""")

# Written where a petition is not signed.
ANONYMOUS = _words("""
    不署名 不详 佚名 匿名 匿名举报 匿名信 匿名群众 匿名者 无名 无署名 未署名 没有署名
""")

# What a spreadsheet program shows where a formula failed.
FORMULA_ERRORS = _words("#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A #SPILL! #CALC!")
