import type { Shared } from "../page.ts";

/** A text as it is shown, one character for each: controls as signs, ends of lines as one kind. */
export function visible(text: string, controls: Shared["controls"]): string {
  return text.replace(/\r\n/g, "\u200b\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (c) => {
    const code = c.charCodeAt(0);
    if (code === 0x0d || code === 0x2028 || code === 0x2029) return "\n";
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return "␡";
    if (code === 0xfeff) return "◇";
    return code < 0xa0 ? "\ufffd" : (controls[c]?.[0] ?? "◇");
  });
}
