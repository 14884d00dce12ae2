/** Keys of the desk, whichever letters the keyboard writes. */

export type Press = Pick<KeyboardEvent, "key" | "code">;

/** The Latin letter or sign a key stands for: on an Arabic keyboard the one at its place. */
export function letterOf(event: Press): string {
  if (event.key === "؟") return "?";
  if (/^[\x21-\x7e]$/.test(event.key)) return event.key.toLowerCase();
  const place = /^Key([A-Z])$/.exec(event.code);
  return event.key.length === 1 && place ? (place[1] as string).toLowerCase() : event.key;
}

/** Whether an arrow leads to the next (1) or the one before (-1), as the page is read; 0: neither. */
export function stepOf(key: string, dir: "ltr" | "rtl"): 1 | -1 | 0 {
  if (key === "j" || key === "ArrowDown") return 1;
  if (key === "k" || key === "ArrowUp") return -1;
  if (key === "ArrowRight") return dir === "ltr" ? 1 : -1;
  if (key === "ArrowLeft") return dir === "ltr" ? -1 : 1;
  return 0;
}
