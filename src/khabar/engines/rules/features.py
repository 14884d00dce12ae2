"""Features: what the grammar sees of a candidate, in names that the weight tables know."""

from __future__ import annotations

from khabar.engines.rules.context import Context
from khabar.engines.rules.draft import Draft, Link
from khabar.engines.rules.phrases import Chunk
from khabar.engines.rules.scopes import Scope
from khabar.engines.rules.sentence import STOPS, Sentence
from khabar.engines.rules.words import Analysis

_FAR = ((1, "0"), (2, "1"), (3, "2"), (5, "3"), (9, "5"), (15, "9"), (25, "15"))


def bucket(n: int) -> str:
    return next((name for limit, name in _FAR if n < limit), "25")


def few(n: int) -> str:
    return str(n) if n < 3 else "3"


def act_features(d: Draft) -> list[str]:
    """What is known of the act whatever the candidate."""
    s = d.sentence
    analysis = d.analysis
    w = s.words[d.first]
    person = analysis.form.person if analysis and d.shape == "verb" else ""
    light = s.words[d.light].helper if d.light is not None else "none"
    definite = "def" if analysis is not None and analysis.definite else "indef"
    return [d.shape, person, light, definite, "prep" + w.preposition, d.sense.type]


def pair_features(d: Draft, c: Chunk, x: Context) -> list[str]:
    """Why a phrase may be the actor, the recipient or the source of an act: position, government, class, the grammar's proposals."""
    s = d.sentence
    after = c.first >= d.last
    left, right = (d.last, c.first) if after else (c.last, d.first)
    side = "after" if after else "before"
    between_verbs = x.verbs[right] - x.verbs[left] if right > left else 0
    rank = x.free[c.first] - x.free[d.last] if after else x.free[d.first] - x.free[min(c.last, d.first)]
    label, sector = c.phrase.label or "none", c.phrase.code.partition(" ")[2] or "-"
    shape, person, light, definite, prep, kind = act_features(d)
    governor = c.governor or "free"
    if governor == "gen" and after and c.first != d.last:
        governor = "gen2"
    role = d.sense.frame.get(c.governor or ("s" if not after else "o"), "-") if d.shape == "verb" or c.governor else "-"
    gap = bucket(max(0, right - left))
    commas = few(x.commas[right] - x.commas[left]) if right > left else "0"
    acts = few(x.acts[right] - x.acts[left]) if right > left else "0"
    lemma = d.analysis.lexeme.key if d.analysis else d.sense.lemma
    where = f"{side}.{gap}"
    out = [
        where, f"{where}.{shape}", f"{side}.{shape}.{governor}", f"{side}.{kind}.{governor}", f"{side}.{governor}.{label}", f"label.{label}.{kind}",
        f"label.{label}.{side}.{shape}", f"sector.{sector}.{kind}", f"frame.{role}.{side}.{governor}", f"frame.{role}.{label}",
        f"verbs.{side}.{few(between_verbs)}",
        f"verbs.{side}.{few(between_verbs)}.{shape}.{governor}", f"rank.{side}.{few(rank)}.{governor}", f"rank.{side}.{few(rank)}.{shape}.{label}",
        f"commas.{side}.{commas}",
        f"acts.{side}.{acts}.{shape}", f"lemma.{lemma}.{side}.{governor}", f"lemma.{lemma}.{label}", f"head.{s.words[c.phrase.head].bare}.{kind}",
        f"light.{light}.{side}.{governor}", f"{person}.{side}.{governor}.{label}", f"{definite}.{side}.{governor}", f"{prep}.{side}.{governor}",
        f"zone.{s.segment.zone}.{side}.{governor}", f"first.{c.first < 3}.{side}.{shape}",
    ]  # fmt: skip
    party = x.parties[c.first] - x.parties[d.last] if after else x.parties[d.first] - x.parties[min(c.last, d.first)]
    total = x.parties[-1]
    like = x.likes.get(c.phrase.label) or x.free
    alike = like[c.first] - like[d.last] if after else like[d.first] - like[min(c.last, d.first)]
    cut = few(x.commas[right] - x.commas[left] + between_verbs) if right > left else "0"
    out += [
        f"party.{side}.{few(party)}.{shape}.{governor}", f"party.{side}.{few(party)}.{label}.{kind}", f"parties.{few(total)}.{side}.{label}",
        f"alike.{side}.{few(alike)}.{label}.{kind}",
        f"alike.{side}.{few(alike)}.{shape}.{label}.{governor}", f"cut.{side}.{cut}.{shape}.{governor}.{label}", f"lemma.{lemma}.{side}.{few(party)}",
        f"lemma.{lemma}.{side}.{governor}.{label}",
        f"passive.{d.passive}.{kind}.{side}.{governor}.{label}", f"sector.{sector}.{side}.{kind}.{governor}",
    ]  # fmt: skip
    if right > left:
        out.append(f"that.{side}.{few(x.thats[right] - x.thats[left])}")
        out.append(f"rel.{side}.{few(x.relatives[right] - x.relatives[left])}")
        if not after and right - left <= 2:
            out.append(f"touch.{s.words[left].norm if left < right else ''}.{shape}")
    if c.first == d.last:
        out.append(f"adjacent.{shape}.{kind}.{label}")
    if c.phrase.head in s.number_at:
        out.append(f"number.{kind}.{side}.{governor}")
    if d.passive:
        out.append(f"passive.{side}.{governor}.{label}")
    out += _proposals(d, c, x)
    out += _speech(d, c, x)
    out += _clause(d, c, x, side)
    out += _agreement(d, c, side, governor)
    return out


