/** What every page does: the switch between light and dark, and keys that lead to the parts of the room. */
import { isTyping, make, pageData, texts } from "./page.ts";

type Theme = "auto" | "light" | "dark";
const THEMES: readonly Theme[] = ["auto", "light", "dark"];
const SIGNS: Readonly<Record<Theme, string>> = { auto: "◐", light: "☀", dark: "☾" };
const YEAR = 31_536_000;

const shared = pageData();
const t = texts(shared);

function chosen(): Theme {
  const set = document.documentElement.dataset["theme"];
  return set === "light" || set === "dark" ? set : "auto";
}

function choose(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  document.cookie = `theme=${theme}; path=/; max-age=${theme === "auto" ? 0 : YEAR}; samesite=lax`;
}

function themeSwitch(): HTMLButtonElement {
  const button = make("button", { type: "button", class: "theme" });
  const show = (): void => {
    const now = chosen();
    button.textContent = SIGNS[now];
    button.setAttribute("aria-label", t("script.app.theme", { theme: t(`script.app.theme_${now}`) }));
    button.title = button.getAttribute("aria-label") ?? "";
  };
  button.addEventListener("click", () => {
    choose(THEMES[(THEMES.indexOf(chosen()) + 1) % THEMES.length] as Theme);
    show();
  });
  show();
  return button;
}

/** `g` and then a letter opens a part of the room, `/` goes to the search field, `?` to the help. */
function keys(): void {
  const parts: Readonly<Record<string, string>> = { h: "/", a: "/articles", e: "/events", m: "/map", t: "/timeline", c: "/compare", r: "/review", x: "/export" };
  let leading = false;
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || event.defaultPrevented) return;
    const part = leading ? parts[event.key] : undefined;
    leading = event.key === "g";
    if (part) {
      event.preventDefault();
      event.stopImmediatePropagation();
      location.assign(part);
    } else if (event.key === "/") {
      const field = document.querySelector<HTMLInputElement>("input[type=search]");
      if (field) event.preventDefault();
      field?.focus();
    } else if (event.key === "?" && !document.body.classList.contains("page-review")) location.assign("/help");
  }, { capture: true });
}

document.querySelector("header .tools")?.prepend(themeSwitch());
keys();
