"""Sources: who the article says it has something from, nested, and how far their word reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from khabar.engines.rules.draft import Draft, Link, Phrase
from khabar.engines.rules.participants import Groups
from khabar.engines.rules.phrases import Chunk, classify
from khabar.engines.rules.scopes import Scope, clause_end
from khabar.engines.rules.sentence import QUOTES, Sentence
from khabar.engines.rules.words import Analysis
from khabar.lexicon import Report
from khabar.model import Span
from khabar.model.ontology import SourceKind

Chain = tuple[Link, ...]
_DIRECT = frozenset(("announce", "reveal", "deny", "relay", "claim"))
_REACH = 16
# The outlet itself speaks: `يذكر أن`, `تجدر الإشارة`.
IMPERSONAL = frozenset(("يذكر", "ويذكر", "يشار", "ويشار", "تجدر", "وتجدر", "الجدير", "والجدير", "جدير", "يلاحظ"))
PARTICLES = frozenset(("حسبما", "نقلا", "بحسب", "حسب", "وفق", "وفقا", "طبقا", "استنادا"))
_STATEMENTS = frozenset(("تصريح", "تصريحات", "قول", "بيان", "تعبير", "روايه", "شهاده", "بلاغ", "تقرير", "افاده", "نص", "تاكيد", "مصدر", "وصف", "تقديرات"))
_RELATIVE_CUES = frozenset(("ما", "حسبما", "مثلما", "كما", "وفقما"))
_MEDIA_NOUNS = frozenset(("وكاله", "صحيفه", "قناه", "اذاعه", "تلفزيون", "موقع", "جريده", "مجله", "وسائل", "فضائيه", "شبكه", "راديو", "صحف"))
_UNNAMED_HEADS = frozenset(("مسوول", "مسوولين", "مسوولون", "ضابط", "دبلوماسي", "احد", "شاهد", "ناشط", "سكان", "اهالي", "تقارير", "انباء", "معلومات"))


def span(s: Sentence, first: int, last: int) -> Span:
    start, end = s.offsets(first, last)
    return Span.cut(s.text, start, end)


def trimmed(s: Sentence, phrase: Phrase) -> Span:
    """The phrase without its clitic preposition or conjunction."""
    start, end = s.offsets(phrase.first, phrase.last)
    first = s.words[phrase.first]
    token = s.tokens[phrase.first]
    governing = first.preposition and not first.norm.startswith(first.conjunction + "لل")
    lead = 0 if first.whole or first.function == "prep" else len(first.conjunction) + bool(governing)
    if lead and len(token.text) == len(token.norm) and lead < len(token.text) - 1:
        start += lead
    return Span.cut(s.text, start, end)


def kind_of(phrase: Phrase) -> SourceKind:
    """Media, unnamed (`مصدر`, `شهود`, an official without a name) or named."""
    s = phrase.sentence
    head = s.words[phrase.head]
    if phrase.label == "media" or (phrase.code.endswith(" MED") and not head.keys.isdisjoint(_MEDIA_NOUNS)) or not head.keys.isdisjoint(_MEDIA_NOUNS):
        return "media"
    if any(k in s.name_at and s.name_at[k].name.kind in ("person", "media") for k in range(phrase.first, phrase.last)):
        return "media" if phrase.head in s.name_at and s.name_at[phrase.head].name.kind == "media" else "named"
    if phrase.label == "source" or phrase.head in s.number_at or not head.keys.isdisjoint(_UNNAMED_HEADS):
        return "unnamed"
    indefinite = not any(s.words[k].article or s.words[k].names for k in range(phrase.first, phrase.last))
    return "unnamed" if indefinite and phrase.label in ("person", "role") and phrase.last - phrase.first <= 2 else "named"


def _link(s: Sentence, phrase: Phrase, cue: int | None, rule: str) -> Link:
    return Link(trimmed(s, phrase), kind_of(phrase), None if cue is None else span(s, cue, cue + 1), rule)


def can_speak(phrase: Phrase) -> bool:
    """Whether a phrase can be a source at all."""
    s = phrase.sentence
    if (phrase.label in ("placeword", "place") and phrase.head not in s.name_at) or s.words[phrase.head].norm in (
        "انه",
        "جهه",
        "الانتباه",
        "النظر",
        "لكنهم",
        "لكنه",
        "عنوان",
        "شعار",
        "شعارات",
        "لافتات",
    ):
        return False
    w = s.words[phrase.head]
    return phrase.label != "thing" and not (w.events and not w.noun and phrase.head not in s.name_at and not w.reports)


def report_scopes(s: Sentence, groups: Groups, speaker: Chain, outlet: str, acts: Collection[int] = ()) -> tuple[list[Scope], Chain]:
    """The scopes of a sentence's reporting words, and the chain that speaks last in it. `outlet` is the id of the medium that publishes,
    `acts` are the tokens of triggers: a speech act among them reports only where `أن` follows."""
    scopes: list[Scope] = []
    for i, w in enumerate(s.words):
        if w.norm in IMPERSONAL:
            speaker = ()
            continue
        if not (w.reports or w.bare in PARTICLES):
            continue
        scope = (None if i in acts and _force(s, i) else _verb_scope(s, groups, i, speaker, outlet)) or _attribution(s, groups, i, speaker)
        if scope is None:
            continue
        if _continues(s, i):
            scopes = [_ended(old, i) if old.last > i and not old.whole else old for old in scopes]
        nested = any(old.holds(i) and not old.whole for old in scopes)
        scopes.append(scope)
        speaker = speaker if nested else scope.links
    return scopes + list(_colon(s, groups, scopes)), speaker


def _ended(scope: Scope, at: int) -> Scope:
    return scope._replace(last=max(scope.first + 1, at))


def _continues(s: Sentence, i: int) -> bool:
    """A reporting verb joined by `و` or after `كما` stands beside the one before it, not inside its content."""
    return bool(s.words[i].conjunction) or (i > 0 and s.words[i - 1].norm in ("كما", "فيما", "بينما", "ثم", ","))


def _report(s: Sentence, i: int) -> Report | None:
    verb = s.verbs[i]
    if isinstance(verb, Analysis):
        reading = next((a for a in s.words[i].reports if a.finite), None)
        return reading.lexeme.reports[0] if reading else None
    reading = next((a for a in s.words[i].reports if a.form.kind == "circumstance"), None)
    if reading is not None and i > 0 and (s.words[i - 1].sign or not s.words[i - 1].function) and not s.words[i].noun:
        return reading.lexeme.reports[0]
    return None


def _verb_scope(s: Sentence, groups: Groups, i: int, speaker: Chain, outlet: str) -> Scope | None:
    report = _report(s, i)
    if report is None:
        return None
    content = _content(s, i, report)
    clause = not s.verbs[i]
    subject = None if clause else _subject(s, groups, i, content)
    links = [] if clause else [x for x in _links(s, groups, i, report, subject, content) if not _is_outlet(groups, x, s, outlet)]
    if not links:
        if subject is None and content is not None and speaker and (clause or _no_subject(s, i, content)):
            links = [Link(x.span, x.kind, span(s, i, i + 1), "the speaker before") for x in speaker]
        else:
            return None
    told = _told(s, groups, i, content, outlet)
    if told is not None and all(t.span != told.span for t in links):
        links.insert(0, told)
    return _placed(s, i, content, links, report)


def _placed(s: Sentence, i: int, content: int | None, links: list[Link], report: Report) -> Scope | None:
    rule = f"reporting {report.origin}"
    status = "denied" if report.act == "deny" else None
    if _subordinate(s, i) or (content is None and _tail(s, i)):
        return Scope(0, i, tuple(links), None, rule, whole=True)
    if content is None:
        return None
    return Scope(content, len(s), tuple(links), status, rule)  # type: ignore[arg-type]


def _force(s: Sentence, i: int) -> bool:
    """A speech act that is an event of its own (`دعا`, `اتهم`) is no mere reporting word unless `أن` follows."""
    return not any(s.words[k].function == "that" or s.tokens[k].norm == ":" for k in range(i + 1, min(len(s), i + _REACH)))


def _subordinate(s: Sentence, i: int) -> bool:
    """`حسبما ذكرت الوكالة`, `كما قال`: the clause vouches for the sentence before it."""
    if i == 0:
        return False
    before = s.words[i - 1]
    return before.norm in ("حسبما", "مثلما", "وفقما", "بحسبما") or (before.norm == "ما" and i > 1 and s.words[i - 2].bare in ("بحسب", "حسب", "وفق", "وفقا"))


def _tail(s: Sentence, i: int) -> bool:
    """A reporting verb near the sentence's end with nothing after it but its subject."""
    return i > 4 and s.tokens[i - 1].norm in {",", '"', "-"} and len(s) - i <= 14


