/** Corrections begun and not yet saved: they outlast leaving the form and a reload of the window. */
import type { Fields } from "./types.ts";

const PREFIX = "khabar.draft.";

export class Drafts {
  readonly #spare = new Map<string, Fields>();

  get(id: string): Fields | null {
    const here = this.#spare.get(id);
    if (here) return here;
    try {
      const text = sessionStorage.getItem(PREFIX + id);
      return text ? (JSON.parse(text) as Fields) : null;
    } catch {
      return null;
    }
  }

  put(id: string, fields: Fields): void {
    this.#spare.set(id, fields);
    try {
      sessionStorage.setItem(PREFIX + id, JSON.stringify(fields));
    } catch { /* it is kept for as long as the page */ }
  }

  drop(id: string): void {
    this.#spare.delete(id);
    try {
      sessionStorage.removeItem(PREFIX + id);
    } catch { /* as above */ }
  }
}