def _clause(d: Draft, c: Chunk, x: Context, side: str) -> list[str]:
    """Whether the phrase is subject or object of the verb that governs the act, or of another."""
    s = d.sentence
    carrier = x.verb_before[d.first]
    out = []
    for slot, table in (("subject", x.subjects), ("object", x.objects)):
        verb = table.get(c.first)
        if verb is None:
            continue
        a = s.verbs[verb]
        if verb == d.first:
            out += [f"own.{slot}", f"own.{slot}.{d.sense.type}.{c.phrase.label}"]
        elif verb == carrier:
            helper = s.words[verb].helper or ("says" if s.words[verb].reports else "does" if s.words[verb].events else "verb")
            lemma = a.lexeme.key if isinstance(a, Analysis) else "?"
            out += [
                f"carrier.{slot}.{helper}.{d.shape}",
                f"carrier.{slot}.{lemma}",
                f"carrier.{slot}.{d.sense.type}.{side}",
                f"carrier.{slot}.{helper}.{d.sense.type}",
            ]
        else:
            out.append(f"other.{slot}.{side}.{d.shape}")
    return out


def _agreement(d: Draft, c: Chunk, side: str, governor: str) -> list[str]:
    """Whether the act's pronoun, or its verb's gender and number, fits the phrase."""
    head = c.phrase.sentence.words[c.phrase.head]
    plural = head.plural or head.norm.endswith(("ون", "ين", "ات", "وا"))
    gender = "f" if head.norm.endswith(("ه", "اء")) or head.norm.endswith("ات") else "p" if plural else "m"
    if d.analysis is None:
        return []
    pronoun = d.analysis.split.pronoun or "-"
    person = d.analysis.form.person if d.shape in ("verb", "circumstance") else "noun"
    return [
        f"pronoun.{pronoun}.{gender}.{side}.{governor}",
        f"pronoun.{pronoun}.{c.phrase.label}.{side}.{d.shape}",
        f"agree.{person}.{gender}.{side}.{governor}",
    ]


def _proposals(d: Draft, c: Chunk, x: Context) -> list[str]:
    """What the grammar proposed for this phrase: its role for this act, and for the other acts of the sentence."""
    out = []
    for other, role in x.roles.get(c.first, ()):
        if other is d:
            rule = next((r for f, r in d.why if f == ("actors" if role == "A" else "recipients")), "")
            out += [f"rule.{role}", f"rule.{role}.{rule}", f"rule.{role}.{d.sense.type}"]
        else:
            order = "prior" if other.first < d.first else "later"
            same = "same" if other.sense.type == d.sense.type else "other"
            out += [f"role.{role}.{order}.{same}", f"role.{role}.{order}.{other.sense.type}.{d.sense.type}", f"role.{role}.{order}.{d.shape}"]
            if other.sense.content and other.first < d.first:
                out.append(f"speech.{role}.{other.sense.type}")
    if not any(other is d for other, _ in x.roles.get(c.first, ())):
        out.append(f"unproposed.{bool(d.actors)}.{bool(d.recipients)}")
    return out


def _speech(d: Draft, c: Chunk, x: Context) -> list[str]:
    scopes = x.speaks.get(c.first)
    if not scopes:
        return ["silent"]
    out = ["speaker"]
    for scope in scopes:
        place = "in" if scope.holds(d.first) else "out"
        kind = scope.rule.split(" ")[0]
        out += [f"scope.{place}.{kind}.{scope.whole}", f"scope.{place}.{scope.rule}", f"scope.{place}.{kind}.{d.sense.type}"]
        later = sum(1 for o in x.scopes if o is not scope and o.links and o.holds(d.first) and o.first > scope.first)
        out.append(f"scope.{place}.{kind}.inner{few(later)}")
        if place == "out":
            out.append(f"scope.out.{'before' if d.first < scope.first else 'after'}.{kind}.{bucket(abs(d.first - scope.first))}")
    return out