def _content(s: Sentence, i: int, report: Report) -> int | None:
    """Where what is reported begins: behind `أن`, a colon or a quotation mark; for verbs of announcing, the object itself."""
    depth = 0
    for k in range(i + 1, min(len(s), i + _REACH * 2)):
        w, sign = s.words[k], s.tokens[k].norm
        if sign in ("(", "["):
            depth += 1
        elif sign in (")", "]"):
            depth -= 1
        if depth:
            continue
        if w.function == "that" or sign == ":" or (sign in QUOTES and _opens_speech(s, k)):
            return _governed(s, i, k) or k + 1
        if sign in ".;?!" and w.sign:
            break
        if w.reports and s.verbs[k] and k > i + 1:
            break
    return _object(s, i, report)


def _governed(s: Sentence, i: int, k: int) -> int | None:
    """Where the act itself is what is reported (`أفادت بتنظيم مؤتمر "..."`): the first word after a preposition, with an act behind it, before `k`."""
    if s.tokens[k].norm not in QUOTES:
        return None
    start = next((m for m in range(i + 2, k) if s.words[m].preposition == "ب" or s.words[m].bare in ("عن", "الي", "علي")), None)
    return start if start is not None and any(s.words[m].events and not s.verbs[m] for m in range(start, k)) else None


