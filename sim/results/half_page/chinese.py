"""The half page in Chinese.  Titles that the files of a study give stay as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sim.analysis.study.decisions import ALONE, LAST
from sim.results.half_page.choices import CREDIT, Choice, Part
from sim.results.half_page.facts import COSTS, PACKAGE_SAYS, PART_SAYS, Facts
from sim.results.half_page.numbers import (
    MARK,
    Line,
    Words,
    changes,
    levels,
    millions,
    title_of,
)

TITLES = {
    "default_rate": "违约率", "npl_formation": "不良贷款生成率", "net_credit_loss": "净信贷损失",
    "profit": "税后利润", "cost": "经营成本", "credit_to_good": "对优质企业的贷款",
    "npl_ratio_mean": "平均不良贷款率", "npl_ratio": "期末不良贷款率",
    "mean_rate": "新贷款平均利率", "workload": "客户经理工作负荷(1 为满负荷)",
}  # fmt: skip
UNITS = {
    "percentage points": "个百分点", "percentage points a year": "个百分点/年",
    "CNY million": "百万元", "% a year": "%/年",
}  # fmt: skip
WORDS = Words(TITLES, UNITS, ";")
VERDICTS = {"supported": "得到支持", "refuted": "被否定", "undecided": "尚无定论"}
WAYS = {ALONE: "单独采用时", LAST: "与其他措施同时采用时"}
JUDGED = {"better": "显著变好", "worse": "显著变差"}
NOT_ALONE = "未单独试行"
NO_GAIN = "因此利润的增加未得到证实。"
CHARACTERS = "\u4e00-\u9fff\u201c\u201d"  # and quotation marks
HAN = f"{CHARACTERS}\uff01-\uff5e"  # and wide marks
WIDE = {":": "\uff1a", ",": "\uff0c", ";": "\uff1b"}
DECISIONS = {
    "take": "建议采用(至少一项重要结果显著变好,且无一显著变差)",
    "leave": "建议不采用(至少一项结果显著变差,且没有改善的迹象)",
    "undecided": "尚无定论",
}
QUICK = (
    "这是用少量随机种子所作的快速预览;完整研究(不加 --quick)会增加种子直到达到文件要求的精度,"
    "并在文件要求时说明结论何时不成立(docs/robust.md)。"
)


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
        Line("可靠程度", _sure(facts)),
        Line("数字的依据", _grades(facts)),
    ]
    return [Line(one.heading, typeset(one.text)) for one in points if one.text]


def typeset(text: str) -> str:
    """Return a text with full-width punctuation beside Chinese characters."""
    beside = rf"(?<=[{HAN}])[{''.join(WIDE)}]|[{''.join(WIDE)}](?=[{HAN}])"
    for _ in range(2):  # a mark beside one that has just become wide
        text = re.sub(r"\([^()]*\)", _bracketed, text)
        text = re.sub(beside, lambda found: WIDE[found[0]], text)
    return text


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
        yield f"对该银行毫无作用(其设定的数值未被使用):{'、'.join(facts.unused)}。"
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
    said = changes(one.changes, PART_SAYS, WORDS)
    return f"{one.name}:{f'单独采用时,{said}' if said else NOT_ALONE}。{found}"


def _choice(one: Choice) -> str:
    metrics = [change.metric for change in one.changes]
    way = "高出" if one.overstated > 0 else "低了"
    size = millions(abs(one.overstated)).lstrip("+")
    return (
        f"{one.name}:{changes(one.changes, metrics, WORDS)}(用一半随机种子选出,用另一半 "
        f"{one.seeds} 个种子评判;选出时的利润看起来{way} {size} 百万元)。"
        f"{'' if one.pays else NO_GAIN}"
    )


def _costs(facts: Facts) -> str:
    said = changes(facts.package, COSTS, WORDS)
    return f"{_together(facts)},{facts.months:,} 个月合计:{said}。" if said else ""


def _together(facts: Facts) -> str:
    return "全部措施" if facts.measures != 1 else "该措施"


def _lending(facts: Facts) -> str:
    found = [(_together(facts), facts.package)]
    found += [(one.name, one.changes) for one in (facts.step, facts.best) if one]
    said = [(name, changes(one, [CREDIT], WORDS)) for name, one in found]
    return "".join(f"{name}:{text}。" for name, text in said if text)


def _sure(facts: Facts) -> str:
    first = QUICK if facts.quick else ""
    if facts.seeds < 2:
        return f"{first}只作了一次模拟(一个随机种子),无法判断偶然性。"
    return (
        f"{first}共 {facts.seeds:,} 次模拟(随机种子)。"
        f"方括号内为同一种子下差异的 95% 置信区间;{MARK}表示不显著。“显著”、“得到"
        "支持”和“被否定”均已按结果或命题的数目校正,因此不含零的区间也可能不显著;最佳第一步和最佳组合不作检验,只看其区间。区间只反映偶然性,不反映可能有误的假设。"
        f"{_chinese(facts)}"
    )


def _chinese(facts: Facts) -> str:
    one, total = facts.chinese, sum(facts.chinese.values())
    if not total:
        return ""
    return (
        f"仅用中国数据重新校准基准后,{total} 项有定论的命题中 {one['holds']} 项结论不变,"
        f"{one['changes']} 项改变,{one['undecided']} 项方向相同但尚无定论。"
    )


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