def carried_features(d: Draft, x: Context, how: str, link: Link) -> list[str]:
    """Why the speaker of an earlier sentence may still vouch for an act."""
    s = d.sentence
    covering = any(sc.links and sc.holds(d.first) for sc in x.scopes)
    opener = s.words[0]
    speaks = any(sc.links for sc in x.scopes)
    begin = opener.function or ("verb" if s.verbs[0] else "noun")
    inside = (x.quotes[d.first] + (how == "quote")) % 2 == 1
    again = [sc for sc in x.scopes if any(known.span == link.span for known in sc.links)]
    told = "in" if any(sc.holds(d.first) for sc in again) else "out" if again else "no"
    inner = few(sum(1 for sc in x.scopes if sc.links and sc.holds(d.first)))
    own = not x.told.isdisjoint(s.words[d.first].keys)
    echo = "own" if own else "other" if any(not x.told.isdisjoint(s.words[o.first].keys) for o in x.drafts) else "none"
    first = next((k for k in range(min(4, len(s))) if s.verbs[k]), None)
    tense = s.verbs[first] if first is not None else None
    form = tense.form.kind + tense.split.particle if isinstance(tense, Analysis) else "none"
    return [
        f"{how}.echo.{echo}.{speaks}", f"{how}.echo.{echo}.{form}.{bool(opener.conjunction)}", f"{how}.form.{form}.{d.status}",
        f"{how}.status.{d.status}.{echo}",
        f"{how}.told.{told}", f"{how}.told.{told}.{inner}", f"{how}.told.{told}.{link.kind}", *(f"{how}.told.{told}.{sc.rule}" for sc in again),
        how, f"{how}.covered.{covering}", f"{how}.speaks.{speaks}", f"{how}.begin.{begin}.{bool(opener.conjunction)}", f"{how}.opener.{opener.norm}",
        f"{how}.inside.{inside}", f"{how}.{d.sense.type}", f"{how}.zone.{s.segment.zone}", f"{how}.quotes.{few(x.quotes[-1])}",
    ]  # fmt: skip


def trigger_features(d: Draft, drafts: list[Draft], topic: list[str]) -> list[str]:
    """Why a word that can name an act may name one here."""
    s, i = d.sentence, d.first
    before = s.words[i - 1] if i else None
    after = s.words[d.last] if d.last < len(s) else None
    lemma = d.analysis.lexeme.key if d.analysis else d.sense.lemma
    shape, person, light, definite, prep, kind = act_features(d)
    left = before.norm if before else "^"
    right = after.norm if after else "$"
    grammar = _grammar_of(s, i - 1)
    behind = _grammar_of(s, d.last)
    phrase = d.sense.pos == "x"
    loose = [f"loose.{kind}", f"loose.{lemma}", f"loose.{shape}.{definite}", f"loose.{bool(d.sense.when)}"] if d.loose else ["strict", f"strict.{lemma}"]
    return [
        *loose,
        f"lemma.{lemma}", f"lemma.{lemma}.{definite}", f"kind.{kind}", f"kind.{kind}.{shape}", f"kind.{kind}.{definite}.{shape}", f"left.{left}",
        f"right.{right}",
        f"lemma.{lemma}.left.{before.bare if before else '^'}", f"lemma.{lemma}.right.{after.bare if after else '$'}", f"grammar.{grammar}.{shape}",
        f"behind.{behind}.{shape}",
        f"grammar.{grammar}.{kind}.{definite}", f"behind.{behind}.{kind}.{definite}", f"light.{light}.{kind}", f"person.{person}",
        f"prep.{prep}.{shape}.{definite}",
        f"zone.{s.segment.zone}.{kind}", f"phrase.{phrase}.{kind}", f"alone.{few(len(drafts))}", f"conditions.{len(d.sense.when)}",
        f"plural.{lemma}.{s.words[i].norm.endswith('ات')}",
        f"toll.{d.toll}.{d.kills}.{shape}.{d.passive}", f"acts.{few(sum(o.sense.type == 'ASSAULT' for o in drafts))}.{d.toll}", *(f"{t}.{kind}" for t in topic),
    ]  # fmt: skip


def _grammar_of(s: Sentence, i: int) -> str:
    if i < 0 or i >= len(s):
        return "edge"
    w = s.words[i]
    if w.sign:
        return "stop" if w.norm in STOPS else "sign"
    if w.function:
        return w.function
    if s.verbs[i]:
        return "helper" if w.helper else "verb"
    if i in s.name_at:
        return "name"
    if i in s.place_at:
        return "place"
    if w.noun:
        return w.noun.label + (".def" if w.article else "")
    return "act" if w.events else "def" if w.article else "word"


