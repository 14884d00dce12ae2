/** Adjudication: one mention that coders left differing at a time, their codings side by side, a key for each. */
import { ask, isTyping, make, pageData, Refused, texts } from "./page.ts";
import { Articles } from "./review/articles.ts";
import { pathOf } from "./review/board.ts";
import { letterOf, stepOf } from "./review/keys.ts";
import { table, type Dispute } from "./review/settling.ts";
import type { Decided, Fields } from "./review/types.ts";
import { visible } from "./review/visible.ts";
import { named, type Context } from "./review/words.ts";

interface Page {
  readonly batch: string | null;
  readonly disputes: readonly Dispute[];
}

const shared = pageData<Page>();
const cx: Context = { shared, t: texts(shared) };
const { t } = cx;

class Adjudication {
  readonly #articles = new Articles();
  readonly #root = make("section", { class: "adjudicate", "aria-label": t("script.review.item") });
  readonly #live = make("p", { class: "sr", role: "log", "aria-live": "polite" });
  readonly #told = make("p", { class: "note" });
  #left: Dispute[];
  #at = 0;
  #busy = false;
  #blank = 0;
  #begun = false;

  constructor(disputes: readonly Dispute[], list: Element) {
    this.#left = disputes.filter((d) => d.codings.length > 0).sort((a, b) => Number(a.waiting.length > 0) - Number(b.waiting.length > 0));
    this.#blank = disputes.length - this.#left.length;
    if (this.#blank) this.#told.textContent = t("script.review.uncoded", { n: this.#blank });
    list.replaceWith(make("div", { class: "desk-live" }, make("p", { class: "hint" }, t("script.review.adjudicate_hint")), this.#told, this.#root, this.#live));
    document.addEventListener("keydown", (event) => this.#key(event));
    void this.#show();
  }

  #key(event: KeyboardEvent): void {
    if (isTyping(event) || event.defaultPrevented || event.repeat) return;
    const letter = letterOf(event);
    const number = /^[1-9]$/.test(letter) ? Number(letter) : letter.length === 1 ? "٠١٢٣٤٥٦٧٨٩".indexOf(event.key) : -1;
    const step = letter === "n" ? 1 : letter.startsWith("Arrow") ? 0 : stepOf(letter, shared.dir);
    if (number > 0) void this.#choose(number - 1);
    else if (step) this.#step(step);
    else return;
    event.preventDefault();
  }

  #step(by: 1 | -1): void {
    if (this.#left.length === 0) return;
    this.#at = (this.#at + by + this.#left.length) % this.#left.length;
    void this.#show();
  }

  async #choose(n: number): Promise<void> {
    const dispute = this.#left[this.#at];
    const coding = dispute?.codings[n];
    if (!dispute || !coding || this.#busy) return;
    this.#busy = true;
    this.#root.setAttribute("aria-busy", "true");
    try {
      await ask<Decided>("/review/adjudicate", shared, { batch: shared.batch, subject: dispute.mention_id, choice: coding.decision_id });
      this.#settled(dispute, t("script.review.settled", { who: `\u2068${coding.who}\u2069` }));
    } catch (error) {
      if (error instanceof Refused && error.status === 409) this.#settled(dispute, t("script.review.settled_meanwhile"));
      else this.#tell(t("script.review.not_settled", { why: error instanceof Refused ? error.message : t("script.review.no_connection") }));
    }
    this.#busy = false;
    this.#root.removeAttribute("aria-busy");
  }

  #settled(dispute: Dispute, how: string): void {
    this.#left = this.#left.filter((d) => d !== dispute);
    this.#at = Math.min(this.#at, Math.max(0, this.#left.length - 1));
    this.#tell(how);
    void this.#show();
  }

  #tell(text: string): void {
    this.#told.textContent = text;
    this.#live.replaceChildren(make("span", {}, text));
  }

  async #show(): Promise<void> {
    const dispute = this.#left[this.#at];
    if (!dispute) {
      this.#root.replaceChildren(make("p", { class: "empty item-heading", tabindex: -1 }, t(this.#blank ? "script.review.uncoded" : "script.review.settled_all", { n: this.#blank })));
      this.#focus(true);
      return;
    }
    const machine = await this.#machine(dispute);
    if (this.#left[this.#at] !== dispute) return;
    const had = this.#root.contains(document.activeElement);
    const label = machine ? named(cx, machine) : (dispute.trigger ?? dispute.mention_id);
    const link = make("a", { href: `/articles/${pathOf(dispute.article_id)}#${dispute.mention_id}` }, label);
    const waiting = dispute.waiting.length ? make("p", { class: "note" }, t("script.review.waiting"), " ", dispute.waiting.join(", ")) : "";
    this.#root.replaceChildren(make("p", { class: "place" }, t("script.review.dispute", { n: this.#at + 1, of: this.#left.length })), make("h2", { class: "item-heading", tabindex: -1 }, link),
      dispute.words ? make("blockquote", { dir: "rtl", lang: "ar" }, visible(dispute.words, shared.controls)) : "", waiting, table(cx, dispute, machine, (n) => void this.#choose(n)));
    this.#focus(had || document.activeElement === document.body);
  }

  /** To the mention that is looked at, so that the focus is not lost with what it replaced. */
  #focus(wanted: boolean): void {
    if (wanted && this.#begun) this.#root.querySelector<HTMLElement>(".item-heading")?.focus({ preventScroll: true });
    this.#begun = true;
  }

  /** What the machine read, from which the coders of a blind batch start. */
  async #machine(dispute: Dispute): Promise<Fields | null> {
    try {
      const article = await this.#articles.get(dispute.article_id);
      return article.mentions.find((m) => m.id === dispute.mention_id)?.fields ?? null;
    } catch {
      return null;
    }
  }
}

const list = document.querySelector("ol.disputes");
if (list && shared.can.adjudicate && shared.batch && shared.disputes.length) new Adjudication(shared.disputes, list);
