"""How sure a study is, in Chinese: seeds, intervals, and where its verdicts fail."""

from __future__ import annotations

from sim.results.half_page.facts import Facts
from sim.results.half_page.numbers import MARK
from sim.results.half_page.stands import MOST, Failing, Stands

VERDICTS = {"supported": "得到支持", "refuted": "被否定", "undecided": "尚无定论"}
QUANTITIES = {  # of what nobody knows; others keep their English words
    "taken": "挪用者转出的比例", "kappa_sd": "借款人顾虑的差异(kappa 对数的标准差)",
    "diverted_share": "被挪用贷款的比例", "new_noise": "每份材料新增的噪声",
    "reader_noise": "审阅者自身的噪声", "steps_executed": "没有风险文化时的步骤执行率",
    "unit_costs": "银行作业成本(相对基准的倍数)", "ruin": "重大损失的梯度(相对基准的倍数)",
}  # fmt: skip
SIDES = {"above": "高于", "below": "低于"}
IMPRECISE = "已用完文件允许的种子数,仍未达到文件要求的精度。"
QUICK = (
    "这是用少量随机种子所作的快速预览;完整研究(不加 --quick)会增加种子直到达到文件要求的精度,"
    "并在文件要求时说明结论何时不成立(docs/robust.md)。"
)


def sure(facts: Facts) -> str:
    """Return the point on seeds, intervals, precision, and verdicts under other numbers."""
    first = QUICK if facts.quick else ""
    if facts.seeds < 2:
        return f"{first}只作了一次模拟(一个随机种子),无法判断偶然性。"
    return (
        f"{first}共 {facts.seeds:,} 次模拟(随机种子)。{IMPRECISE if facts.imprecise else ''}"
        f"方括号内为同一种子下差异的 95% 置信区间;“似”和{MARK}表示尚无定论(不显著)。"
        "“显著”、“得到支持”和“被否定”均已按结果或命题的数目校正,因此不含零的区间也可能尚无定论;"
        "利润最高的组合、在一半种子上对所选措施的评判,以及一组措施的费用不作检验,只看其区间。"
        f"区间只反映偶然性,不反映可能有误的假设。{_stands(facts.stands)}{_chinese(facts)}"
    )


def _stands(stands: Stands | None) -> str:
    if stands is None:
        return ""
    said = ""
    if stands.tried:
        what = "研究留待未定" if stands.left_open else "缺乏数据、只能假设"
        said = (
            f"在{what}的数值取其他值时,{stands.tried} 项有定论的命题中 {stands.robust} 项结论稳健。"
        )
    for one in stands.failing[:MOST]:
        said += f"“{one.statement}”({VERDICTS[one.verdict]}):{_fails(one)}。"
    if (more := len(stands.failing) - MOST) > 0:
        said += f"另有 {more} 项结论不稳健。"
    return said


def _fails(one: Failing) -> str:
    if one.share == one.share:
        return f"在 {100 * one.share:.0f}% 的试验点上结论不成立"
    if not one.quantity:
        return "在某一范围超过十分之一的试验点上结论不成立,且不取决于某一个数值"
    words = QUANTITIES.get(one.quantity, one.words)
    if one.at:
        return f"当{words}{SIDES[one.side]} {one.at} 时结论不成立"
    return f"当{words}较{'高' if one.side == 'above' else '低'}时结论更常不成立"


def _chinese(facts: Facts) -> str:
    one, total = facts.chinese, sum(facts.chinese.values())
    if not total:
        return ""
    return (
        f"仅用中国数据重新校准基准后,{total} 项有定论的命题中 {one['holds']} 项结论不变,"
        f"{one['changes']} 项改变,{one['undecided']} 项方向相同但尚无定论。"
    )
