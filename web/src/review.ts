/** The review desk takes the place of the list that works without scripts. */
import { pageData, texts } from "./page.ts";
import { Desk } from "./review/desk.ts";
import type { Queue } from "./review/types.ts";

const shared = pageData<Queue>();
const root = document.getElementById("desk");
if (root && shared.can.review) new Desk({ shared, t: texts(shared) }, shared, root);
