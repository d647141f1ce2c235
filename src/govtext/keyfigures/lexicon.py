"""Words whose part in a sentence of a report a general tagger does not know."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Verbs that reports also use as nouns: what was held, or doing it (执法检查2次, 检查单位2家).
NOMINAL = _words(
    """
    监督 检查 视察 调研 询问 协商 座谈 评议 审议 审查 讨论 论证 测评 宣讲 回访 暗访 议事 活动 服务
    研讨 述职 整改 联系 提问 磋商 恳谈 培训 学习 轮训 巡视 立法 备案 表决 票决 走访 调查 评估 考核
    点击 阅读 听证 发言 立案 登记 规范 整治 宣传 交流 考察 督查 督导 对接 评审 抽查 辅导 演练 报道
    咨询 征询 投票 约谈 质询 会商 会诊 巡查 谈判 征集 义诊 巡演 出诊 修改 观摩 慰问 巡回 谈话 答复
    回复 通报 推荐 投诉 举报 培育 互访 联动 巡河 出警 献血 捐赠 执法 献策 见面 评选 比选 体检 复核
    清查 旁听 列席 救助 治理 研究 运用 领学 集训 轮值 普法 巡诊 走读 路演 推介 查访 夜访 明察 分析
    改造 采购 面商 碰头 调整 测算 评比 评分 审读 解读 复查 面谈 会谈 协作
    """
)
# Nouns that the tagger takes for something else.
NOUNS = _words(
    """
    建议 意见 决定 决议 法规 提案 议案 条例 信息 稿件 推文 捐款 疑问 支行 问卷 案卷 事项 举措 措施
    承诺 批示 规定 措辞 苗头 线索 指标 任务 议题 不足 诉求 少年 青年 影像 孤老 补助 补贴 资助 表
    会 卷 单 证 图 网 课 线 车 社 团 岗 所 校 桥 队 培训班 学习班 研修班 专班 组 委 件 户 县 镇 乡
    村 站 点 室 厅 局 群众 差距 缺口 频次 得分 差价 建言 备忘 通报 白皮书 罚款 贷款 存款 欠款 尾款
    善款 开支 支出 收入 投资 产值 面积 车位 床位 学位 岗位 增幅 降幅 新房 危房 隐患 短板 弱项 清单
    台账 法 书 率 量 数 值 额 费 价 档 窗口 平台 信访 来信 来访 编制 名额 课题 报告 调研报告 卷宗
    代表 委员 领导 指导站 督导组 校史 户籍 人口 材料 手续 预算 决算 草案 行为 人大 政协 主任
    副主任 主席 副主席
    """
)
# Verbs that the tagger takes for something else, or that stand inside no noun phrase.
VERBS = _words(
    """
    督办 交办 领办 办结 办复 销号 任免 任命 编报 报送 呈报 呈送 新增 新建 新设 追缴 追回 压减 抽检
    抽看 抽访 抽查 收到 收集 征集 提出 提交 发放 下发 查摆 查出 查处 完成 建成 建立 设立 编印 编写
    刊发 采纳 采用 吸收 听取 召开 开展 举办 组织 举行 制定 修订 修改 废止 撤并 责令 责成 补选 选派
    选聘 聘请 聘任 遴选 推荐 吸纳 走访 慰问 帮扶 捐出 筹集 募集 投入 拨付 安排 落实 推动 推进 促成
    协调 解决 化解 收回 盘活 清退 关停 拆除 新编 约谈 批准 作出 通过 审定 交付 指出 发现 列出 梳理
    归并 汇总 形成 撰写 写成 录制 审批 选举产生 产生 当选 票选 约 抽 提 缺 查 办 用 批 送 收 试行
    退回 揪出 惠及 覆盖 取用 送抵 发给 划定 打通 受到 受训 换掉 通报 领证 帮教 公布 改动 采写 收录
    改扩建 补种 参与 参加 派出 压缩 精简 减少 增加 下降 上升 增长 提高 降低 缩短 延长 扩大 合计
    邀请 请来 配备 配齐 增设 转化 转交 移交 接访 接待 受理 化成 承办 承担 督促 敦促 倒排 反馈 反映
    视频连线 核实 陈列 记录 记下 少发 布置 破题 合一 上台 列齐 碰面 入选 选出 多 少 升 降 增 减 涨
    跌 整理 教会 处分 建设 转产 登报 续聘 处理 做 干 搞 办理 交由 投身 商定 面向 制作 可选 列入
    转入 纳入 写进 写入 送到 转到 落到 分段 徒步 问需 丈量 新修 新添 新配 新装 新栽 新聘 成 挂号
    贵出 盖章 签字 共商 学写 宣誓 签约 挂牌 亮相 收稿 示警 完工 开工 竣工 通车 达标 插话 列明 写明
    标明 载明 点名 应询 授课 打掉 出自 来自
    """
)
# What may stand before a noun without 的 though it is a verb or an adverb elsewhere.
ATTRIBUTES = _words(
    """
    返乡 退休 入户 受灾 驻村 离任 留守 涉农 在建 闲置 违规 违法 漏雨 受训 参训 到会 新任 挂职 专职
    兼职 民营 沿江 贫困 受益 试点 特邀 参会 在校 返聘 偷排 失能 独居 流动 备选 候选 涉企 涉诉 在册
    失修 拟建 应届 极度 新 老 旧 小 大 重点 专项 专题 首批 集中 随机 定点 对口 错时 联合 应急 临时
    新增 低价 高价 无障碍 互联网 失地 待业 立项 联名 漏列 改扩建 专业 市级 县级 省级 区级 主要
    基层 优良 限价 普惠 示范 审计 未结 挂牌 常态化 代表性 联网 补充 拟定 合理化 煮 涉罪 特约 重复
    限时 各界 违纪 征求 假冒 冒牌 伪劣 本级
    """
)
# Endings of who acts: not what is counted where a verb follows (委员追问5个).
AGENT_ENDINGS = _listed(
    """
    委员 代表 常委会 主席团 小组 主任 主席 政协 人大 政府 部门 党组 机关 法院 检察院 专委会 工委
    专家 市民 居民 村民 群众 们 局长 县长 市长 区长 镇长 乡长 组 局 委 厅 院 方 家 部 队 县里 市里
    区里 镇里 省里 乡里 双方 开发商 厂商 客商 软件商 经销商 店主 业主 书记 领导 干部 校长 院长
    园长 家长 厅长 处长 所长 组长 队长 站长 班长 会长 秘书长 支书 医 律师 师 生 手 一方 员 里 乡镇
    街道 园区 海关 财政 界 社 住户 农户 商户 牧户 养殖户 协会 商会 委员会 工商联 单位 企业 村 人
    民 者
    """
)
# Words of scope, time and manner that belong to no noun phrase.
SCOPES = _words(
    """
    全县 全市 全省 全区 全镇 全乡 全州 全河 全年 全盟 全旗 全国 县里 市里 区里 镇里 省里 乡里 本县
    本市 本区 累计 今年 全程 我 我们 其中 此外 同时 共 总共 各 每 当场 当年 当天 当面 现场 年底
    年末 全部 预计 计划 总计 先后 多次 分别 一并 其余 余下 限期 人人 免费 依法 一揽子 轮流 分头
    逐一 逐个 逐件 逐条 如数 悉数 全数 怎么办 怎么 怎样 如何
    """
)
# One character that makes a noun of the word before it: 投放点, 恳谈会, 办结率.
SUFFIXES = frozenset("率量会点站组户员班表书单费额室口簿管")
# Endings of verbs that say how it ended; such a verb stands in no noun phrase.
RESULTS = tuple("出到成入下上给回掉起完进为于开过住")
# Words that the tagger cuts otherwise.
COMPOUND_NOUNS = _listed(
    """
    时长 工作报告 组成人员 助餐点 代表之家 委员之家 到会代表 立法 承办单位 责任单位 联系单位
    """
)
COMPOUND_VERBS = _listed(
    """
    听取和审议 听取审议 审议通过 审查批准 审查和批准 选举产生 核实解决 讨论决定
    """
)
# Verbs that the tagger takes for one noun with what follows (听取报告).
JOINED_VERBS = _listed(
    """
    听取 提出 召开 开展 举办 收到 作出 举行 发出
    """
)
