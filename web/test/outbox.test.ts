import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, type Shared } from "../src/page.ts";
import { Outbox, type Answer, type Draft, type Entry } from "../src/review/outbox.ts";
import { answerTo, postTo } from "../src/review/post.ts";
import type { Decided } from "../src/review/types.ts";

class Memory {
  readonly held = new Map<string, string>();
  full = false;
  get length(): number { return this.held.size; }
  key(n: number): string | null { return [...this.held.keys()][n] ?? null; }
  getItem(key: string): string | null { return this.held.get(key) ?? null; }
  removeItem(key: string): void { this.held.delete(key); }
  setItem(key: string, value: string): void {
    if (this.full) throw new Error("full");
    this.held.set(key, value);
  }
}

/** A server that keeps decisions as the room does: one that is repeated is answered with the first. */
class Server {
  readonly kept: Decided[] = [];
  readonly undone: string[] = [];
  readonly log: string[] = [];
  down = false;
  /** Keeps the next save, but its answer is lost. */
  swallows = false;
  stale: Decided | null | undefined;
  refuses: string | undefined;

  async send(e: Entry): Promise<Answer> {
    if (this.down) throw new TypeError("no network");
    this.log.push(`${e.kind} ${e.subject} ${e.expected}`);
    if (this.stale !== undefined && e.expected !== this.stale?.decision_id) return { is: "stale", last: this.stale };
    if (this.refuses) return { is: "refused", message: this.refuses };
    const decided = e.kind === "undo" ? this.#undo() : this.#keep(e);
    if (this.swallows) {
      this.swallows = false;
      throw new TypeError("lost");
    }
    return { is: "kept", decided };
  }

  async arrived(e: Entry): Promise<Decided | null | undefined> {
    if (this.down) throw new TypeError("no network");
    if (e.kind === "note") return this.kept.find((d) => d.kind === "note" && d.value === e.value);
    return this.undone.includes(e.decision ?? "") ? null : undefined;
  }

  #keep(e: Entry): Decided {
    const same = this.kept.find((d) => d.subject[0] === e.subject && d.kind === e.kind && e.kind !== "note" && !this.undone.includes(d.decision_id));
    if (same) return same;
    const made = { decision_id: `d${this.kept.length + 1}`, at: "2024-01-01T00:00:00Z", who: "ann", kind: e.kind, subject: [e.subject], value: e.value ?? null };
    this.kept.push(made);
    return made;
  }

  #undo(): Decided | null {
    const last = this.kept.findLast((d) => !this.undone.includes(d.decision_id)) ?? null;
    if (last) this.undone.push(last.decision_id);
    return last;
  }
}

const draft = (subject: string, kind: Draft["kind"] = "accept", more: Partial<Draft> = {}): Draft => ({ kind, subject, expected: null, label: subject, item: null, ...more });

function box(server: Server, store = new Memory()) {
  const later: (() => void)[] = [];
  const pauses: number[] = [];
  const kept: string[] = [];
  const made = new Outbox({ store, coder: "ann", post: server, changed: () => undefined, kept: (e) => kept.push(`${e.kind} ${e.subject}`), later: (run, ms) => { later.push(run); pauses.push(ms); } });
  const again = async (): Promise<void> => { later.shift()?.(); await made.pump(); };
  return { made, store, pauses, kept, again };
}

test("decisions are sent at once, in order, and forgotten here", async () => {
  const server = new Server();
  const { made, store, kept } = box(server);
  for (const m of ["m1", "m2", "m3"]) made.put(draft(m));
  await made.pump();
  assert.deepEqual(kept, ["accept m1", "accept m2", "accept m3"]);
  assert.equal(store.length, 0);
  assert.equal(made.summary().waiting, 0);
});

test("without a network they wait, ever longer, and arrive in order", async () => {
  const server = new Server();
  server.down = true;
  const { made, pauses, again } = box(server);
  made.put(draft("m1"));
  await made.pump();
  made.put(draft("m2"));
  await made.pump();
  await again();
  assert.ok(pauses.length >= 3 && pauses[1]! > pauses[0]! && pauses[2]! > pauses[1]!);
  assert.deepEqual([made.summary().waiting, made.summary().failing], [2, true]);
  server.down = false;
  await again();
  assert.deepEqual(server.kept.map((d) => d.subject[0]), ["m1", "m2"]);
  assert.equal(made.summary().failing, false);
});

test("what waits survives a reload, and another coder's is left alone", async () => {
  const server = new Server();
  server.down = true;
  const store = new Memory();
  const first = box(server, store);
  first.made.put(draft("m1"));
  first.made.put(draft("m2", "fix", { value: { type: "AID" } }));
  await first.made.pump();
  store.setItem("khabar.outbox.ben.0", JSON.stringify({ ...draft("x"), key: "0", tries: 0, state: "waiting", at: "" }));
  server.down = false;
  const second = box(server, store);
  await second.made.pump();
  assert.deepEqual(server.kept.map((d) => [d.kind, d.subject[0]]), [["accept", "m1"], ["fix", "m2"]]);
  assert.equal(store.length, 1);
});

