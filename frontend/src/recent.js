// The queries that this browser has run lately; they are kept in the browser and nowhere else.
import { element } from "./elements.js";
import { locales, number } from "./summary.js";

const KEY = "samsvar-queries";
const MOST = 15;
const WIDTH = 70;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(kept) ? kept.filter((each) => typeof each?.query === "string") : [];
  } catch {
    return []; // storage may be off
  }
}

function write(queries) {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // storage may be full or off: then nothing is remembered
  }
}

export function remember({ query, values, view }, rows) {
  const others = read().filter((each) => each.query !== query);
  write([{ query, values, view, rows, time: Date.now() }, ...others].slice(0, MOST));
}

export function showRecent(box, words, choose) {
  const queries = read();
  box.hidden = !queries.length;
  if (!queries.length) return box.replaceChildren();
  const list = element("ul", { className: "sv-plain-list" });
  for (const each of queries) {
    const button = element("button", { type: "button", className: "sv-recent", textContent: gist(each.query) });
    const told = [new Date(each.time).toLocaleString(locales(), { dateStyle: "short", timeStyle: "short" })];
    if (Number.isInteger(each.rows)) told.push(words.rows.replace("{}", number(each.rows)));
    button.addEventListener("click", () => choose(each));
    const item = element("li", {});
    item.append(button, element("p", { className: "sv-small sv-subtle", textContent: told.join(" · ") }));
    list.append(item);
  }
  const forget = element("button", { type: "button", className: "ds-button", textContent: words.forget });
  Object.assign(forget.dataset, { variant: "tertiary", size: "sm" });
  forget.addEventListener("click", () => {
    write([]);
    showRecent(box, words, choose);
  });
  const details = element("details", { className: "ds-details" });
  details.append(element("summary", { textContent: words.recent }), element("div", {}));
  details.lastChild.append(list, forget);
  details.open = box.querySelector("details")?.open ?? false;
  box.replaceChildren(details);
}

function gist(query) {
  const lines = query.split("\n").map((line) => line.trim());
  const said = lines.filter((line) => line && !/^(PREFIX|BASE|#)/i.test(line)).join(" ");
  return said.length > WIDTH ? `${said.slice(0, WIDTH)} …` : said || query.slice(0, WIDTH);
}
