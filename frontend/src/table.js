// An answer as a table: sorted by its headers, in Norwegian order, with links into the register.
import { element } from "./elements.js";
import { link } from "./names.js";

const collator = new Intl.Collator("nb", { numeric: true });
const NUMBER = /#(integer|decimal|double|float|int|long|short|byte|(?:non)?(?:positive|negative)Integer|unsigned\w+)$/i;

export const isNumber = (value) => value?.type === "literal" && NUMBER.test(value.datatype ?? "") && !Number.isNaN(Number(value.value));

export function table({ names, rows, prefixes }, words, limit) {
  const grid = element("table", { className: "ds-table" });
  grid.dataset.size = "sm";
  grid.append(element("caption", { className: "ds-sr-only", textContent: words.label }));
  const head = grid.createTHead().insertRow();
  const body = grid.createTBody();
  const fill = (sorted) => body.replaceChildren(...sorted.slice(0, limit).map((row) => line(names, row, prefixes)));
  for (const name of names) head.append(header(name, rows, head, fill));
  fill(rows);
  return element("div", { className: "sv-scroll", tabIndex: 0, role: "region", ariaLabel: words.label }, grid);
}

function header(name, rows, head, fill) {
  const cell = element("th", { scope: "col", className: rows.slice(0, 20).every((row) => isNumber(row[name])) ? "sv-number" : "" });
  const button = element("button", { type: "button", textContent: name });
  button.addEventListener("click", () => {
    const down = cell.ariaSort === "ascending";
    for (const other of head.cells) other.removeAttribute("aria-sort");
    cell.ariaSort = down ? "descending" : "ascending";
    fill(sorted(rows, name, down ? -1 : 1));
  });
  cell.append(button);
  return cell;
}

// What is not there comes last, whichever way it is turned; numbers come before words.
function sorted(rows, name, way) {
  const there = rows.filter((row) => row[name]).sort((a, b) => way * compare(a[name], b[name]));
  return [...there, ...rows.filter((row) => !row[name])];
}

function compare(a, b) {
  if (isNumber(a) && isNumber(b)) return a.value - b.value;
  return isNumber(b) - isNumber(a) || collator.compare(a.value, b.value);
}

function line(names, row, prefixes) {
  const made = document.createElement("tr");
  for (const name of names) {
    made.append(element("td", { className: isNumber(row[name]) ? "sv-number" : "" }, ...term(row[name], prefixes)));
  }
  return made;
}

function term(value, prefixes) {
  if (!value) return [];
  if (value.type === "uri") return [link(value.value, prefixes)];
  const language = value["xml:lang"];
  if (!language) return [value.value];
  return [element("span", { lang: language, textContent: value.value }), " ", element("span", { className: "sv-language", textContent: language })];
}
