/** The article view: the text with its evidence, the list of mentions, and who says what, chosen by mouse or keys on either side. */
import { Cards, selecting } from "./cards.ts";
import { Deciding, KINDS, isolated } from "./deciding.ts";
import { type Choice, PARTS, type Part, type Piece, type Told, type Voice, after, choicesAt, links, linksOf, pieces, same, stepped, visible, voices } from "./evidence.ts";
import { ShownText } from "./highlight.ts";
import { Lights } from "./lights.ts";
import { Lines } from "./lines.ts";
import { type Shared, isTyping, make, pageData, texts } from "./page.ts";

interface ArticleData {
  readonly article: { readonly id: string; readonly outlet: string | null };
  readonly mentions: readonly Told[];
}

const WIDE = matchMedia("(min-width: 60rem)");
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

class ArticleView {
  private readonly t: ReturnType<typeof texts>;
  private readonly mentions: readonly Told[];
  private readonly pieces: readonly Piece[];
  private readonly voices: readonly Voice[];
  private readonly text: ShownText;
  private readonly lights: Lights;
  private readonly lines: Lines;
  private readonly cards: Cards;
  private readonly deciding: Deciding | null;
  private readonly off = new Set<Part>();
  private readonly status = make("p", { class: "told", role: "status" });
  private readonly sheet: HTMLElement;
  private readonly filters: HTMLElement;
  private wanted: string | null = null;
  private choice: Choice | null = null;

  constructor(private readonly shared: Shared & ArticleData, root: HTMLElement) {
    this.t = texts(shared);
    this.mentions = shared.mentions;
    this.pieces = pieces(this.mentions);
    this.voices = voices(this.mentions);
    this.text = new ShownText(root);
    this.lights = new Lights(this.text, this.pieces);
    this.lines = new Lines(this.text, root.parentElement as HTMLElement);
    const section = document.getElementById("mentions") as HTMLElement;
    this.cards = new Cards(section, this.t, { mention: (at) => this.choose({ kind: "mention", at }), voice: (span) => this.chooseSpan(span) });
    this.deciding = shared.can.review ? this.decider() : null;
    this.sheet = this.makeSheet();
    this.filters = this.makeFilters();
    if (this.mentions.length > 0) section.querySelector("h2")?.after(this.sheet, this.filters);
    this.legend();
    this.listen();
    this.refresh();
    this.fromAddress();
  }

  /** Choose an event or a source, or with null let go of what is chosen. */
  choose(choice: Choice | null, more = ""): void {
    if (choice && !this.of(choice).every((i) => this.listed(i))) this.filter(null);
    this.choice = choice;
    this.refresh();
    const mention = this.mention();
    history.replaceState(null, "", mention ? `#${mention.id}` : location.pathname + location.search);
    this.say([this.described(), more].filter(Boolean).join(" "));
    if (choice) this.reveal(choice);
  }

  private mention(): Told | null {
    return this.choice?.kind === "mention" ? this.mentions[this.choice.at] ?? null : null;
  }

  private voice(): Voice | null {
    return this.choice?.kind === "voice" ? this.voices[this.choice.at] ?? null : null;
  }

  /** The mentions that a choice lights: one, or all that rest on a source and are not rejected. */
  private of(choice: Choice | null): readonly number[] {
    if (choice?.kind === "mention") return [choice.at];
    return (choice ? this.voices[choice.at]?.mentions ?? [] : []).filter((i) => !this.rejected(i));
  }

  private rejected(at: number): boolean {
    return (this.deciding?.state(at)?.standing ?? this.mentions[at]?.standing) === "rejected";
  }

  private listed(at: number): boolean {
    return this.wanted === null || this.mentions[at]?.status === this.wanted;
  }

  /** Rejected mentions keep their card, but the text does not show their evidence until they are chosen. */
  private counted(at: number): boolean {
    return this.listed(at) && !this.rejected(at);
  }

  private refresh(): void {
    const [mention, voice, choice] = [this.mention(), this.voice(), this.choice];
    const lit = choice && new Set(this.of(choice));
    const quotes = [...(lit ?? [])].map((i) => this.mentions[i]?.quote ?? [0, 0]).map(([start, end]) => ({ start, end }));
    const resting = voice && lit ? { ...voice, mentions: [...lit] } : null;
    this.lights.show({ off: this.off, listed: (i) => this.counted(i), lit, quotes });
    this.lines.show(mention ? links(mention) : resting ? linksOf(resting, this.mentions) : [], mention ? [mention.trigger] : voice ? [voice] : []);
    this.cards.choose(mention && choice ? choice.at : null, voice ? lit : null, voice ? `${voice.start}:${voice.end}` : null);
    this.sheet.classList.toggle("idle", choice === null);
    this.placeBar();
  }

