/** Articles as the desk needs them, asked for once. */
import { ask } from "./common.ts";
import type { Fields } from "./types.ts";

export interface Sibling {
  readonly id: string;
  readonly standing: string;
  readonly fields: Fields;
}

export interface Article {
  readonly text: string;
  readonly title: string;
  readonly mentions: readonly Sibling[];
}

interface Sent {
  readonly article: { readonly text: string; readonly title: string };
  readonly mentions: readonly (Fields & { readonly id: string; readonly standing: string })[];
}

const MOST = 30;

export class Articles {
  readonly #known = new Map<string, Promise<Article>>();

  get(id: string): Promise<Article> {
    const known = this.#known.get(id);
    if (known) return known;
    const found = ask<Sent>(`/articles/${encodeURIComponent(id)}.json`).then((sent) => ({
      text: sent.article.text, title: sent.article.title, mentions: sent.mentions.map((m) => ({ id: m.id, standing: m.standing, fields: m })),
    }));
    found.catch(() => this.#known.delete(id));
    this.#known.set(id, found);
    for (const old of this.#known.keys()) if (this.#known.size > MOST) this.#known.delete(old);
    return found;
  }

  /** What was decided about an article changes what is known of it. */
  forget(id: string): void {
    this.#known.delete(id);
  }
}
