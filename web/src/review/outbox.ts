/** Decisions on their way to the server: kept in the browser until it has answered, sent in order, one at a time, again after a pause where the network fails. */
import type { Decided, Item, Kind } from "./types.ts";

export interface Entry {
  readonly key: string;
  readonly kind: Kind | "undo";
  readonly subject: string;
  readonly value?: unknown;
  readonly expected: string | null;
  readonly at: string;
  /** What it is about, in words, and the item to go back to. */
  readonly label: string;
  readonly item: Item | null;
  /** Of an undo: the entry, and the decision once it is known. */
  readonly undoes?: string;
  readonly decision?: string;
  readonly tries: number;
  readonly state: "waiting" | "stale" | "refused";
  readonly last?: Decided | null;
  readonly message?: string;
}

export type Draft = Pick<Entry, "kind" | "subject" | "expected" | "label" | "item"> & Partial<Pick<Entry, "value" | "undoes" | "decision">>;

/** What the server made of an entry. */
export type Answer =
  | { readonly is: "kept"; readonly decided: Decided | null }
  | { readonly is: "stale"; readonly last: Decided | null }
  | { readonly is: "refused"; readonly message: string }
  | { readonly is: "later"; readonly login: boolean };

export interface Post {
  send(entry: Entry): Promise<Answer>;
  /** For what cannot be sent twice: whether an earlier try arrived. Undefined: it did not. */
  arrived(entry: Entry): Promise<Decided | null | undefined>;
}

export interface Settings {
  readonly store: Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;
  readonly coder: string;
  readonly post: Post;
  readonly changed: () => void;
  readonly kept: (entry: Entry, decided: Decided | null) => void;
  /** Runs its argument while no other window of this coder does. */
  readonly alone?: (run: () => Promise<void>) => Promise<void>;
  readonly later?: (run: () => void, ms: number) => unknown;
}

export interface Summary {
  readonly waiting: number;
  readonly sending: boolean;
  readonly failing: boolean;
  readonly login: boolean;
  readonly troubles: readonly Entry[];
}

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
let made = 0;

export class Outbox {
  readonly #s: Settings;
  readonly #prefix: string;
  readonly #spare = new Map<string, string>(); // where the browser keeps nothing
  readonly #saved = new Map<string, Decided>(); // by entry
  #sending = false;
  #running: Promise<void> | null = null;
  #failures = 0;
  #login = false;

  constructor(settings: Settings) {
    this.#s = settings;
    this.#prefix = `khabar.outbox.${settings.coder}.`;
  }

  /** Keep a decision and send it as soon as those before it are through. */
  put(draft: Draft): string {
    const key = `${Date.now().toString(36).padStart(9, "0")}-${(made++).toString(36).padStart(5, "0")}-${Math.random().toString(36).slice(2, 7)}`;
    this.#write({ ...draft, key, at: new Date().toISOString(), tries: 0, state: "waiting" });
    void this.pump();
    return key;
  }

  /** Take an entry back: one that was never sent is forgotten, another is followed by an undo. */
  takeBack(key: string, label: string): "forgotten" | "sent" {
    const entry = this.#read(key);
    if (entry && (entry.state !== "waiting" || entry.tries === 0)) {
      this.drop(key);
      return "forgotten";
    }
    const made = this.#saved.get(key);
    const known = made ? { decision: made.decision_id } : {};
    this.put({ kind: "undo", subject: made?.subject[0] ?? entry?.subject ?? "", expected: null, label, item: null, undoes: key, ...known });
    return "sent";
  }

  /** Send what was held up anew, with what is known by now. */
  again(key: string): void {
    const entry = this.#read(key);
    if (!entry) return;
    const { last, message: _, ...rest } = entry;
    this.#write({ ...rest, tries: 0, state: "waiting", expected: entry.state === "stale" ? (last?.decision_id ?? null) : entry.expected });
    void this.pump();
  }

