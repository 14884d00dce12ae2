/** What the desk works on: items of the queue, the mention within, decisions. */
import type { Span } from "../page.ts";

export interface Party extends Span {
  code: string;
  name?: string | null;
  entity?: string | null;
}

export interface Place extends Span {
  name: string;
  country: string | null;
  admin1: string | null;
  lat: number | null;
  lon: number | null;
  precision: string;
  basis: string;
  id: string | null;
  candidates?: unknown;
}

export interface When {
  span: Span;
  start: string | null;
  end: string | null;
  basis?: string | null;
  conflict?: boolean;
}

export interface Count extends Span {
  role: string;
  low: number;
  high: number | null;
  who: string;
  open?: boolean;
  approximate?: boolean;
}

export interface Source extends Span {
  kind: string;
  cue: Span | null;
}

export type Confidence = Readonly<Record<string, number | readonly number[] | null>>;

/** A mention as the store keeps it; the form changes copies of it. */
export interface Fields {
  trigger: Span;
  type: string;
  modes: string[];
  status: string;
  event: string;
  actors: Party[];
  recipients: Party[];
  places: Place[];
  time: When | null;
  counts: Count[];
  sources: Source[];
  confidence?: Confidence | null;
  why?: unknown;
}

export interface Item {
  readonly mention_id: string;
  readonly article_id: string;
  readonly mention: Fields;
  readonly quote: readonly [number, number];
  readonly standing: string;
  readonly own: boolean;
  readonly who?: string;
  readonly decided?: string;
  readonly title: string | null;
  readonly outlet: string | null;
  readonly published: string | null;
  readonly words: string;
  readonly doubt: number;
  readonly reasons: readonly { readonly reason: string; readonly weight: number }[];
  readonly busy: boolean;
  readonly expected: string | null;
  readonly cursor: string;
}

export interface BatchName {
  readonly batch_id: string;
  readonly name: string;
  readonly blind: boolean;
}

export interface Queue {
  readonly coder: string;
  readonly items: readonly Item[];
  readonly batch: string | null;
  readonly batches: readonly BatchName[];
}

export type Kind = "accept" | "reject" | "fix" | "unsure" | "add" | "note" | "complete";

/** A decision as the server answers it. */
export interface Decided {
  readonly decision_id: string;
  readonly at: string;
  readonly who: string;
  readonly kind: string;
  readonly subject: readonly string[];
  readonly value: unknown;
}

/** Kinds that settle a mention, so that it leaves the queue. */
export const VERDICTS: ReadonlySet<string> = new Set(["accept", "reject", "fix", "unsure"]);
