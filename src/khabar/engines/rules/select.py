"""Choices: where the grammar leaves several readings, the weights of the evidence decide; without weights its own proposals stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from khabar.engines.rules.announce import RULE
from khabar.engines.rules.context import PARTIES, Context, phrase_key
from khabar.engines.rules.draft import Draft, Link, Phrase
from khabar.engines.rules.events import evidence, link_events
from khabar.engines.rules.features import carried_features, event_features, pair_features, setting_features, status_features, trigger_features
from khabar.engines.rules.judge import Judge
from khabar.engines.rules.participants import DOER
from khabar.engines.rules.phrases import Chunk, governor
from khabar.engines.rules.scopes import Scope
from khabar.engines.rules.sentence import QUOTES, Sentence
from khabar.engines.rules.setting import assign_places, assign_times, locative, statement_time
from khabar.engines.rules.sources import can_speak, chain, kind_of, trimmed
from khabar.model.ontology import STATUSES
from khabar.resolve.periods import is_up_to_now
from khabar.resolve.places import PlaceMatch

_SUBJECTS = {
    "sport": frozenset("مباراه مباريات دوري منتخب لاعب لاعبين مدرب فريق الفريق هدف كاس بطوله البطوله النادي شوط اللاعب".split()),
    "business": frozenset("اسعار سوق اسهم شركه الشركه شركات مليون ارباح استثمار الاستثمار نمو التضخم البنك العقار عقاري".split()),
    "culture": frozenset("فيلم مسرحيه مهرجان المهرجان فنان الفنان اغنيه كتاب روايه معرض مسلسل الثقافيه الفنان جامعه الجامعه طلاب الطلاب".split()),
    "accident": frozenset("حادث مرور حريق الحريق امطار سيول زلزال فيضان طقس الطقس سياره دهس مرض فيروس مستشفي الصحه".split()),
    "crime": frozenset("مخدرات سرقه المخدرات زوجته زوجها جريمه الجاني القاتل طليقته ابنه".split()),
    "war": frozenset("قتلي جرحي هجوم قصف مسلحين قوات الجيش معارك غارات داعش الحوثي ميليشيا تفجير ارهابي الارهابي".split()),
    "politics": frozenset("الرئيس الحكومه وزير الوزراء البرلمان المعارضه حزب الحزب الخارجيه الانتخابات المفاوضات اتفاق السفير".split()),
    "labour": frozenset("اضراب الاضراب النقابه نقابه وقفه احتجاجيه احتجاجات اعتصام مطالب".split()),
}


_SUBJECT_OF = {word: name for name, words in _SUBJECTS.items() for word in words}
NEAR, FAR = 10, 60  # tokens from the act; the nearer bound, for phrases no table knows, left held-out F1 no worse and a quarter fewer pairs to weigh
JOINED = 0.6  # how much less a phrase is taken for a party than the one it is joined to by `و`
_PAIR = ("actor", "recipient", "source")
_STATUS = tuple(f"status.{s}" for s in STATUSES)


def topics(sentences: Sequence[Sentence]) -> list[str]:
    """What an article is about, as features: which word fields it draws on, and how strongly."""
    total = max(60, sum(map(len, sentences)))
    counts = Counter(filter(None, (_SUBJECT_OF.get(t.norm) for s in sentences for t in s.tokens)))
    shares = {name: counts[name] * 100 / total for name in _SUBJECTS}
    return [f"topic.{name}.{0 if share < 0.4 else 1 if share < 1.5 else 2}" for name, share in shares.items()]


class Selector:
    """Chooses by weights. Every method leaves the grammar's proposals as they are where the judge knows nothing of its question."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge

    def triggers(self, drafts: list[Draft], topic: list[str]) -> list[Draft]:
        if not self.judge.knows("trigger"):
            return [d for d in drafts if not d.loose]
        kept: list[Draft] = []
        for d in drafts:
            if self.judge.score("trigger", trigger_features(d, drafts, topic)) > 0 or (kept and _in_row(kept[-1], d)):
                kept.append(d)
        return kept

    def status(self, d: Draft, x: Context, scopes: list[Scope]) -> None:
        if not self.judge.knows("status.actual") or d.certain:
            return
        features = status_features(d, x, scopes, d.status)
        ranked = dict(zip(STATUSES, self.judge.scores(_STATUS, features), strict=True))
        best = max(STATUSES, key=lambda s: ranked[s])
        if best != d.status:
            d.status = best
            d.because("status", f"weighed: {self.judge.reasons(f'status.{best}', features)}")

    def sources(self, d: Draft, x: Context) -> None:
        """The chain: the speakers of the sentence that vouch for the act, outermost first, after those carried over."""
        proposed = chain(d.first, x.scopes)
        if not self.judge.knows("source"):
            d.sources = proposed
            return
        begin = d.sentence.segment.start
        announced = {link.span for sc in x.scopes if sc.rule == RULE for link in sc.links}
        links = [link for link in proposed if link.span.start < begin and (link.rule == "the speaker before" or link.span in announced)]
        for c, link in phrase_candidates(d, x):
            if self._weighed(d, c, x)[1][2] > 0:
                links.append(link)
        links += [link for link, features in carried_candidates(d, x) if self.judge.score("carried", features) > 0]
        d.sources = ordered(links, proposed, begin)
        for link in d.sources:
            d.because("sources", link.rule)

    def participants(self, x: Context) -> None:
        """Actors and recipients of every act of a sentence."""
        if not self.judge.knows("actor"):
            return
        chosen = [(d, self._roles(d, x)) for d in x.drafts]
        for d, (actors, recipients) in chosen:
            if [p for p, _ in actors] != d.actors:
                d.because("actors", "weighed: " + "; ".join(reason for _, reason in actors))
            if [p for p, _ in recipients] != d.recipients:
                d.because("recipients", "weighed: " + "; ".join(reason for _, reason in recipients))
            doer = [p for p in d.actors if ("actors", DOER) in d.why]
            d.actors, d.recipients = [p for p, _ in actors] or doer, [p for p, _ in recipients]
        _share_subject(x)

    def _weighed(self, d: Draft, c: Chunk, x: Context) -> tuple[list[str], list[float]]:
        """The evidence for a phrase beside an act, and its scores as actor, recipient and source."""
        key = (d.first, c.first)
        found = x.weighed.get(key)
        if found is None:
            features = pair_features(d, c, x)
            found = x.weighed[key] = (features, self.judge.scores(_PAIR, features))
        return found

    def _roles(self, d: Draft, x: Context) -> tuple[list[tuple[Phrase, str]], list[tuple[Phrase, str]]]:
        scored: list[tuple[float, int, str, Chunk, list[str]]] = []
        for c in party_candidates(d, x):
            features, (a, r, _) = self._weighed(d, c, x)
            a, r = (
                max([a, *(self._weighed(d, o, x)[1][0] - JOINED for o in x.joined(c))]),
                max([r, *(self._weighed(d, o, x)[1][1] - JOINED for o in x.joined(c))]),
            )
            best, question = (a, "actor") if a >= r else (r, "recipient")
            if best > 0:
                scored.append((best, -c.first, question, c, features))
        out: dict[str, list[tuple[int, Phrase, str]]] = {"actor": [], "recipient": []}
        seen: set[str] = set()
        for _, _, question, c, features in sorted(scored, key=lambda e: (-e[0], -e[1])):
            key = phrase_key(c.phrase)
            if key not in seen:
                seen.add(key)
                out[question].append((c.first, c.phrase, self.judge.reasons(question, features)))
        ordered_roles = [[(p, why) for _, p, why in sorted(out[q], key=lambda e: e[0])] for q in ("actor", "recipient")]
        return ordered_roles[0], ordered_roles[1]

    def settings(self, x: Context) -> None:
        """Places and time of every act of a sentence."""
        assign_times(x.sentence, x.drafts)
        assign_places(x.sentence, x.drafts)
        if self.judge.knows("place"):
            found = [(d, self._accepted(d, x, "place")) for d in x.drafts]
            for d, places in found:
                d.places = [(x.sentence, i) for _, i in sorted(places, key=lambda e: e[1])]
        if self.judge.knows("time"):
            chosen = [(d, self._accepted(d, x, "time")) for d in x.drafts]
            for d, times in chosen:
                d.time = (x.sentence, max(times, key=lambda e: (e[0], -e[1]))[1]) if times else None

    def _accepted(self, d: Draft, x: Context, question: str) -> list[tuple[float, int]]:
        scored = [(self.judge.score(question, features), i) for i, features in setting_candidates(d, x, question)]
        return [entry for entry in scored if entry[0] > 0]

    def events(self, drafts: list[Draft]) -> None:
        if self.judge.knows("event"):
            link_events(drafts, lambda a, b, n: 1.0 + self.judge.score("event", event_features(a, b, evidence(a, b), n)))
        else:
            link_events(drafts)


