/** The article beside the item: fetched, shown, scrolled to the item's sentence, its evidence lit. */
import { make } from "./common.ts";
import { Articles, type Article } from "./articles.ts";
import * as board from "./board.ts";
import { evidence } from "./draft.ts";
import type { Frame } from "./frame.ts";
import type { Lit, Pane } from "./pane.ts";
import type { Range } from "./spans.ts";
import type { Fields, Item } from "./types.ts";
import type { Context } from "./words.ts";

export class Beside {
  readonly #cx: Context;
  readonly #pane: Pane;
  readonly #frame: Frame;
  readonly #articles = new Articles();
  #article: Article | null = null;
  #item: Item | null = null;
  #failed = false;

  constructor(cx: Context, pane: Pane, frame: Frame) {
    this.#cx = cx;
    this.#pane = pane;
    this.#frame = frame;
  }

  /** The article of the item shown, once it is there. */
  get article(): Article | null {
    return this.#article;
  }

  shows(item: Item): boolean {
    return this.#item === item && !this.#failed;
  }

  /** What was decided about an article changes what is known of it. */
  forget(id: string): void {
    this.#articles.forget(id);
  }

  /** Have an article at hand before it is looked at. */
  expect(id: string): Promise<Article> {
    return this.#articles.get(id);
  }

  clear(): void {
    this.#item = this.#article = null;
    this.#frame.article.replaceChildren();
    this.#frame.siblings.replaceChildren();
    this.#pane.show("");
    this.#pane.light([]);
  }

  /** Show the article of an item; `light` says whether its own evidence is lit (a form lights that of its draft). */
  async show(item: Item, light: () => boolean): Promise<void> {
    if (item.article_id !== this.#item?.article_id) {
      this.#article = null;
      this.#pane.root.setAttribute("aria-busy", "true");
    }
    this.#item = item;
    this.#failed = false;
    this.#frame.article.replaceChildren(board.about(this.#cx, item, this.#article?.title ?? item.article_id));
    try {
      const article = await this.#articles.get(item.article_id);
      if (this.#item === item) this.#set(article, item, light());
    } catch {
      if (this.#item === item) this.#fail();
    }
  }

  #set(article: Article, item: Item, light: boolean): void {
    this.#article = article;
    this.#pane.root.removeAttribute("aria-busy");
    this.#frame.article.replaceChildren(board.about(this.#cx, item, article.title));
    this.#pane.show(article.text);
    if (light) this.light(item.mention, null);
    this.#pane.scrollTo({ start: item.quote[0], end: item.quote[1] });
    const go = (m: Fields): void => {
      this.light(m, m.trigger);
      this.#pane.scrollTo(m.trigger);
    };
    const summary = make("summary", {}, this.#cx.t("script.review.of_article", { n: article.mentions.length }));
    this.#frame.siblings.replaceChildren(summary, board.siblings(this.#cx, article.mentions, item.mention_id, go));
  }

  #fail(): void {
    this.#failed = true;
    this.#article = null;
    this.#pane.root.removeAttribute("aria-busy");
    this.#pane.show(this.#cx.t("script.review.no_text"));
    this.#pane.light([]);
  }

  /** Light a mention's evidence in its article, the others' triggers faintly, and the span that is being chosen. */
  light(fields: Fields, chosen: Range | null): void {
    const item = this.#item;
    if (!item || !this.#article) return;
    const known = this.#article.mentions.filter((m) => m.id !== item.mention_id && m.standing !== "rejected");
    const others: Lit[] = known.map((m) => ({ name: "other", range: m.fields.trigger }));
    const lit: Lit[] = evidence(fields).map((e) => ({ name: e.part, range: e.range }));
    const sentence = { name: "quote", range: { start: item.quote[0], end: item.quote[1] } };
    this.#pane.light([sentence, ...others, ...lit, ...(chosen ? [{ name: "chosen", range: chosen }] : [])]);
  }
}
