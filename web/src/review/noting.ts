import { make } from "./common.ts";
import type { Context } from "./words.ts";

const LONGEST = 10_000;

/** A field for the words of a note. */
export function noting(cx: Context, save: (words: string) => void, leave: () => void): HTMLFormElement {
  const { t } = cx;
  const words = make("textarea", { rows: 3, dir: "auto", maxlength: LONGEST, required: true, id: "note-words" });
  const cancel = make("button", { type: "button" }, t("script.review.leave"), " ", make("kbd", {}, "Esc"));
  cancel.addEventListener("click", leave);
  const form = make("form", { class: "noting" }, make("label", { for: "note-words" }, t("script.review.note")), words, make("div", { class: "fix-acts" }, make("button", { type: "submit", class: "primary" }, t("script.review.note_save"), " ", make("kbd", {}, "Ctrl + Enter")), cancel));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (words.value.trim()) save(words.value.trim());
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  return form;
}
