/** The list of mentions beside the text: which card is chosen, which rest on a source, which are listed, and where the keyboard is. */
import { make } from "./page.ts";

/** What is asked of the page when something in the list is chosen. */
export interface Asked {
  mention(at: number): void;
  voice(span: string): void;
}

/** How a mention stands, in a word for the card. */
export interface Standing {
  readonly standing: string;
  readonly decided: string | null;
  readonly who: string | null;
}

export class Cards {
  private readonly items: readonly HTMLLIElement[];
  readonly list: HTMLOListElement;
  private roving = -1;
  private chosen: number | null = null;
  private readonly sources: readonly HTMLElement[];

  constructor(section: HTMLElement, private readonly t: (key: string) => string, asked: Asked) {
    this.list = section.querySelector("ol") as HTMLOListElement;
    this.items = [...this.list.querySelectorAll<HTMLLIElement>("li.mention")];
    section.classList.add("live");
    this.items.forEach((li) => {
      upgrade(li, t);
      tabbable(li, false);
    });
    this.sources = [...this.list.querySelectorAll<HTMLElement>("button.source")];
    this.rove(0);
    this.list.addEventListener("click", (event) => clicked(event, asked));
    this.list.addEventListener("focusin", (event) => {
      const at = this.items.indexOf((event.target as Element).closest("li.mention") as HTMLLIElement);
      if (at >= 0) this.rove(at);
    });
  }

  card(at: number): HTMLLIElement | null {
    return this.items[at] ?? null;
  }

  /** The number of the card that has the focus itself, not a link or button within. */
  focused(): number | null {
    const at = this.items.indexOf(document.activeElement as HTMLLIElement);
    return at < 0 ? null : at;
  }

  /** Whether the focus is anywhere in the list. */
  hasFocus(): boolean {
    return this.list.contains(document.activeElement);
  }

  /** Show which card is chosen, which rest on the chosen source, and that source wherever it is named. */
  choose(chosen: number | null, rests: ReadonlySet<number> | null, span: string | null): void {
    this.list.classList.toggle("choosing", chosen !== null || rests !== null);
    this.items.forEach((li, i) => li.classList.toggle("rests", rests?.has(i) ?? false));
    if (chosen !== this.chosen) {
      this.press(this.chosen, false);
      this.press(chosen, true);
      this.chosen = chosen;
    }
    for (const b of this.sources) b.setAttribute("aria-pressed", String(b.dataset["source"] === span));
    if (chosen !== null) this.rove(chosen);
  }

  private press(at: number | null, on: boolean): void {
    const li = at === null ? undefined : this.items[at];
    if (!li) return;
    li.classList.toggle("chosen", on);
    if (on) li.setAttribute("aria-current", "true");
    else li.removeAttribute("aria-current");
    li.querySelector("button.trigger")?.setAttribute("aria-pressed", String(on));
  }

  /** Bring a card into view, in the list where that scrolls by itself. Smooth scrolling is not used: what the list shows must not lag behind the keys. */
  reveal(at: number): void {
    const li = this.items[at];
    if (!li || this.list.scrollHeight <= this.list.clientHeight + 1) return;
    const [box, frame] = [li.getBoundingClientRect(), this.list.getBoundingClientRect()];
    if (box.top < frame.top + 4) this.list.scrollTop += box.top - frame.top - 12;
    else if (box.bottom > frame.bottom - 4) this.list.scrollTop += Math.min(box.bottom - frame.bottom + 12, box.top - frame.top - 12);
  }

  focus(at: number): void {
    this.items[at]?.focus({ preventScroll: true });
  }

  /** List some cards only. */
  only(shown: (at: number) => boolean): void {
    this.items.forEach((li, i) => (li.hidden = !shown(i)));
    const first = this.items.findIndex((li) => !li.hidden);
    if (first >= 0 && this.items.every((li) => li.hidden || li.tabIndex !== 0)) this.rove(first);
  }

  /** Tell how a mention stands now. */
  stand(at: number, now: Standing): void {
    const li = this.items[at];
    if (!li) return;
    li.className = li.className.replace(/\bstanding-\w+/, `standing-${now.standing}`);
    const word = li.querySelector<HTMLElement>(".standing");
    if (word) {
      word.dataset["standing"] = now.standing;
      word.textContent = this.t(`script.article.standing_${now.standing}`);
    }
    const told = now.decided === null ? null : make("p", { class: "decision" }, make("span", { class: `decided decided-${now.decided}` }, this.t(`decision.${now.decided}`)), " ", now.who && make("bdi", {}, now.who));
    const old = li.querySelector("p.decision");
    if (old && told) old.replaceWith(told);
    else if (told) li.append(told);
    else old?.remove();
  }

  /** The one card that Tab comes to; links and buttons of the others are passed over. */
  private rove(at: number): void {
    if (at === this.roving) return;
    tabbable(this.items[this.roving], false);
    tabbable(this.items[at], true);
    this.roving = at;
  }
}

function tabbable(li: HTMLLIElement | undefined, on: boolean): void {
  if (!li) return;
  li.tabIndex = on ? 0 : -1;
  for (const inner of li.querySelectorAll<HTMLElement>(":is(a, button):not(.deciding *)")) inner.tabIndex = on ? 0 : -1;
}

function clicked(event: MouseEvent, asked: Asked): void {
  const target = event.target as Element;
  const li = target.closest<HTMLElement>("li.mention");
  if (!li || target.closest("a, .deciding") || selecting()) return;
  const source = target.closest<HTMLElement>("button.source")?.dataset["source"];
  if (source) asked.voice(source);
  else asked.mention(Number(li.dataset["mention"]));
}

/** Whether somebody has words selected, to copy them. */
export function selecting(): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed;
}

/** Names that can be chosen become buttons. */
function upgrade(li: HTMLLIElement, t: (key: string) => string): void {
  const word = li.querySelector("bdi.trigger");
  word?.replaceWith(make("button", { type: "button", class: "trigger", lang: "ar", dir: "rtl", "aria-pressed": "false" }, word.textContent));
  for (const name of li.querySelectorAll<HTMLElement>("span.source")) {
    const button = make("button", { type: "button", class: name.className, "data-source": name.dataset["source"], "aria-pressed": "false", title: t("script.article.source_title") });
    button.append(...name.childNodes);
    name.replaceWith(button);
  }
}