def status_features(d: Draft, x: Context, scopes: list[Scope], proposed: str) -> list[str]:
    """What speaks for one status or another."""
    s, i = d.sentence, d.first
    shape, _, light, definite, prep, kind = act_features(d)
    tense = d.analysis.form.kind if d.analysis and d.shape == "verb" else "none"
    particle = d.analysis.split.particle if d.analysis else ""
    out = [
        f"rule.{proposed}", f"rule.{proposed}.{kind}", f"kind.{kind}", f"shape.{shape}.{tense}.{particle}", f"prep.{prep}.{definite}", f"light.{light}",
        f"zone.{s.segment.zone}.{tense}", f"lemma.{d.analysis.lexeme.key if d.analysis else d.sense.lemma}", f"def.{definite}.{shape}",
    ]  # fmt: skip
    for k in range(max(0, i - 3), i):
        w = s.words[k]
        out += [f"near.{w.bare}", f"near.{w.norm}.{i - k}"]
    if d.last < len(s):
        out.append(f"next.{s.words[d.last].norm}")
    verb = next((k for k in range(i - 1, max(-1, i - 10), -1) if s.verbs[k]), None)
    if verb is not None:
        a = s.verbs[verb]
        lemma = a.lexeme.key if isinstance(a, Analysis) else "?"
        kind_of = a.form.kind + a.split.particle if isinstance(a, Analysis) else "?"
        out += [f"verb.{lemma}", f"tense.{kind_of}.{shape}", f"neg.{s.words[verb - 1].norm if verb else '^'}.{kind_of}"]
    if d.light is not None:
        a = s.verbs[d.light]
        out += [f"carrier.{a.lexeme.key if isinstance(a, Analysis) else '?'}", f"carrier.{a.form.kind + a.split.particle if isinstance(a, Analysis) else '?'}"]
    for sc in scopes:
        if sc.status and sc.holds(i):
            out += [f"scope.{sc.status}", f"scope.{sc.rule}", f"scope.{sc.status}.{bucket(i - sc.first)}"]
    return out


def setting_features(d: Draft, c: Chunk, x: Context, proposed: bool, locative: str, reported: bool) -> list[str]:
    """Why a place or time expression may be that of an act: as for a phrase, and what the grammar makes of it."""
    kind = d.sense.type
    nearest = _nearest(d, c, x)
    sole = len(x.drafts) == 1
    return [
        *pair_features(d, c, x), f"proposed.{proposed}", f"proposed.{proposed}.{kind}", f"locative.{locative}.{kind}",
        f"locative.{locative}.{c.first > d.first}",
        f"reported.{reported}", f"nearest.{nearest}.{c.first > d.first}", f"nearest.{nearest}.{locative}", f"sole.{sole}.{c.first > d.first}",
        f"label.{c.phrase.label}.{locative}",
    ]  # fmt: skip


def _nearest(d: Draft, c: Chunk, x: Context) -> int:
    """How many acts stand nearer to the phrase than this one, at most three."""
    distance = abs(c.first - d.first)
    return min(3, sum(abs(c.first - o.first) < distance for o in x.drafts))


def event_features(a: Draft, b: Draft, evidence: dict[str, float], between: int) -> list[str]:
    """Why two mentions of one type may tell of one act; `a` stands first. `between` mentions of the type stand between them."""
    gap = b.position[0] - a.position[0]
    kind = a.sense.type
    title = a.sentence.segment.zone == "headline"
    out = [f"kind.{kind}", f"gap.{few(gap)}", f"gap.{bucket(gap)}.{kind}", f"title.{title}.{few(between)}", f"between.{few(between)}", f"title.{title}.{kind}"]
    out += [f"status.{a.status}.{b.status}", f"status.{a.status == b.status}.{kind}", f"shape.{a.shape}.{b.shape}"]
    definite = b.analysis is not None and b.analysis.definite
    out += [f"definite.{definite}.{b.shape}", f"sources.{bool(a.sources)}.{bool(b.sources)}"]
    for name, value in evidence.items():
        out += [f"{name}.{value:g}", f"{name}.{value:g}.{kind}", f"{name}.{value:g}.{definite}.{b.shape}"]
    stem = f"{evidence['stem']:g}.{evidence['conflict']:g}"
    out += [
        f"stem.{stem}.{definite}",
        f"stem.{stem}.{title}",
        f"stem.{stem}.gap{few(gap)}",
        f"stem.{stem}.share{evidence['actors']:g}{evidence['recipients']:g}{evidence['places']:g}",
    ]
    return out