  /** The buttons that decide stand in the chosen card; on a phone, where that is out of sight, in the sheet. */
  private placeBar(): void {
    if (!this.deciding) return;
    const card = this.choice?.kind === "mention" ? this.cards.card(this.choice.at) : null;
    const [bar, place] = [this.deciding.bar, card && (WIDE.matches ? card : this.sheet)];
    if (!place) bar.remove();
    else if (bar.parentElement !== place) place.append(bar); // moved only when it must be: moving takes the focus away
  }

  private described(): string {
    const [mention, voice] = [this.mention(), this.voice()];
    if (voice) return this.t("script.article.rests", { n: this.of(this.choice).length, name: this.quoted(voice.text) });
    if (!mention || !this.choice) return this.t("script.article.hint");
    const named = { n: this.choice.at + 1, all: this.mentions.length, type: this.t(`type.${mention.type}`), status: this.t(`status.${mention.status}`), words: this.quoted(mention.trigger.text) };
    return `${this.t("script.article.event", named)} ${this.chain(mention)}`;
  }

  private chain(mention: Told): string {
    const outlet = this.shared.article.outlet ? isolated(visible(this.shared.article.outlet, this.shared.controls)) : this.t("script.article.outlet");
    if (mention.sources.length === 0) return `${this.t("part.sources")}: ${outlet} ${this.t("script.article.alone")}.`;
    return `${this.t("part.sources")}: ${[outlet, ...mention.sources.map((s) => this.quoted(s.text))].join(` ${this.t("script.article.citing")} `)}.`;
  }

  private quoted(words: string): string {
    return isolated(visible(words, this.shared.controls));
  }

  private say(words: string): void {
    this.status.textContent = words;
  }

  private reveal(choice: Choice): void {
    const first = this.of(choice)[0];
    if (first !== undefined) this.cards.reveal(first);
    const [top, bottom] = [innerHeight * 0.12, innerHeight * (WIDE.matches ? 0.88 : 0.6)];
    const box = this.extent(choice, bottom - top);
    if (box === null || (box.top >= top && box.bottom <= bottom)) return;
    const room = Math.max((bottom - top - (box.bottom - box.top)) / 3, 0);
    scrollTo({ top: scrollY + box.top - top - room, behavior: CALM.matches ? "auto" : "smooth" });
  }

  /** Where the trigger and those who tell it stand on the screen, or where the trigger (the source) does if all that is higher than the room for it. */
  private extent(choice: Choice, room: number): { readonly top: number; readonly bottom: number } | null {
    const mention = this.mention();
    const chain = mention ? [mention.trigger, ...mention.sources] : [this.voices[choice.at], ...this.of(choice).map((i) => this.mentions[i]?.trigger)];
    const boxes = chain.flatMap((span) => (span ? this.text.boxes(span).slice(0, 1) : []));
    const [top, bottom] = [Math.min(...boxes.map((b) => b.top)), Math.max(...boxes.map((b) => b.bottom))];
    return bottom - top <= room && boxes.length > 0 ? { top, bottom } : boxes[0] ?? null;
  }

  private chooseSpan(span: string): void {
    const at = this.voices.findIndex((v) => `${v.start}:${v.end}` === span);
    if (at >= 0) this.choose({ kind: "voice", at });
  }

  private clickText(event: MouseEvent): void {
    if (selecting() || event.button !== 0) return;
    const all = this.pieces.filter((p) => !this.off.has(p.part) && this.counted(p.mention));
    const point = this.text.pointsAt(event.clientX, event.clientY).find((p) => choicesAt(p, all, this.voices).length > 0);
    if (point === undefined) return;
    const found = choicesAt(point, all, this.voices);
    const next = after(found, this.choice);
    const more = found.length > 1 ? this.t("script.article.more", { n: found.findIndex((c) => same(c, next)) + 1, all: found.length }) : "";
    this.choose(next, more);
  }

  private step(by: 1 | -1): void {
    const shown = this.mentions.map((_, i) => i).filter((i) => this.listed(i));
    const at = stepped(shown, this.choice?.kind === "mention" ? this.choice.at : this.cards.focused(), by);
    if (at === null) return;
    this.choose({ kind: "mention", at });
    if (WIDE.matches) this.cards.focus(at);
    else this.sheet.focus({ preventScroll: true });
  }

  private nextVoice(by: 1 | -1): void {
    if (this.voices.length === 0) return this.say(this.t("script.article.no_sources"));
    const now = this.choice?.kind === "voice" ? this.choice.at : by > 0 ? -1 : 0;
    this.choose({ kind: "voice", at: (now + by + this.voices.length) % this.voices.length });
  }

  private open(): void {
    const at = this.cards.focused();
    if (at === null) return;
    if (this.choice?.kind !== "mention" || this.choice.at !== at) this.choose({ kind: "mention", at });
    else this.cards.card(at)?.querySelector<HTMLAnchorElement>("h3 a")?.click();
  }