def setting_candidates(d: Draft, x: Context, question: str) -> Iterator[tuple[int, list[str]]]:
    """The places or time expressions of a sentence by index, with the evidence for each."""
    s = x.sentence
    if question == "place":
        for i, match in enumerate(s.places):
            if match.first < s.segment.dateline or _no_place(s, match):
                continue
            phrase = Phrase(s, match.first, match.last, match.core_first, match.candidates[0].kind, "- -")
            chunk = Chunk.of(phrase, governor(s, match.first))
            yield i, setting_features(d, chunk, x, (s, i) in d.places, locative(s, match.first), False)
    else:
        for i, expression in enumerate(s.times):
            if _in_title(x, expression.first) or is_up_to_now(expression):
                continue
            phrase = Phrase(s, expression.first, expression.last, expression.first, expression.kind, "- -")
            chunk = Chunk.of(phrase, governor(s, expression.first))
            yield i, setting_features(d, chunk, x, d.time == (s, i), "", statement_time(s, expression.first))


def _in_row(before: Draft, d: Draft) -> bool:
    """Whether a verb stands in a row with an act of its type, joined by `و` in the same form (`قتلوا... وأصابوا...`): what the one is, the other is."""
    a, b = before.analysis, d.analysis
    if d.loose or d.shape != "verb" or before.shape != "verb" or a is None or b is None or before.sense.type != d.sense.type:
        return False
    near = d.first - before.last <= 6 and bool(d.sentence.words[d.first].conjunction)
    return near and a.form.person == b.form.person == "3mp" and a.form.kind == b.form.kind


