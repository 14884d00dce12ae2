/** The desk: one mention at a time beside its article; what is pressed becomes decisions on their way. */
import { ask, isTyping, make } from "./common.ts";
import { Beside } from "./beside.ts";
import * as board from "./board.ts";
import { blank, differs, valueOf } from "./draft.ts";
import { facts, heading } from "./facts.ts";
import { Form } from "./form.ts";
import { frame, type Act, type Frame } from "./frame.ts";
import { letterOf, stepOf } from "./keys.ts";
import { noting } from "./noting.ts";
import { Outbox, type Draft, type Entry } from "./outbox.ts";
import { Pane } from "./pane.ts";
import { postTo } from "./post.ts";
import { current, EMPTY, reduce, running, type Action, type State } from "./queue.ts";
import { Drafts } from "./drafts.ts";
import { VERDICTS, type Decided, type Fields, type Item, type Kind, type Queue } from "./types.ts";
import { named, reasons, standing, type Context } from "./words.ts";

const AT_ONCE = 10;
type Mode = "look" | "fix" | "add" | "note";
const BY_KEY: Readonly<Record<string, Act>> = { a: "accept", r: "reject", f: "fix", u: "unsure", z: "undo", n: "note", m: "add", d: "complete", "?": "help" };

export class Desk {
  readonly #cx: Context;
  readonly #queue: Queue;
  readonly #blind: boolean;
  readonly #pane: Pane;
  readonly #frame: Frame;
  readonly #outbox: Outbox;
  readonly #beside: Beside;
  readonly #drafts = new Drafts();
  #state: State = EMPTY;
  #mode: Mode = "look";
  #form: Form | null = null;
  #open: HTMLElement | null = null; // what is filled in, and must not be drawn anew
  #loading = false;
  #saved = false;
  #begun = false;

