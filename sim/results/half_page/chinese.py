"""The half page in Chinese.  Titles that the files of a study give stay as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sim.analysis.study.decisions import ALONE, LAST
from sim.results.half_page.chinese_sure import VERDICTS, sure
from sim.results.half_page.choices import CREDIT, Choice, Part
from sim.results.half_page.facts import COSTS, PACKAGE_SAYS, PART_SAYS, Facts
from sim.results.half_page.numbers import (
    Line,
    Moves,
    Words,
    changes,
    levels,
    one_change,
    title_of,
)
from sim.results.half_page.orders import AVERAGE, LADDER, STEP, Order

TITLES = {
    "default_rate": "年违约率", "npl_formation": "年不良贷款生成率",
    "net_credit_loss": "年净信贷损失率", "profit": "净利润", "cost": "业务及管理费",
    "credit_to_good": "对优质企业的贷款", "approval_rate": "审批通过率",
    "npl_ratio_mean": "平均不良贷款率", "npl_ratio": "期末不良贷款率",
    "mean_rate": "新发放贷款平均年利率", "workload": "客户经理工作负荷(1 为满负荷)",
}  # fmt: skip
UNITS = {
    "percentage points": "个百分点", "percentage points a year": "个百分点",
    "CNY million": "百万元", "% a year": "%",
}  # fmt: skip
MOVES = Moves(("上升", "下降"), ("增加", "减少"), "变化", "似")
WORDS = Words(TITLES, UNITS, ";", "相同", MOVES)
FIRSTS = {
    AVERAGE: "按所有加入顺序平均对{outcome}贡献最大",
    LADDER: "逐项加入时是{outcome}的最佳第一步",
    STEP: "在不使{outcome}变差的措施中单独采用时净利润最高",
}
WAYS = {ALONE: "单独采用时", LAST: "与其他措施同时采用时"}
JUDGED = {"better": "显著变好", "worse": "显著变差"}
NOT_ALONE = "未单独试行"
NOTHING_ALONE = "单独采用时没有任何变化"
NO_GAIN = "因此利润的增加未得到证实。"
CHARACTERS = "\u4e00-\u9fff\u201c\u201d"  # and quotation marks
HAN = f"{CHARACTERS}\uff01-\uff5e"  # and wide marks
STOPS = "\u3001\u3002"
WIDE = {":": "\uff1a", ",": "\uff0c", ";": "\uff1b"}
DECISIONS = {
    "take": "建议采用(至少一项重要结果显著变好,且无一显著变差)",
    "leave": "建议不采用(至少一项结果显著变差,且没有改善的迹象)",
    "undecided": "尚无定论",
}


def heading(bank: str, asked: str, own: str = "") -> str:
    """Return the title of the page: whose thesis or whose own bank, and what was asked."""
    if own:
        return typeset(f"{own}:{asked}")
    return typeset(f"关于 {bank} 的论文:{asked}") if bank else asked


def half_page(facts: Facts) -> list[Line]:
    """Return the half page, point by point; points of which nothing is known are left out."""
    points = [
        Line("研究问题", _asked(facts)),
        Line("不采取措施时的银行", _levels(facts)),
        Line("结论", "".join(_answer(facts))),
        Line("建议", "\n".join(_to_do(facts))),
        Line("成本与收益", _costs(facts)),
        Line("对优质企业贷款的影响", _lending(facts)),
        Line("可靠程度", sure(facts)),
        Line("数字的依据", _grades(facts)),
    ]
    return [Line(one.heading, typeset(one.text)) for one in points if one.text]


def typeset(text: str) -> str:
    """Return a text with full-width punctuation beside Chinese characters."""
    beside = rf"(?<=[{HAN}])[{''.join(WIDE)}]|[{''.join(WIDE)}](?=[{HAN}])"
    for _ in range(2):  # a mark beside one that has just become wide
        text = re.sub(r"\([^()]*\)", _bracketed, text)
        text = re.sub(beside, lambda found: WIDE[found[0]], text)
    apart = (
        rf"(?<=[{HAN}{STOPS}]) +(?=[{HAN}{STOPS}])|(?<=[{STOPS}\uff01-\uff5e]) +| +(?=[{STOPS}])"
    )
    return re.sub(apart, "", re.sub(r"(?<=\d) %", "%", text))


def _bracketed(found: re.Match[str]) -> str:
    """Return a pair of brackets in one width: full where either is beside Chinese characters."""
    whole, inside = found.string, found[0][1:-1]
    outside = whole[max(found.start() - 1, 0) : found.start()] + whole[found.end() :][:1]
    near = outside + inside[:1] + inside[-1:]
    return f"\uff08{inside}\uff09" if re.search(f"[{CHARACTERS}]", near) else found[0]


def _asked(facts: Facts) -> str:
    whose = f"关于 {facts.bank} 的论文提出的" if facts.bank else ""
    whose = f"{facts.own} 的" if facts.own else whose
    how = "分别单独和组合试行" if facts.measures != 1 else "试行"
    end = "" if facts.asked.endswith(tuple("?.!。\uff1f\uff01")) else "。"
    return (
        f"{facts.asked}{end} 在一个有 {facts.firms:,} 家企业的模拟市场中,对{whose} "
        f"{facts.measures} 项改进措施{how} {facts.months:,} 个月,并与不采取措施的同一银行比较。"
    )


def _levels(facts: Facts) -> str:
    said = levels(facts.levels, WORDS)
    return f"各次模拟的平均:{said}。" if said else ""


def _answer(facts: Facts) -> Iterator[str]:
    if said := changes(facts.package, PACKAGE_SAYS, WORDS):
        when = "全部措施同时采用" if facts.measures != 1 else "采用该措施"
        yield f"{when}时的变化:{said}。"
    for statement, verdict in facts.joint:
        yield f"“{statement}”:{VERDICTS.get(verdict, verdict)}。"
    if total := sum(facts.claims.values()):
        counts = ",".join(f"{facts.claims[word]} 项{text}" for word, text in VERDICTS.items())
        yield f"共检验 {total} 项命题:{counts}。"
    if facts.refuted:
        yield f"被否定的单项命题:{'、'.join(f'“{text}”' for text in facts.refuted)}。"


def _to_do(facts: Facts) -> Iterator[str]:
    for word, title in DECISIONS.items():
        if facts.decided:
            parts = facts.decided[word]
            yield f"{title}:" if parts else f"{title}:无。"
            yield from map(_part, parts)
    if facts.unused:
        yield f"对该银行毫无作用(其设定的数值未被使用,或本来如此):{'、'.join(facts.unused)}。"
    if facts.counted:
        yield _counted(facts)
    if facts.order:
        yield _order(facts.order)
    if facts.step:
        yield f"最佳的第一步:{_choice(facts.step)}"
    if facts.best:
        yield f"利润最高的组合:{_choice(facts.best)}"


def _part(one: Part) -> str:
    reasons = ";".join(
        f"{WAYS[way]}{'、'.join(title_of(metric, WORDS) for metric in metrics)}{JUDGED[verdict]}"
        for verdict, way, metrics in one.reasons
    )
    found = f"{reasons}。" if reasons else ""
    if one.beside:
        worse = ";".join(
            title_of(change.metric, WORDS)  # its change stands before
            if change.metric in PART_SAYS
            else one_change(change, WORDS)
            for change in one.beside
        )
        sure = "显著变差" if one.beside_is_tested else "按 95% 置信区间变差"
        found += f"另外,单独采用时{sure}但不影响判定的有:{worse}。"
    said = changes(one.changes, PART_SAYS, WORDS)
    said = f"单独采用时,{said}" if said else NOT_ALONE
    return f"{one.name}:{NOTHING_ALONE if one.idle_alone else said}。{found}"


def _counted(facts: Facts) -> str:
    titles = "、".join(title_of(metric, WORDS) for metric in facts.counted)
    ways = "(单独采用时和与其他措施同时采用时)" if facts.measures != 1 else ""
    told = "、".join(title_of(metric, WORDS) for metric in facts.beside)
    beside = f"{told}变差时会说明,但不影响判定。" if told else ""
    return f"是否采用只看以下结果:{titles}{ways}。{beside}"


def _order(one: Order) -> str:
    if one.recommended:
        why = "均为建议采用的措施,按全部种子下单独采用时的净利润排列;先后次序未作检验"
        said = f"建议次序:{',其次 '.join(one.recommended)}({why})。"
        if len(one.recommended) == 1:
            said = f"建议先采用:{one.recommended[0]},只有这一项建议采用。"
    else:
        said = "建议次序:无,因为没有一项措施被证实值得采用。"
    outcome = title_of(one.ranks, WORDS)
    firsts = ";".join(
        f"{name}:{'、'.join(FIRSTS[kind].format(outcome=outcome) for kind in kinds)}"
        for name, kinds in one.by_name.items()
    )
    return f"{said}其他排序回答的是别的问题,并非建议:{firsts}。" if firsts else said


def _choice(one: Choice) -> str:
    metrics = [change.metric for change in one.changes]
    found = "单独采用时的变化见上" if one.above else changes(one.changes, metrics, WORDS)
    return (
        f"{one.name}:{found}。这是按利润用一半随机种子选出的,选出时偶然性会使其显得更好;"
        f"在另一半 {one.seeds} 个种子上,{one_change(one.judged, WORDS)}。"
        f"{'' if one.pays else NO_GAIN}"
    )


def _costs(facts: Facts) -> str:
    said = changes(facts.package, COSTS, WORDS)
    return f"{_together(facts)},{facts.months:,} 个月合计:{said}。" if said else ""


def _together(facts: Facts) -> str:
    return "全部措施" if facts.measures != 1 else "该措施"


def _lending(facts: Facts) -> str:
    found = {_together(facts): facts.package}
    if facts.step:
        found[f"单独采用 {facts.step.name}"] = facts.step.changes
    if facts.best:
        way = "同时采用" if " + " in facts.best.name else "单独采用"
        found[f"{way} {facts.best.name}"] = facts.best.changes
    said = [(name, changes(one, [CREDIT], WORDS)) for name, one in found.items()]
    return "".join(f"{name}:{text}。" for name, text in said if text)


def _grades(facts: Facts) -> str:
    one, total = facts.grades, sum(facts.grades.values())
    graded = "(依据见文件注释)" if facts.graded else ""
    if not total:
        return ""
    return (
        f"基准情景共有 {total} 个数值:{one['assumed']} 个为假设,{one['published']} 个来自文献或"
        f"官方统计,{one['data']} 个由数据校准,{one['derived']} 个由其他数值推导,{one['own']} 个由"
        f"基准情景的文件设定{graded}。改进措施改变 {facts.changed} 个数值,除非文件另有说明,"
        "均为假设。"
    )
