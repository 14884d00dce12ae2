/** Decisions about the chosen mention, from beside the text. */
import type { Told } from "./evidence.ts";
import { Refused, type Shared, ask, make } from "./page.ts";

export const KINDS = { a: "accept", r: "reject", u: "unsure" } as const;
export type Kind = (typeof KINDS)[keyof typeof KINDS];
const STANDINGS: Readonly<Record<Kind, string>> = { accept: "reviewed", reject: "rejected", unsure: "unsure" };
const SIGNS: Readonly<Record<Kind, string>> = { accept: "✓", reject: "✗", unsure: "?" };

/** What is known about the decisions on a mention; `expected` goes back to the server, which refuses when somebody decided meanwhile. */
export interface State {
  readonly standing: string;
  readonly decided: string | null;
  readonly who: string | null;
  readonly expected: string | null;
}

interface Made {
  readonly decision_id: string;
  readonly who: string;
  readonly kind: string;
  readonly subject: readonly string[];
}

interface Hooks {
  readonly t: (key: string, values?: Readonly<Record<string, string | number>>) => string;
  readonly say: (words: string) => void;
  readonly changed: (at: number, now: State) => void;
  readonly chosen: () => number | null;
}

export class Deciding {
  readonly bar: HTMLElement;
  private readonly states: State[];
  private busy = false;

  constructor(private readonly shared: Shared, private readonly mentions: readonly Told[], private readonly source: string, private readonly hooks: Hooks) {
    this.states = mentions.map(({ standing, decided, who, expected }) => ({ standing, decided, who, expected }));
    this.bar = this.makeBar();
  }

  state(at: number): State | undefined {
    return this.states[at];
  }

  /** Keep a decision about the chosen mention. */
  async decide(kind: Kind): Promise<void> {
    const at = this.hooks.chosen();
    if (at === null) return;
    await this.once(async () => {
      const subject = this.mentions[at]?.id;
      const made = await ask<Made>("/review/decisions", this.shared, { kind, subject, expected: this.states[at]?.expected ?? null });
      this.set(at, { standing: STANDINGS[kind], decided: made.kind, who: made.who, expected: made.decision_id });
      this.hooks.say(this.hooks.t("script.article.kept", { word: this.hooks.t(`decision.${made.kind}`) }));
    });
  }

  /** Take back one's last decision, which may have been about another article. */
  async undo(): Promise<void> {
    await this.once(async () => {
      const { undone } = await ask<{ undone: Made | null }>("/review/undo", this.shared, {});
      await this.refresh();
      const key = undone === null ? "nothing_undone" : this.mentions.some((m) => undone.subject.includes(m.id)) ? "undone" : "undone_elsewhere";
      this.hooks.say(this.hooks.t(`script.article.${key}`, { word: undone ? this.hooks.t(`decision.${undone.kind}`) : "" }));
    });
  }

  private async once(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.bar.toggleAttribute("aria-busy", true);
    try {
      await work();
    } catch (error) {
      await this.refused(error);
    } finally {
      this.busy = false;
      this.bar.toggleAttribute("aria-busy", false);
    }
  }

  private async refused(error: unknown): Promise<void> {
    const { t, say } = this.hooks;
    if (error instanceof Refused && error.status === 409) {
      const last = error.body["last"] as Made | undefined;
      await this.refresh().catch(() => undefined);
      say(t("script.article.meanwhile", { who: isolated(last?.who ?? "?"), word: last ? t(`decision.${last.kind}`) : "?" }));
    } else say(t("script.article.not_kept", { why: error instanceof Error ? isolated(error.message) : "?" }));
  }

  /** Ask the server how the mentions stand. */
  private async refresh(): Promise<void> {
    const found = await ask<{ mentions: readonly Told[] }>(this.source);
    const now = new Map(found.mentions.map((m) => [m.id, m]));
    this.mentions.forEach((m, at) => {
      const last = now.get(m.id);
      if (last) this.set(at, { standing: last.standing, decided: last.decided, who: last.who, expected: last.expected });
    });
  }

  private set(at: number, now: State): void {
    const before = this.states[at];
    this.states[at] = now;
    if (before && (before.standing !== now.standing || before.decided !== now.decided || before.who !== now.who)) this.hooks.changed(at, now);
  }

  private makeBar(): HTMLElement {
    const { t } = this.hooks;
    const keys = Object.entries(KINDS).map(([key, kind]) => {
      const button = make("button", { type: "button", "aria-keyshortcuts": key }, make("span", { "aria-hidden": "true" }, SIGNS[kind]), " ", t(`script.article.${kind}`), " ", make("kbd", { "aria-hidden": "true" }, key));
      button.addEventListener("click", () => void this.decide(kind));
      return button;
    });
    const undo = make("button", { type: "button", "aria-keyshortcuts": "z" }, t("script.article.undo"), " ", make("kbd", { "aria-hidden": "true" }, "z"));
    undo.addEventListener("click", () => void this.undo());
    return make("div", { class: "deciding", role: "group", "aria-label": t("script.article.deciding") }, ...keys, undo, make("a", { href: "/review" }, t("script.article.desk")));
  }
}

/** Words within a sentence of the interface, kept from turning its direction. */
export function isolated(words: string): string {
  return `\u2068${words}\u2069`;
}