  constructor(cx: Context, queue: Queue, root: HTMLElement) {
    this.#cx = cx;
    this.#queue = queue;
    this.#blind = queue.batches.some((b) => b.batch_id === queue.batch && b.blind);
    this.#pane = new Pane(cx.t("script.review.text"), cx.shared.controls);
    this.#frame = frame(cx, this.#pane, (act) => this.#act(act));
    this.#beside = new Beside(cx, this.#pane, this.#frame);
    this.#outbox = new Outbox({ store: localStorage, coder: queue.coder, post: postTo(cx.shared), changed: () => this.#status(), kept: (e, d) => this.#kept(e, d), alone });
    root.replaceChildren(this.#frame.root);
    root.classList.add("alive");
    this.#listen();
    this.#do({ type: "loaded", items: queue.items, asked: AT_ONCE, settled: this.#settled() });
    this.#begun = true;
    void this.#outbox.pump();
  }

  #listen(): void {
    document.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("online", () => {
      void this.#outbox.pump();
      this.#show();
    });
    addEventListener("storage", () => this.#status());
    document.addEventListener("pointerup", (event) => {
      if (event.pointerType !== "touch") this.#select(event.altKey, true);
    });
    let pause: ReturnType<typeof setTimeout> | undefined;
    let touch = false;
    document.addEventListener("pointerdown", (event) => (touch = event.pointerType === "touch"));
    document.addEventListener("selectionchange", () => {
      clearTimeout(pause);
      if (touch) pause = setTimeout(() => this.#select(false, false), 400);
    });
  }

  // --- what happens

  #do(action: Action): void {
    this.#state = reduce(this.#state, action);
    this.#show();
    if (running(this.#state)) void this.#more();
  }

  async #more(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    const { cursor } = this.#state;
    const query = new URLSearchParams({ limit: String(AT_ONCE), ...(cursor ? { after: cursor } : {}), ...(this.#queue.batch ? { batch: this.#queue.batch } : {}) });
    try {
      const found = await ask<Queue>(`/review/queue.json?${query.toString()}`);
      this.#loading = false;
      this.#do({ type: "loaded", items: found.items, asked: AT_ONCE, settled: this.#settled() });
    } catch {
      setTimeout(() => {
        this.#loading = false;
        if (running(this.#state)) void this.#more();
      }, 5_000);
    }
  }

  /** Mentions decided about that the server may not know to be. */
  #settled(): Set<string> {
    return new Set(this.#outbox.entries().filter((e) => VERDICTS.has(e.kind)).map((e) => e.subject));
  }

  #act(act: Act): void {
    if (act === "help") this.#frame.help.showModal();
    else if (act === "next" || act === "previous") this.#step(act === "next" ? 1 : -1);
    else if (act === "undo") this.#undo();
    else if (act === "add") this.#add();
    else if (act === "fix") this.#fix();
    else if (act === "note") this.#note();
    else this.#decide(act);
  }

  #key(event: KeyboardEvent): void {
    if (event.defaultPrevented || this.#frame.help.open) return;
    if (event.key === "Escape" && this.#mode !== "look") {
      event.preventDefault();
      this.#leave();
      return;
    }
    const letter = letterOf(event);
    if (isTyping(event) || (this.#mode !== "look" && letter !== "?")) return;
    const target = event.target as HTMLElement;
    const step = target.closest(".pane") && letter.startsWith("Arrow") ? 0 : event.shiftKey ? 0 : stepOf(letter, this.#cx.shared.dir);
    const act = BY_KEY[letter];
    if (!step && !act && letter !== "c" && letter !== "t") return;
    event.preventDefault();
    if (step) this.#step(step);
    else if (letter === "c") this.#frame.troubles.querySelector("button")?.focus();
    else if (letter === "t") this.#pane.root.focus({ preventScroll: true });
    else if (act && !event.repeat) this.#act(act);
  }

  #step(by: 1 | -1): void {
    if (this.#mode !== "look") this.#leave();
    const before = current(this.#state);
    this.#do({ type: "step", by });
    const item = current(this.#state);
    this.#say(item && item !== before ? this.#cx.t("script.review.said_at", { label: named(this.#cx, item.mention) }) : this.#cx.t("script.review.said_end"));
  }

  #decide(kind: Exclude<Kind, "add" | "note">, value?: Fields): void {
    const item = current(this.#state);
    if (!item) return;
    const whole = kind === "complete";
    const draft: Draft = { kind, subject: whole ? item.article_id : item.mention_id, expected: whole ? "*" : item.expected, label: named(this.#cx, item.mention), item, ...(value ? { value } : {}) };
    this.#send(draft, kind);
  }

  #send(draft: Draft, kind: Kind): void {
    const key = this.#outbox.put(draft);
    this.#close();
    this.#do({ type: "decided", key, kind });
    this.#saidDone(this.#cx.t(`script.review.said_${kind}`));
  }

  #saidDone(what: string): void {
    const next = current(this.#state);
    this.#say(next ? this.#cx.t("script.review.said_next", { what, next: named(this.#cx, next.mention), status: this.#cx.t(`status.${next.mention.status}`) }) : this.#cx.t(this.#state.more ? "script.review.said_wait" : "script.review.said_last", { what }));
  }

  #undo(): void {
    if (this.#mode !== "look") this.#leave();
    const last = this.#state.done.at(-1);
    if (!last) {
      this.#outbox.put({ kind: "undo", subject: "", expected: null, label: "", item: null });
      return;
    }
    this.#outbox.takeBack(last.key, last.item ? named(this.#cx, last.item.mention) : this.#cx.t(`decision.${last.kind}`));
    this.#do({ type: "undone" });
    this.#saidDone(this.#cx.t("script.review.said_undone", { what: this.#cx.t(`decision.${last.kind}`) }));
  }

  /** The server has it. */
  #kept(entry: Entry, decided: Decided | null): void {
    this.#saved = true;
    if (entry.item) this.#beside.forget(entry.item.article_id);
    if (entry.kind === "add") this.#beside.forget(entry.subject);
    const now = current(this.#state);
    const home = entry.item?.article_id ?? (entry.kind === "add" ? entry.subject : "");
    if (now && now.article_id === home && this.#mode === "look") void this.#beside.show(now, () => !this.#open);
    if (entry.kind !== "undo") return;
    if (!entry.undoes) this.#say(decided ? this.#cx.t("script.review.said_undone", { what: this.#cx.t(`decision.${decided.kind}`) }) : this.#cx.t("script.review.nothing_to_undo"));
    if (!entry.undoes && decided) void this.#recall(decided.subject[0] ?? "");
    if (now) this.#beside.forget(now.article_id);
  }

  /** Back to a mention that was decided about before this page was opened, if it is among the first of the queue again. */
  async #recall(id: string): Promise<void> {
    const query = new URLSearchParams({ limit: "100", ...(this.#queue.batch ? { batch: this.#queue.batch } : {}) });
    const found = await ask<Queue>(`/review/queue.json?${query.toString()}`).catch(() => null);
    const item = found?.items.find((i) => i.mention_id === id);
    if (item && this.#mode === "look") this.#do({ type: "returned", key: "", item });
  }

  // --- correcting, adding, noting

  /** Once the article of an item is there, if the item is still looked at. */
  #when(item: Item, then: () => void): void {
    this.#beside.expect(item.article_id).then(() => setTimeout(() => current(this.#state) === item && this.#beside.article && this.#mode === "look" && then(), 0)).catch(() => undefined);
  }

  #fix(): void {
    const item = current(this.#state);
    if (!item) return;
    if (!this.#beside.article) return this.#when(item, () => this.#fix());
    this.#mode = "fix";
    this.#edit(this.#drafts.get(item.mention_id) ?? item.mention, item.mention_id, item.mention, item.quote, (fields) => {
      if (differs(fields, item.mention)) this.#decide("fix", valueOf(fields));
      else this.#decide("accept");
      this.#drafts.drop(item.mention_id);
    });
  }

  #add(): void {
    const item = current(this.#state);
    if (!item) return;
    if (!this.#beside.article) return this.#when(item, () => this.#add());
    const id = `add:${item.article_id}`;
    const fresh = blank(this.#beside.article.mentions.map((m) => m.fields.event));
    this.#mode = "add";
    this.#edit(this.#drafts.get(id) ?? fresh, id, fresh, item.quote, (fields) => {
      this.#drafts.drop(id);
      this.#send({ kind: "add", subject: item.article_id, value: valueOf(fields), expected: null, label: named(this.#cx, fields), item }, "add");
    });
  }

  #edit(fields: Fields, id: string, original: Fields, quote: readonly [number, number], save: (fields: Fields) => void): void {
    const near = { start: quote[0], end: quote[1] };
    const make_ = (from: Fields): Form => new Form(this.#cx, this.#pane, from, {
      adding: this.#mode === "add", near, save, leave: () => this.#leave(), say: (text) => this.#say(text),
      changed: (now, chosen) => {
        if (differs(now, original)) this.#drafts.put(id, now);
        this.#beside.light(now, chosen);
      },
      anew: () => {
        this.#drafts.drop(id);
        begin(original);
      },
    });
    const begin = (from: Fields): void => {
      this.#form = make_(from);
      this.#open = this.#form.root;
      this.#show();
      this.#beside.light(from, null);
      this.#form.begin();
    };
    begin(fields);
    this.#say(this.#cx.t(this.#mode === "add" ? "script.review.said_adding" : "script.review.said_fixing"));
  }

  #note(): void {
    const item = current(this.#state);
    if (!item) return;
    this.#mode = "note";
    const form = noting(this.#cx, (words) => {
      this.#send({ kind: "note", subject: item.mention_id, value: words, expected: null, label: named(this.#cx, item.mention), item }, "note");
    }, () => this.#leave());
    this.#open = form;
    this.#show();
    form.querySelector("textarea")?.focus();
  }

  #leave(): void {
    this.#close();
    this.#show();
    this.#frame.heading.focus({ preventScroll: true });
    this.#say(this.#cx.t("script.review.said_left"));
  }

  #select(exact: boolean, mouse: boolean): void {
    const range = this.#form ? this.#pane.selection(exact) : null;
    if (range && this.#form?.take(range, mouse) && mouse) getSelection()?.removeAllRanges();
  }

  // --- what is seen

  #show(): void {
    const item = current(this.#state);
    const { t } = this.#cx;
    const f = this.#frame;
    f.root.dataset["mode"] = this.#mode;
    const behind = this.#state.more ? "+" : "";
    f.place.textContent = item ? t("script.review.place", { n: this.#state.at + 1, of: `${this.#state.queue.length}${behind}`, done: this.#state.done.length }) : "";
    for (const b of f.acts.querySelectorAll<HTMLButtonElement>("[data-act]")) b.disabled = b.dataset["act"] !== "help" && (this.#mode !== "look" || (!item && b.dataset["act"] !== "undo"));
    f.next.replaceChildren(board.next(this.#cx, this.#state.queue, this.#state.at, (id) => this.#go(id)));
    if (item) this.#item(item);
    else this.#nothing();
    if (this.#begun && (document.activeElement === document.body || document.activeElement === null)) f.heading.focus({ preventScroll: true });
  }

  #close(): void {
    this.#mode = "look";
    this.#form = this.#open = null;
  }

  #go(id: string): void {
    this.#close();
    this.#do({ type: "go", id });
    this.#frame.heading.focus();
  }

  #nothing(): void {
    this.#frame.heading.textContent = this.#cx.t(this.#loading || this.#state.more ? "script.review.loading" : "script.review.empty");
    this.#frame.panel.replaceChildren();
    this.#beside.clear();
  }

  #item(item: Item): void {
    const f = this.#frame;
    f.heading.replaceChildren(this.#mode === "add" ? this.#cx.t("script.review.adding") : named(this.#cx, item.mention));
    if (this.#open && this.#open.parentElement !== f.panel) f.panel.replaceChildren(this.#open);
    else if (!this.#open) {
      const busy = item.busy && !this.#blind ? make("p", { class: "note" }, this.#cx.t("script.review.busy")) : null;
      const kept = this.#drafts.get(item.mention_id) ? make("p", { class: "note" }, this.#cx.t("script.review.draft_kept")) : null;
      const lines = [make("p", { class: "how" }, standing(this.#cx, item.standing), " ", make("span", { class: "why" }, reasons(this.#cx, item))), busy, kept, heading(this.#cx, item.mention), facts(this.#cx, item.mention)];
      f.panel.replaceChildren(...lines.filter((x) => x !== null));
    }
    if (this.#beside.shows(item)) {
      if (!this.#open) this.#beside.light(item.mention, null);
      return;
    }
    void this.#beside.show(item, () => !this.#open);
    const after = this.#state.queue[this.#state.at + 1];
    if (after) this.#beside.expect(after.article_id).catch(() => undefined);
  }

  #status(): void {
    if (!this.#outbox) return; // told of while it is made
    const s = this.#outbox.summary();
    const had = this.#frame.troubles.contains(document.activeElement);
    this.#frame.saving.replaceChildren(board.saving(this.#cx, s, this.#saved));
    const lines = s.troubles.map((e) => board.trouble(this.#cx, e, { keep: (x) => this.#keep(x), insist: (x) => this.#outbox.again(x.key), look: (x) => this.#look(x) }));
    if (lines.length > this.#frame.troubles.childElementCount) this.#say(this.#cx.t("script.review.said_trouble"));
    this.#frame.troubles.replaceChildren(...lines);
    if (had) (this.#frame.troubles.querySelector("button") ?? this.#frame.heading).focus({ preventScroll: true });
  }

  #keep(entry: Entry): void {
    this.#outbox.drop(entry.key);
    this.#do({ type: "forgotten", key: entry.key });
  }

  /** Back to what was not kept, knowing what was decided meanwhile. */
  #look(entry: Entry): void {
    const value = entry.value as Fields | undefined;
    if (entry.kind === "fix" && value) this.#drafts.put(entry.subject, value);
    if (entry.kind === "add" && value) this.#drafts.put(`add:${entry.subject}`, value);
    this.#outbox.drop(entry.key);
    this.#close();
    const expected = entry.state === "stale" ? (entry.last?.decision_id ?? null) : entry.expected;
    if (!entry.item) return;
    this.#do({ type: "returned", key: entry.key, item: VERDICTS.has(entry.kind) ? { ...entry.item, expected } : entry.item });
    this.#frame.heading.focus({ preventScroll: true });
  }

  #say(text: string): void {
    this.#frame.live.replaceChildren(make("span", {}, text));
  }
}

/** One window of a coder sends at a time. */
async function alone(run: () => Promise<void>): Promise<void> {
  if ("locks" in navigator) await navigator.locks.request("khabar-outbox", run);
  else await run();
}