  drop(key: string): void {
    this.#erase(key);
    this.#s.changed();
  }

  /** All that is not through, in order. */
  entries(): Entry[] {
    const keys = new Set(this.#spare.keys());
    for (let i = 0; i < this.#s.store.length; i++) {
      const name = this.#s.store.key(i);
      if (name?.startsWith(this.#prefix)) keys.add(name.slice(this.#prefix.length));
    }
    return [...keys].sort().map((k) => this.#read(k)).filter((e): e is Entry => e !== null);
  }

  summary(): Summary {
    const all = this.entries();
    const waiting = all.filter((e) => e.state === "waiting").length;
    return { waiting, sending: this.#sending, failing: waiting > 0 && this.#failures > 0, login: this.#login, troubles: all.filter((e) => e.state !== "waiting") };
  }

  /** Send what waits; at once the one run that goes on, however often it is asked for. */
  pump(): Promise<void> {
    this.#s.changed();
    this.#running ??= (this.#s.alone ?? ((run) => run()))(() => this.#run()).finally(() => {
      this.#running = null;
      this.#s.changed();
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    for (;;) {
      const entry = this.entries().find((e) => e.state === "waiting");
      if (!entry) return;
      const sent = { ...entry, tries: entry.tries + 1 };
      this.#write(sent); // before it is sent: after a reload nobody knows whether it arrived
      this.#sending = true;
      this.#s.changed();
      const answer = await this.#ask(sent);
      this.#sending = false;
      if (answer.is === "later") {
        this.#pause(answer.login);
        return;
      }
      this.#failures = 0;
      this.#login = false;
      this.#settle(sent, answer);
    }
  }

  async #ask(entry: Entry): Promise<Answer> {
    // Whether an undo of whatever was last arrived cannot be told, and a second would take back one more.
    if (entry.tries > 1 && entry.kind === "undo" && !entry.decision) return { is: "refused", message: "" };
    try {
      const before = entry.tries > 1 && (entry.kind === "note" || entry.kind === "undo") ? await this.#s.post.arrived(entry) : undefined;
      return before === undefined ? await this.#s.post.send(entry) : { is: "kept", decided: before };
    } catch {
      return { is: "later", login: false };
    }
  }

  #pause(login: boolean): void {
    const ms = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures++);
    this.#login = login;
    const later = this.#s.later ?? ((run: () => void, n: number) => setTimeout(run, n));
    later(() => void this.pump(), ms);
  }

  #settle(entry: Entry, answer: Exclude<Answer, { is: "later" }>): void {
    const undo = this.entries().find((e) => e.undoes === entry.key);
    if (answer.is === "kept") {
      this.#erase(entry.key);
      if (answer.decided && entry.kind !== "undo") {
        this.#saved.set(entry.key, answer.decided);
        if (undo) this.#write({ ...undo, decision: answer.decided.decision_id, subject: answer.decided.subject[0] ?? undo.subject });
      }
      this.#s.kept(entry, answer.decided);
    } else if (undo) { // it never came to stand, and was taken back already
      this.#erase(entry.key);
      this.#erase(undo.key);
    } else if (answer.is === "stale") this.#write({ ...entry, state: "stale", last: answer.last });
    else this.#write({ ...entry, state: "refused", message: answer.message });
    this.#s.changed();
  }

  #read(key: string): Entry | null {
    const text = this.#spare.get(key) ?? this.#s.store.getItem(this.#prefix + key);
    try {
      return text ? (JSON.parse(text) as Entry) : null;
    } catch {
      return null;
    }
  }

  #write(entry: Entry): void {
    const text = JSON.stringify(entry);
    try {
      this.#s.store.setItem(this.#prefix + entry.key, text);
      this.#spare.delete(entry.key);
    } catch {
      this.#spare.set(entry.key, text);
    }
  }

  #erase(key: string): void {
    this.#spare.delete(key);
    this.#s.store.removeItem(this.#prefix + key);
  }
}