def _opens_speech(s: Sentence, k: int) -> bool:
    closing = next((m for m in range(k + 1, len(s)) if s.tokens[m].norm in QUOTES), len(s))
    return closing - k > 5


def _object(s: Sentence, i: int, report: Report) -> int | None:
    if report.act not in _DIRECT and report.act not in ("assert", "say"):
        return None
    for k in range(i + 1, min(len(s), i + 10)):
        if s.words[k].sign and s.tokens[k].norm in ".;:?!":
            return None
        if (report.act in _DIRECT and s.words[k].bare in ("عن", "علي", "الي")) or (s.words[k].events and not s.verbs[k] and not s.words[k].noun):
            return k
    return None


def _subject(s: Sentence, groups: Groups, i: int, content: int | None) -> list[Chunk] | None:
    """The phrase behind the verb, else the one just before it."""
    limit = content if content is not None else min(len(s), i + _REACH)
    for group in groups:
        if i < group[0].first < limit and group[0].governor == "" and can_speak(group[0].phrase):
            gap = range(i + 1, group[0].first)
            if any(s.words[k].function in ("that", "rel") or s.verbs[k] for k in gap):
                break
            return group
    return _subject_before(s, groups, i)


def _subject_before(s: Sentence, groups: Groups, i: int) -> list[Chunk] | None:
    for group in reversed(groups):
        if group[-1].last > i:
            continue
        between = range(group[-1].last, i)
        particles = all(s.words[k].function in ("aux", "adv") or s.tokens[k].norm in QUOTES | {",", "(", ")", "-"} or k in s.time_at for k in between)
        if particles and not s.words[i].conjunction and group[0].governor == "" and can_speak(group[0].phrase):
            return group
        relative = len(between) == 1 and s.words[between[0]].function == "rel"
        return group if relative and can_speak(group[0].phrase) and group[0].governor != "gen" else None
    return None


