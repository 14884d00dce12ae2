/** How the evidence looks: marked lightly, or what is chosen lit and the rest dimmed. */
import { PARTS, type Part, type Piece } from "./evidence.ts";
import { type ShownText, type Stretch, canHighlight, paint } from "./highlight.ts";

/** What is to be seen: parts switched off, mentions that are listed, mentions that are lit (null: nothing is chosen) and the words round them. */
export interface Look {
  readonly off: ReadonlySet<Part>;
  readonly listed: (mention: number) => boolean;
  readonly lit: ReadonlySet<number> | null;
  readonly quotes: readonly Stretch[];
}

// Where spans overlap the later is painted above: a place within a party's name keeps its own ground, and the trigger is never hidden.
const ABOVE: readonly Part[] = ["sources", "actors", "recipients", "places", "time", "counts", "trigger"];

/** Paints the looks over the text; where the browser has no highlights, by the classes of the server's marks. */
export class Lights {
  private readonly exact = canHighlight();
  private readonly painted = new Map<string, string>();
  private readonly byPart: ReadonlyMap<Part, readonly Piece[]>;

  constructor(private readonly text: ShownText, pieces: readonly Piece[]) {
    this.byPart = new Map(PARTS.map((part) => [part, pieces.filter((p) => p.part === part)]));
    text.root.classList.toggle("exact", this.exact);
  }

  show(look: Look): void {
    this.text.root.classList.toggle("dim", look.lit !== null);
    if (this.exact) this.highlight(look);
    else this.classes(look);
  }

  private highlight({ off, listed, lit, quotes }: Look): void {
    for (const part of PARTS) {
      const of = off.has(part) ? [] : this.byPart.get(part) ?? [];
      this.paint(`ev-${part}`, of.filter((p) => listed(p.mention)), ABOVE.indexOf(part) + 1);
      this.paint(`on-${part}`, lit ? of.filter((p) => lit.has(p.mention)) : [], ABOVE.indexOf(part) + 11);
    }
    this.paint("quote", quotes, 0);
  }

  /** Paint what differs from what is painted already: mostly the light marks stay as they are. */
  private paint(name: string, stretches: readonly Stretch[], priority: number): void {
    const now = stretches.map((s) => `${s.start}:${s.end}`).join();
    if ((this.painted.get(name) ?? "") === now) return;
    this.painted.set(name, now);
    paint(this.text, name, stretches, priority);
  }

  private classes({ off, listed, lit }: Look): void {
    for (const part of PARTS) this.text.root.classList.toggle(`off-${part}`, off.has(part));
    for (const mark of this.text.root.querySelectorAll<HTMLElement>("mark[data-mentions]")) {
      const of = (mark.dataset["mentions"] ?? "").split(" ").map(Number);
      mark.classList.toggle("unlisted", !of.some(listed));
      mark.classList.toggle("on", of.some((i) => lit?.has(i)));
    }
  }
}
