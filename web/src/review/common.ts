/** What the parts of the desk share with the other pages. */
export { ask, draw, isTyping, make, Refused, type Shared, type Span } from "../page.ts";
export { visible } from "./visible.ts";