def _no_subject(s: Sentence, i: int, content: int) -> bool:
    verb = s.verbs[i]
    person = verb.form.person if isinstance(verb, Analysis) else "3ms"
    return person in ("3ms", "3fs", "3mp") and content - i <= 8


def _links(s: Sentence, groups: Groups, i: int, report: Report, subject: list[Chunk] | None, content: int | None) -> list[Link]:
    links = [_link(s, c.phrase, i, f"subject of {report.lemma}") for c in subject or () if can_speak(c.phrase)][:3]
    limit = content if content is not None else len(s)
    if report.act == "relay" or any(slot == "عن" and "S" in roles for slot, roles in report.frame.items()):
        for group in groups:
            if i < group[0].first < max(limit, i + _REACH) and group[0].governor == "عن" and can_speak(group[0].phrase):
                links += [_link(s, c.phrase, i, f"{report.lemma} عن") for c in group]
                break
    return links


def _is_outlet(groups: Groups, link: Link, s: Sentence, outlet: str) -> bool:
    """Whether a link names the medium that publishes, which vouches for nothing it tells itself."""
    spans = ((c, s.offsets(c.first, c.last)) for g in groups for c in g)
    return bool(outlet) and any(c.phrase.entity == outlet and start <= link.span.start < end for c, (start, end) in spans)


def _told(s: Sentence, groups: Groups, i: int, content: int | None, outlet: str) -> Link | None:
    """A medium that was told the statement (`في تصريح لرويترز`, `لوكالة فرانس برس`) is the outer link."""
    limit = content if content is not None else min(len(s), i + _REACH)
    for group in groups:
        chunk = group[0]
        if i < chunk.first < limit and chunk.governor in ("ل", "مع", "الي", "علي", "ب") and kind_of(chunk.phrase) == "media":
            own = chunk.phrase.entity == outlet if outlet else False
            return None if own else _link(s, chunk.phrase, None, "the medium told")
    return None


def _attribution(s: Sentence, groups: Groups, i: int, speaker: Chain) -> Scope | None:
    """`بحسب مصادر`, `نقلا عن وكالة`, `وفقا لبيان`: vouches for its whole sentence."""
    w = s.words[i]
    known = any(a.lexeme.reports[0].act == "attribute" and a.lexeme.reports[0].pos != "n" for a in w.reports)
    if not (known or w.bare in PARTICLES) or s.verbs[i]:
        return None
    follow = next((g for g in groups if i < g[0].first <= i + 4), None)
    if follow is None or any(s.verbs[k] or s.words[k].function in ("rel", "that") for k in range(i + 1, follow[0].first)):
        return None
    links = _attributed(s, groups, follow, i, speaker)
    return Scope(0, len(s), links, None, f"attribution {w.bare}", whole=True) if links else None


def _attributed(s: Sentence, groups: Groups, follow: list[Chunk], i: int, speaker: Chain) -> Chain:
    """Who is meant behind `بحسب`: the phrase itself, or whose statement it is (`وفق تصريح الوزير`, `حسب بيان للوزارة`, `وفق قوله`)."""
    phrase = follow[0].phrase
    head = s.words[phrase.head]
    if head.keys.isdisjoint(_STATEMENTS) or phrase.label == "source":
        return tuple(_link(s, c.phrase, i, f"after {s.words[i].bare}") for c in follow if can_speak(c.phrase))
    if phrase.last - phrase.head > 1 and (s.words[phrase.head + 1].noun or s.words[phrase.head + 1].names or s.words[phrase.head + 1].article):
        inner = classify(s, phrase.head + 1, phrase.last, phrase.head + 1)
        return (_link(s, inner, i, f"statement after {s.words[i].bare}"),)
    owner = next((g for g in groups if g[0].first >= phrase.last and g[0].first - phrase.last <= 3 and g[0].governor in ("ل", "عن", "من", "")), None)
    if owner is not None and can_speak(owner[0].phrase):
        return (_link(s, owner[0].phrase, i, f"statement after {s.words[i].bare}"),)
    if speaker and head.norm.endswith(("ه", "ها", "هم")) and not head.article:
        return tuple(Link(x.span, x.kind, span(s, i, i + 1), "the speaker before") for x in speaker)
    return (_link(s, phrase, i, f"after {s.words[i].bare}"),)


