"""Articles for tests: the bundled examples where they are, and two short ones with invented events."""

from __future__ import annotations

from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "src" / "khabar" / "examples"
SHELLING = (
    "قصف على قرية في ريف حلب\n\n"
    "قال المرصد السوري لحقوق الإنسان، السبت، إن الطيران الروسي قصف قرية في ريف حلب وقتل خمسة مدنيين وأصاب 12 آخرين.\n\n"
    "وأضاف أن قوات النظام السوري اعتقلت عشرين شخصا، فيما نفت وزارة الدفاع الروسية قصف المدنيين.\n"
)
PROTEST = (
    "مظاهرة في تونس ضد الحكومة\n\n"
    "تظاهر مئات العمال أمام البرلمان في العاصمة تونس، الجمعة، احتجاجا على قرارات الحكومة. "
    "وطالب الاتحاد العام التونسي للشغل الحكومة بسحب القانون، وسيلتقي وزير الداخلية وفدا من المحتجين غدا.\n"
)


def articles() -> list[str]:
    """All texts, the bundled ones first."""
    return [*(p.read_text("utf-8") for p in sorted(EXAMPLES.rglob("*.txt"))), SHELLING, PROTEST]