def _share_subject(x: Context) -> None:
    """A verb joined by `و` whose form takes up the subject before it (`قتلوا... وأصابوا... واعتقلوا`) has that verb's actors, and none of
    that verb's objects as its own."""
    verbs = [d for d in x.drafts if d.shape == "verb"]
    for before, d in pairwise(verbs):
        w, a = d.sentence.words[d.first], d.analysis
        if not w.conjunction or a is None or a.form.person != "3mp" or not before.actors:
            continue
        own = [p for p in d.recipients if p.first >= d.last]
        d.actors = list(before.actors)
        d.recipients = own or d.recipients
        d.because("actors", "subject of the verb before")


def _in_title(x: Context, i: int) -> bool:
    """Whether a token stands in a short quotation without a verb, the name of something (`مؤتمر "إيران حرة 2020"`)."""
    s = x.sentence
    if x.quotes[i] % 2 == 0:
        return False
    start = max(k for k in range(i) if s.tokens[k].norm in QUOTES)
    end = next((k for k in range(i, len(s)) if s.tokens[k].norm in QUOTES), len(s))
    return end < len(s) and end - start <= 10 and x.verbs[end] == x.verbs[start]


def _no_place(s: Sentence, match: PlaceMatch) -> bool:
    """A place word inside another name (`فيلق القدس`), or a state that acts or suffers rather than being where it happens."""
    named = s.name_at.get(match.core_first)
    if named is None:
        return False
    if named.name.kind in ("country", "seat"):
        return not locative(s, match.first) and governor(s, match.first) != "gen" and s.segment.zone != "headline"
    return named.last - named.first > match.core_last - match.core_first


def party_candidates(d: Draft, x: Context) -> Iterator[Chunk]:
    """The phrases that may act or suffer: whatever stands near, and farther off only what names a party."""
    for c in x.chunks:
        gap = c.first - d.last if c.first >= d.last else d.first - c.last
        if gap <= (FAR if c.phrase.label in PARTIES else NEAR):
            yield c


def phrase_candidates(d: Draft, x: Context) -> Iterator[tuple[Chunk, Link]]:
    """The phrases of the act's sentence that may vouch for it."""
    s = d.sentence
    for c in x.chunks:
        speaking = x.speaks.get(c.first)
        if (not speaking and (not c.phrase.label or not can_speak(c.phrase))) or (x.outlet and c.phrase.entity == x.outlet):
            continue
        start, end = s.offsets(c.first, c.last)
        link = next((found for sc in speaking or () for found in sc.links if start <= found.span.start < end), None)
        yield c, link or Link(trimmed(s, c.phrase), kind_of(c.phrase), None, "weighed")


def carried_candidates(d: Draft, x: Context) -> Iterator[tuple[Link, list[str]]]:
    """Who spoke before the sentence, or whose quotation is still open, with the evidence."""
    for place, link in enumerate(reversed(x.speaker)):
        yield link._replace(rule="the speaker of an earlier sentence"), carried_features(d, x, "medium" if place else "speaker", link)
    for link in x.carried:
        if all(link.span != other.span for other in x.speaker):
            yield link, carried_features(d, x, "quote", link)


def ordered(links: list[Link], proposed: tuple[Link, ...], begin: int) -> tuple[Link, ...]:
    """Links as a chain: those of sentences that end before offset `begin` first, then by the scopes that hold them, then in text order; none twice."""
    rank = {link.span: i for i, link in enumerate(proposed)}
    unique = list({link.span: link for link in reversed(links)}.values())
    return tuple(sorted(unique, key=lambda x: (x.span.start >= begin, rank.get(x.span, _medium(x)), x.span.start)))


def _medium(link: Link) -> float:
    return -0.5 if link.kind == "media" else 0.5