def _colon(s: Sentence, groups: Groups, scopes: list[Scope]) -> Iterator[Scope]:
    """`ظريف: لم نقدم تنازلات`: a speaker before a colon at the sentence's beginning."""
    colon = next((k for k in range(1, min(len(s), 9)) if s.tokens[k].norm == ":"), None)
    if colon is None or any(sc.first <= colon + 1 and not sc.whole for sc in scopes):
        return
    group = next((g for g in groups if g[-1].last == colon and g[0].first <= 1), None)
    if group is None or group[0].phrase.label not in ("person", "role", "group", "org", "state", "media", "source", "armed") or not can_speak(group[0].phrase):
        return
    if any(s.verbs[k] for k in range(colon)):
        return
    links = tuple(_link(s, c.phrase, None, "speaker before a colon") for c in group)
    yield Scope(colon + 1, len(s), links, None, "speaker before a colon")


def act_scopes(draft: Draft) -> Iterator[Scope]:
    """The content of a speech act: asked, promised, refused, threatened or blamed on somebody, on the word of who acts."""
    s, sense = draft.sentence, draft.sense
    slots = sense.content
    if not slots or sense.type not in ("REQUEST", "AGREE", "REJECT", "THREATEN", "ACCUSE", "CONCEDE"):
        return
    start = _content_start(draft, slots)
    if start is None:
        return
    end = clause_end(s, start)
    who = tuple(_link(s, p, draft.first, f"who says {sense.lemma}") for p in draft.actors if p.sentence is s)[:2]
    rule = f"content of {sense.lemma}"
    if sense.type == "REQUEST":
        yield Scope(start, end, who, "requested", rule)
    elif sense.type in ("AGREE", "CONCEDE"):
        yield Scope(start, end, who, "planned", rule)
    elif sense.type == "REJECT":
        yield Scope(start, end, who, "denied", rule)
    elif sense.type == "THREATEN":
        yield Scope(start, end, (), None, rule, drops=True)
    elif draft.recipients and "disapprove" not in draft.modes:
        yield Scope(start, end, who, None, rule)


def _content_start(draft: Draft, slots: tuple[str, ...]) -> int | None:
    """The token where the content slot begins behind the trigger."""
    s = draft.sentence
    for k in range(draft.last, min(len(s), draft.last + _REACH)):
        w = s.words[k]
        if w.sign and s.tokens[k].norm in ".;?!":
            return None
        if w.function == "that":
            return k + 1
        if (w.function == "prep" and w.bare in slots) or (w.preposition and w.preposition in slots):
            return k if w.preposition else k + 1
        if ("o" in slots or "gen" in slots) and w.events and not s.verbs[k] and k - draft.last <= 6:
            return k
    return None


def chain(i: int, scopes: list[Scope]) -> tuple[Link, ...]:
    """The links that vouch for token `i`, from the outermost scope to the innermost; a whole-sentence attribution yields to others."""
    covering = [sc for sc in scopes if sc.links and sc.holds(i)]
    narrow = [sc for sc in covering if not sc.whole]
    chosen = sorted(narrow or covering, key=lambda sc: (sc.first, -sc.last))
    links: list[Link] = []
    for scope in chosen:
        links += [link for link in scope.links if all(link.span != old.span for old in links)]
    return tuple(links)