  private key(event: KeyboardEvent): void {
    if (event.defaultPrevented || isTyping(event)) return;
    const arrows = this.cards.focused() !== null || document.activeElement === this.sheet;
    const does: Readonly<Record<string, (() => void) | false | undefined>> = {
      j: () => this.step(1), k: () => this.step(-1), ArrowDown: arrows && (() => this.step(1)), ArrowUp: arrows && (() => this.step(-1)),
      Enter: this.cards.focused() !== null && (() => this.open()), s: () => this.nextVoice(1), S: () => this.nextVoice(-1), Escape: this.choice !== null && (() => this.choose(null)),
    };
    const act = does[event.key] || this.deciderKey(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  }

  private deciderKey(key: string): (() => void) | undefined {
    const deciding = this.deciding;
    if (!deciding) return undefined;
    if (key === "z") return () => void deciding.undo();
    const kind = key === "a" || key === "r" || key === "u" ? KINDS[key] : undefined;
    return kind && this.choice?.kind === "mention" ? () => void deciding.decide(kind) : undefined;
  }

  private decider(): Deciding {
    const source = document.querySelector<HTMLAnchorElement>('.formats a[href$=".json"]')?.getAttribute("href") ?? `${location.pathname}.json`;
    return new Deciding(this.shared, this.mentions, source, {
      t: this.t, say: (words) => this.say(words), chosen: () => (this.choice?.kind === "mention" ? this.choice.at : null),
      changed: (at, now) => {
        this.cards.stand(at, now);
        this.refresh();
      },
    });
  }

  private makeSheet(): HTMLElement {
    const button = (key: string, sign: string, act: () => void): HTMLButtonElement => {
      const b = make("button", { type: "button", class: `sheet-${key}`, "aria-label": this.t(`script.article.${key}`), title: this.t(`script.article.${key}`) }, make("span", { "aria-hidden": "true" }, sign));
      b.addEventListener("click", act);
      return b;
    };
    const steps = make("div", { class: "steps" }, button("previous", "↑", () => this.step(-1)), button("next", "↓", () => this.step(1)), button("card", "☰", () => this.toCard()), button("close", "×", () => this.choose(null)));
    this.status.textContent = this.t("script.article.hint");
    return make("div", { class: "sheet idle", tabindex: -1 }, this.status, steps);
  }

  private toCard(): void {
    const at = this.of(this.choice)[0];
    const card = at === undefined ? null : this.cards.card(at);
    card?.scrollIntoView({ block: "start", behavior: CALM.matches ? "auto" : "smooth" });
    card?.focus({ preventScroll: true });
  }

  /** Buttons that list the mentions of one status; where all have the same there is nothing to choose. */
  private makeFilters(): HTMLElement {
    const statuses = [...new Set(this.mentions.map((m) => m.status))];
    const row = make("div", { class: "by-status", role: "group", "aria-label": this.t("script.article.by_status") });
    if (statuses.length < 2) return row;
    for (const status of [null, ...statuses]) {
      const n = status === null ? this.mentions.length : this.mentions.filter((m) => m.status === status).length;
      const button = make("button", { type: "button", class: status && `status status-${status}`, "data-status": status ?? "", "aria-pressed": String(status === null) }, this.t(status === null ? "script.article.all" : `status.${status}`), " ", make("span", { class: "n" }, String(n)));
      button.addEventListener("click", () => {
        this.filter(status);
        this.say(this.t("script.article.listed", { n, all: this.mentions.length }));
      });
      row.append(button);
    }
    return row;
  }

  private filter(status: string | null): void {
    this.wanted = status;
    for (const b of this.filters.querySelectorAll<HTMLElement>("button")) b.setAttribute("aria-pressed", String(b.dataset["status"] === (status ?? "")));
    this.cards.only((i) => this.listed(i));
    const mention = this.choice?.kind === "mention" ? this.choice.at : null;
    if (mention !== null && !this.listed(mention)) this.choose(null);
    else this.refresh();
  }

  /** The names of the parts become switches. */
  private legend(): void {
    for (const place of document.querySelectorAll<HTMLElement>("#key .part")) {
      const part = PARTS.find((p) => p === place.dataset["part"]);
      if (!part) continue;
      const button = make("button", { type: "button", class: "part", "aria-pressed": "true" });
      button.append(...place.childNodes);
      button.addEventListener("click", () => {
        if (!this.off.delete(part)) this.off.add(part);
        button.setAttribute("aria-pressed", String(!this.off.has(part)));
        this.refresh();
      });
      place.replaceWith(button);
    }
  }

  private listen(): void {
    this.text.root.addEventListener("click", (event) => this.clickText(event));
    document.addEventListener("keydown", (event) => this.key(event));
    addEventListener("hashchange", () => this.fromAddress());
    WIDE.addEventListener("change", () => this.placeBar());
  }

  private fromAddress(): void {
    const id = location.hash.slice(1);
    const at = this.mentions.findIndex((m) => m.id === id || encodeURIComponent(m.id) === id);
    if (at >= 0) this.choose({ kind: "mention", at });
  }
}

const root = document.getElementById("article-text");
if (root) {
  const began = performance.now();
  new ArticleView(pageData<ArticleData>(), root);
  performance.measure("article view", { start: began, end: performance.now() });
}
