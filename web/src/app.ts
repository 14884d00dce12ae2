import { pageData } from "./page.ts";

pageData();
