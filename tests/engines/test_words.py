"""Words that the analyser has forgotten are read as before."""

from __future__ import annotations

from khabar.engines.rules.words import Analyzer
from khabar.lexicon import load_lexicon

WORDS = "قتل وزير الخارجية في قصف على مدينة حلب واعتقلت القوات ثلاثة متظاهرين".split()


def test_forgotten_words_are_read_as_before() -> None:
    lexicon = load_lexicon()
    kept, forgetful = Analyzer(lexicon), Analyzer(lexicon, limit=2)
    for _ in range(2):
        for word in WORDS:
            a, b = kept.word(word), forgetful.word(word)
            assert (a.bare, a.keys, a.analyses, a.function) == (b.bare, b.keys, b.analyses, b.function)


def test_words_of_late_are_remembered_and_no_more_than_twice_the_limit() -> None:
    analyzer = Analyzer(load_lexicon(), limit=3)
    first = analyzer.word("حلب")
    for word in WORDS[:3]:
        analyzer.word(word)
    assert analyzer.word("حلب") is first
    for word in WORDS * 3:
        analyzer.word(word)
        assert len(analyzer._seen) + len(analyzer._before) <= 6
