/** The outbox's way to the server. */
import { ask, Refused, type Shared } from "../page.ts";
import type { Answer, Entry, Post } from "./outbox.ts";
import type { Decided } from "./types.ts";

const HOPELESS: ReadonlySet<number> = new Set([400, 404, 405, 413, 422]);

// An answer that is no decision, such as the page to log in at: nothing was kept.
const NOBODY: Answer = { is: "later", login: true };

/** Sends decisions and undoings with the page's token. */
export function postTo(shared: Shared): Post {
  return { send: (entry) => send(shared, entry), arrived };
}

async function send(shared: Shared, entry: Entry): Promise<Answer> {
  try {
    if (entry.kind === "undo") {
      const { undone } = await ask<{ undone?: Decided | null }>("/review/undo", shared, {});
      return undone === undefined ? NOBODY : { is: "kept", decided: undone };
    }
    const body = { kind: entry.kind, subject: entry.subject, value: entry.value ?? null, expected: entry.expected };
    const decided = await ask<Partial<Decided>>("/review/decisions", shared, body);
    return decided.decision_id ? { is: "kept", decided: decided as Decided } : NOBODY;
  } catch (error) {
    return answerTo(error);
  }
}

/** What a failure means for an entry. */
export function answerTo(error: unknown): Answer {
  if (!(error instanceof Refused)) return { is: "later", login: false };
  if (error.status === 409) return { is: "stale", last: (error.body["last"] as Decided | null | undefined) ?? null };
  if (HOPELESS.has(error.status)) return { is: "refused", message: error.message };
  return { is: "later", login: error.status === 401 || error.status === 403 };
}

async function arrived(entry: Entry): Promise<Decided | null | undefined> {
  if (!entry.subject) return undefined;
  const { decisions } = await ask<{ decisions: readonly Decided[] }>(`/review/history.json?subject=${encodeURIComponent(entry.subject)}`);
  if (entry.kind === "note") return decisions.find((d) => d.kind === "note" && d.value === entry.value && d.at >= entry.at);
  return decisions.some((d) => d.kind === "undo" && d.value === entry.decision) ? decisions.find((d) => d.decision_id === entry.decision) ?? null : undefined;
}
