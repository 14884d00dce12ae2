"""Participants: who acts and who suffers, from the frame of the trigger, word order, class and clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from khabar.engines.rules.draft import Draft, Phrase
from khabar.engines.rules.phrases import Chunk, classify, described, is_conjunct
from khabar.engines.rules.sentence import QUOTES, Sentence
from khabar.engines.rules.words import Analysis

_FORCE = frozenset(("armed", "state", "org", "group"))
_SUFFERING = frozenset(("person", "people", "place", "placeword", "thing"))
_AGENTIVE = ("من قبل", "من طرف", "من جانب", "علي يد", "علي ايدي")
_REACH = 14
_TRANSITIVE = frozenset(("ASSAULT", "COERCE", "SANCTION", "AID"))
DOER = "whose step or decision the act is"
_DOING = frozenset(("خطوه", "قيام", "اقدام", "قرار", "مبادره", "شروع", "محاوله"))
_GATHER = frozenset(("جمع", "ضم", "حضر", "شارك"))
Groups = list[list[Chunk]]


def grouped(s: Sentence, found: Sequence[Chunk]) -> Groups:
    """Phrases joined by `و` put together, in text order."""
    groups: Groups = []
    for chunk in found:
        if groups and is_conjunct(s, groups[-1][-1], chunk) and _alike(groups[-1][0].phrase, chunk.phrase):
            groups[-1].append(chunk)
        else:
            groups.append([chunk])
    return groups


def _alike(a: Phrase, b: Phrase) -> bool:
    """Whether two joined phrases can share a role: things that act or people with their like, places with places."""
    acting = frozenset(("person", "role", "group", "org", "armed", "state", "source", "people", "media"))
    return a.label == b.label or (a.label in acting and b.label in acting) or not a.label or not b.label


def assign(draft: Draft, groups: Groups, clause: tuple[int, int]) -> None:
    """Fill actors and recipients of a draft from the phrases of its clause (tokens `clause[0]` to `clause[1]`)."""
    inside = [g for g in groups if clause[0] <= g[0].first and g[0].last <= clause[1]]
    if draft.shape == "verb":
        _verb(draft, inside)
    elif draft.shape in ("circumstance", "adjective"):
        _participle(draft, inside)
    else:
        _noun(draft, inside)
    _prepositions(draft, inside)


def _add(draft: Draft, roles: str, group: Iterable[Chunk], rule: str) -> None:
    for chunk in group:
        role = _role(roles, chunk.phrase)
        target = draft.actors if role == "A" else draft.recipients if role == "R" else None
        if target is not None and chunk.phrase not in target and len(target) < 6:
            target.append(chunk.phrase)
            draft.because("actors" if role == "A" else "recipients", rule)


def _role(roles: str, phrase: Phrase) -> str:
    """The one of several possible roles that suits a phrase: forces act, people and places suffer."""
    if len(roles) == 1:
        return roles
    if "P" in roles and phrase.label in ("place", "placeword"):
        return "P"
    if "C" in roles and not phrase.label:
        return "C"
    if "A" in roles and "R" in roles:
        return "A" if phrase.label in _FORCE or phrase.label in ("role", "media") else "R"
    return next((r for r in roles if r in "AR"), roles[0])


def _free(group: list[Chunk]) -> bool:
    return group[0].governor == ""


def _after(draft: Draft, groups: Groups) -> Groups:
    return [g for g in groups if g[0].first >= draft.last and g[0].first - draft.last < _REACH]


def subject_before(draft: Draft, groups: Groups, at: int) -> list[Chunk] | None:
    """The phrase that stands as subject before a verb (`الجيش قصف`): nothing but particles between them."""
    s = draft.sentence
    for group in reversed(groups):
        if group[-1].last > at:
            continue
        between = range(group[-1].last, at)
        plain = all(s.words[k].function in ("aux", "adv", "neg") or s.tokens[k].norm in QUOTES | {",", ")", "("} or k in s.time_at for k in between)
        if not plain or not _free(group):
            return None
        start = group[0].first
        before = s.words[start - 1] if start else None
        if any(s.tokens[k].norm == "," for k in between) and not _plural_verb(draft) and not (before and before.function == "that"):
            return None
        return group
    return None


def _plural_verb(draft: Draft) -> bool:
    return draft.analysis is not None and draft.analysis.form.person.startswith("3mp")


def _verb(draft: Draft, groups: Groups) -> None:
    s, frame = draft.sentence, draft.sense.frame
    before = subject_before(draft, groups, draft.first)
    free = [g for g in _after(draft, groups) if _free(g) and not _verb_between(s, draft.last, g[0].first)]
    relative = _relative_head(draft, groups) if before is None else None
    if _passive(draft, before or relative, free):
        draft.passive = True
        suffering = before or relative or (free[0] if free else [])
        _add(draft, "R" if "R" in frame.get("o", "R") else frame.get("o", "R"), suffering, "passive subject")
        return
    if before is not None and not (_plural_verb(draft) is False and False):
        _add(draft, frame.get("s", ""), before, "subject before the verb") if "s" in frame else None
        rest = free
    elif relative is not None:
        _add(draft, frame.get("s", "A"), relative, "head of the relative clause")
        rest = free
    elif len(free) == 1 and _inanimate(free[0][0].phrase) and "o" in frame and set(frame["o"]) & set("RPC") and draft.sense.type != "CONSULT":
        rest = free
    else:
        inflected = draft.analysis is not None and (draft.analysis.form.person in ("3mp", "1p", "1s") or bool(draft.analysis.split.pronoun and not free))
        if free and not inflected:
            _add(draft, frame.get("s", "A"), free[0], "subject after the verb")
        rest = free if inflected else free[1:]
    if rest and "o" in frame and not (draft.analysis and draft.analysis.split.pronoun):
        _add(draft, frame["o"], rest[0], "object of the verb")


def _inanimate(phrase: Phrase) -> bool:
    """A lone phrase behind a verb that cannot well be its subject: a place or a thing, no known name."""
    s = phrase.sentence
    return phrase.label in ("place", "placeword", "thing", "") and phrase.head not in s.name_at and not phrase.entity


def _verb_between(s: Sentence, first: int, last: int) -> bool:
    return any(s.verbs[k] or s.words[k].function in ("that", "rel", "conj") for k in range(first, last))


def _relative_head(draft: Draft, groups: Groups) -> list[Chunk] | None:
    """The phrase a relative clause belongs to (`الميليشيات التي هاجمت`)."""
    s = draft.sentence
    k = draft.first - 1
    while k >= 0 and s.words[k].function in ("aux", "adv"):
        k -= 1
    if k < 0 or s.words[k].function != "rel":
        return None
    return next((g for g in groups if g[-1].last == k or (g[-1].last == k - 1 and s.tokens[k - 1].norm in {",", '"'})), None)


def _passive(draft: Draft, before: list[Chunk] | None, free: Groups) -> bool:
    """Whether an undiacritised verb is passive here: its spelling, an agent phrase, or a sufferer where the subject should stand."""
    if draft.passive:
        return True
    analysis = draft.analysis
    if analysis is None or analysis.form.voice == "active" or draft.sense.type not in _TRANSITIVE or "R" not in draft.sense.frame.get("o", ""):
        return False
    if analysis.split.pronoun or analysis.form.person in ("1p", "1s"):
        return False
    if before is not None:
        return not free and _suffers(before[0].phrase) and not _forces(before)
    if len(free) >= 2 and free[1][0].first - free[0][-1].last <= 2:
        return False
    return bool(free) and analysis.form.person not in ("3mp",) and _suffers(free[0][0].phrase)


def _forces(group: list[Chunk]) -> bool:
    return any(c.phrase.label in _FORCE for c in group)


def _suffers(phrase: Phrase) -> bool:
    """Whether a phrase is more likely a victim than an agent: a number of people, civilians, a place."""
    s = phrase.sentence
    return phrase.label in _SUFFERING or phrase.head in s.number_at or phrase.first in s.number_at or phrase.code.endswith("CVL")


def _participle(draft: Draft, groups: Groups) -> None:
    """A circumstantial participle shares the subject of the clause before it; its object stands after it."""
    frame = draft.sense.frame
    free = [g for g in _after(draft, groups) if _free(g)]
    if free and "o" in frame and free[0][0].first - draft.last <= 1:
        _add(draft, frame["o"], free[0], "object of the participle")


def _noun(draft: Draft, groups: Groups) -> None:
    s, frame = draft.sentence, draft.sense.frame
    after = _after(draft, groups)
    doer = _doer(draft, groups)
    behind = described(s, draft).stop
    if (
        after
        and after[0][0].first == behind
        and after[0][0].governor == "gen"
        and "gen" in frame
        and not (behind > draft.last and not after[0][0].phrase.label)
    ):
        group = after[0]
        _add(draft, "R" if doer and "R" in frame["gen"] else frame["gen"], group, "genitive of the noun")
        if len(after) > 1 and "A" in _role(frame["gen"], group[0].phrase) and after[1][0].governor in ("", "gen") and after[1][0].first == group[-1].last:
            _add(draft, "R", after[1], "object of the verbal noun")
    elif after and after[0][0].first == behind and s.words[behind].country and s.words[behind].noun is None:
        _add(draft, "A", after[0][:1], "adjective of origin")
    if doer and not draft.actors:
        _add(draft, "A", doer, DOER)
    if draft.light is not None:
        _light(draft, groups)
    else:
        _relative(draft, groups)


def _doer(draft: Draft, groups: Groups) -> list[Chunk] | None:
    """`خطوة الولايات المتحدة باستهداف`, `قيام الجيش بقصف`: the phrase before an act with `ب`, headed by a word for doing."""
    s = draft.sentence
    if s.words[draft.first].preposition != "ب":
        return None
    group = next((g for g in groups if g[-1].last == draft.first), None)
    if group is None:
        return None
    first, last = group[0].first, group[0].last
    if not _DOING.isdisjoint(s.words[first].keys) and last - first > 1:
        return [Chunk.of(classify(s, first + 1, last, first + 1), "gen"), *group[1:]]
    return group if first > 0 and not _DOING.isdisjoint(s.words[first - 1].keys) else None


def _light(draft: Draft, groups: Groups) -> None:
    """The subject of the helping verb is the actor, or what the act is done to where the verb is a passive one."""
    s, light = draft.sentence, draft.light
    assert light is not None
    if s.words[light].helper not in ("light", "try", "plan", "begin", "fail"):
        return
    between = [g for g in groups if light < g[0].first and g[-1].last <= draft.first and _free(g)]
    subject = between[0] if between else subject_before(draft, groups, light)
    if subject is not None and not draft.actors:
        _add(draft, "A", subject, "subject of the helping verb")


def _relative(draft: Draft, groups: Groups) -> None:
    """`الهجوم الذي شنته القوات`, `اجتماع ضم الوزيرين`, `عقوبات تفرضها واشنطن`: whom the clause that describes the act names."""
    s = draft.sentence
    start = described(s, draft).stop
    verb = start + 1 if start < len(s) and s.words[start].function == "rel" else start
    analysis = s.verbs[verb] if verb < len(s) else None
    if not isinstance(analysis, Analysis) or draft.actors:
        return
    subject = next((g for g in groups if 0 < g[0].first - verb <= 3 and _free(g)), None)
    if subject is None:
        return
    if not s.words[verb].lemmas.isdisjoint(_GATHER):
        _add(draft, "A", subject, "whom the act brings together")
    elif analysis.split.pronoun or (s.words[verb].helper == "light" and any(s.words[k].function == "pp" for k in range(verb, subject[0].first))):
        _add(draft, "A", subject, "subject of the relative clause")


def _prepositions(draft: Draft, groups: Groups) -> None:
    frame = draft.sense.frame
    for group in _after(draft, groups):
        governor = group[0].governor
        if governor in _AGENTIVE:
            _add(draft, "A", group, f"agent after {governor}")
        elif governor and governor != "gen" and governor in frame:
            _add(draft, frame[governor], group, f"after {governor}")


def inherit(drafts: Sequence[Draft]) -> None:
    """A verb without a subject of its own, or a participle, takes the actors of the act before it in the sentence."""
    previous: Draft | None = None
    for draft in drafts:
        if previous is not None and previous.actors and _takes_up(draft, previous):
            draft.actors.extend(previous.actors)
            draft.because("actors", "subject of the verb before")
        previous = draft if draft.actors or draft.shape == "verb" else previous


def _takes_up(draft: Draft, previous: Draft) -> bool:
    """Whether an act without a subject of its own stands for one by its form: a participle, or a verb after a verb."""
    open_ = previous.sentence is draft.sentence and not draft.actors and not draft.passive and not draft.toll
    return open_ and (draft.shape == "circumstance" or (draft.shape == "verb" and previous.shape == "verb"))


def control(drafts: Sequence[Draft]) -> None:
    """What is asked is to be done by whom it is asked of, what is promised, refused or planned by who promises, refuses or plans."""
    for speech in drafts:
        for slot_act in _controlled(speech, drafts):
            who = speech.recipients if speech.sense.type in ("REQUEST", "ACCUSE") else speech.actors
            if who and not slot_act.actors and slot_act.shape == "noun":
                slot_act.actors.extend(p for p in who if p not in slot_act.recipients)
                if slot_act.actors:
                    slot_act.because("actors", f"controlled by {speech.sense.lemma}")


def _controlled(speech: Draft, drafts: Sequence[Draft]) -> Iterable[Draft]:
    """The acts inside the content of a speech act: the first one behind its content slot, and those joined to it."""
    if not speech.sense.content:
        return
    s = speech.sentence
    for d in drafts:
        if d is speech or d.sentence is not s or d.first <= speech.last:
            continue
        if d.first - speech.last > _REACH or any(s.verbs[k] or s.words[k].function in ("rel",) for k in range(speech.last, d.first)):
            return
        yield d