test("a save whose answer was lost is sent again and kept once; a note is looked for first", async () => {
  const server = new Server();
  const { made, again } = box(server);
  server.swallows = true;
  made.put(draft("m1"));
  await made.pump();
  await again();
  server.swallows = true;
  made.put(draft("m1", "note", { value: "odd" }));
  await made.pump();
  await again();
  assert.deepEqual(server.kept.map((d) => d.kind), ["accept", "note"]);
  assert.deepEqual(server.log.filter((l) => l.startsWith("note")).length, 1);
  assert.equal(made.summary().waiting, 0);
});

test("somebody decided meanwhile: it waits for a choice, the others go on", async () => {
  const server = new Server();
  const { made } = box(server);
  const theirs = { decision_id: "d77", at: "", who: "ben", kind: "reject", subject: ["m1"], value: null };
  server.stale = theirs;
  made.put(draft("m1"));
  await made.pump();
  server.stale = undefined;
  made.put(draft("m2"));
  await made.pump();
  const [trouble] = made.summary().troubles;
  assert.deepEqual([trouble?.state, trouble?.last?.who], ["stale", "ben"]);
  assert.deepEqual(server.kept.map((d) => d.subject[0]), ["m2"]);
  server.stale = theirs;
  made.again(trouble?.key ?? "");
  await made.pump();
  assert.equal(server.log.at(-1), "accept m1 d77");
  assert.equal(made.entries().length, 0);
});

test("theirs is kept by dropping one's own; what does not fit is told", async () => {
  const server = new Server();
  const { made } = box(server);
  server.refuses = "span 3-4: the article has something else there";
  const key = made.put(draft("m1", "fix", { value: {} }));
  await made.pump();
  assert.deepEqual(made.summary().troubles.map((e) => [e.state, e.message]), [["refused", server.refuses]]);
  made.drop(key);
  assert.equal(made.entries().length, 0);
});

test("taking back: what was never sent is forgotten, what was sent is undone", async () => {
  const server = new Server();
  const { made } = box(server);
  const sent = made.put(draft("m1"));
  await made.pump();
  server.down = true;
  made.put(draft("m2"));
  const unsent = made.put(draft("m3"));
  await made.pump();
  assert.equal(made.takeBack(unsent, "m3"), "forgotten");
  assert.equal(made.takeBack(sent, "m1"), "sent");
  assert.deepEqual(made.entries().map((e) => e.kind), ["accept", "undo"]);
  assert.equal(made.entries().at(-1)?.decision, "d1");
});

test("an undo whose answer was lost takes back no second decision", async () => {
  const server = new Server();
  const { made, again } = box(server);
  made.put(draft("m1"));
  const key = made.put(draft("m2"));
  await made.pump();
  server.swallows = true;
  made.takeBack(key, "m2");
  await made.pump();
  await again();
  assert.deepEqual(server.undone, ["d2"]);
  assert.equal(made.entries().length, 0);
  server.swallows = true;
  made.put({ kind: "undo", subject: "", expected: null, label: "", item: null });
  await made.pump();
  await again();
  assert.deepEqual(server.undone, ["d2", "d1"]);
  assert.equal(made.summary().troubles.length, 1);
});

test("what was refused and taken back meanwhile undoes nothing else", async () => {
  const server = new Server();
  const { made } = box(server);
  made.put(draft("m1"));
  await made.pump();
  server.stale = { decision_id: "d9", at: "", who: "ben", kind: "reject", subject: ["m2"], value: null };
  const key = made.put(draft("m2")); // on its way
  made.takeBack(key, "m2");
  await made.pump();
  assert.deepEqual(server.undone, []);
  assert.equal(made.entries().length, 0);
});

test("a browser that keeps nothing still saves", async () => {
  const server = new Server();
  const store = new Memory();
  store.full = true;
  const { made } = box(server, store);
  made.put(draft("m1"));
  await made.pump();
  assert.equal(server.kept.length, 1);
});

test("answers of the server by their status", () => {
  assert.deepEqual(answerTo(new TypeError("x")), { is: "later", login: false });
  assert.deepEqual(answerTo(new Refused(503, {})), { is: "later", login: false });
  assert.deepEqual(answerTo(new Refused(429, {})), { is: "later", login: false });
  assert.deepEqual(answerTo(new Refused(401, {})), { is: "later", login: true });
  assert.deepEqual(answerTo(new Refused(403, {})), { is: "later", login: true });
  assert.deepEqual(answerTo(new Refused(409, { last: null })), { is: "stale", last: null });
  assert.deepEqual(answerTo(new Refused(422, { error: { message: "no" } })), { is: "refused", message: "no" });
});

test("a page in place of a decision is no success: what was decided goes on waiting", async () => {
  const real = globalThis.fetch;
  const answers = [new Response("<html>Log in</html>"), new Response("{}"), Response.json({ decision_id: "d1" }), Response.json({ undone: null }), new Response("{}")];
  globalThis.fetch = async () => answers.shift() as Response;
  try {
    const post = postTo({ csrf: "x" } as Shared);
    const entry = { ...draft("m1"), key: "k", at: "", tries: 1, state: "waiting" } as Entry;
    assert.deepEqual(await post.send(entry), { is: "later", login: true });
    assert.deepEqual(await post.send(entry), { is: "later", login: true });
    assert.equal((await post.send(entry)).is, "kept");
    assert.deepEqual(await post.send({ ...entry, kind: "undo" }), { is: "kept", decided: null });
    assert.deepEqual(await post.send({ ...entry, kind: "undo" }), { is: "later", login: true });
  } finally {
    globalThis.fetch = real;
  }
});
