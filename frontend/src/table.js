// An answer as a table: sorted by its headers, in Norwegian order, with links into the register.
import { element } from "./elements.js";

const collator = new Intl.Collator("nb", { numeric: true });
const NUMBER = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;

export const isNumber = (value) => value?.type === "literal" && NUMBER.test(value.datatype ?? "");

export function table(names, rows, words, limit) {
  const grid = element("table", { className: "ds-table" });
  grid.dataset.size = "sm";
  grid.append(element("caption", { className: "ds-sr-only", textContent: words.label }));
  const head = grid.createTHead().insertRow();
  const body = grid.createTBody();
  const fill = (sorted) => body.replaceChildren(...sorted.slice(0, limit).map((row) => line(names, row)));
  for (const name of names) head.append(header(name, rows, head, fill));
  fill(rows);
  return element("div", { className: "sv-scroll", tabIndex: 0, role: "region", ariaLabel: words.label }, grid);
}

function header(name, rows, head, fill) {
  const cell = element("th", { scope: "col" });
  const button = element("button", { type: "button", textContent: name });
  button.addEventListener("click", () => {
    const down = cell.ariaSort === "ascending";
    for (const other of head.cells) other.removeAttribute("aria-sort");
    cell.ariaSort = down ? "descending" : "ascending";
    fill([...rows].sort((a, b) => (down ? -1 : 1) * compare(a[name], b[name])));
  });
  cell.append(button);
  return cell;
}

function compare(a, b) {
  if (!a || !b) return Number(Boolean(b)) - Number(Boolean(a)); // what is not there comes last
  if (isNumber(a) && isNumber(b)) return a.value - b.value;
  return collator.compare(a.value, b.value);
}

function line(names, row) {
  const made = document.createElement("tr");
  for (const name of names) made.append(element("td", {}, ...term(row[name])));
  return made;
}

export function term(value) {
  if (!value) return [];
  if (value.type === "uri") return [link(value.value)];
  const language = value["xml:lang"];
  if (!language) return [value.value];
  return [element("span", { lang: language, textContent: value.value }), " ", element("span", { className: "sv-language", textContent: language })];
}

export function link(uri, text = uri) {
  if (!/^https?:/.test(uri)) return text;
  return element("a", { className: "ds-link", href: `/resource?uri=${encodeURIComponent(uri)}`, textContent: text });
}
