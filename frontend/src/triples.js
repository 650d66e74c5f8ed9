// Triples as a picture, with the same triples in a table beneath. Loaded only when somebody wants to see them.
import { element, paragraph } from "./elements.js";
import { drawPicture, sized } from "./picture.js";
import { link, shorten } from "./names.js";

const TRIPLE = /^<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<[^>]*>)?) \.$/;
const ESCAPES = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };
const NAMES = ["prefLabel", "title", "name", "label"];
const DRAWN = 120;

export function parse(text) {
  return text
    .split("\n")
    .map((line) => TRIPLE.exec(line))
    .filter(Boolean)
    .map(([, subject, predicate, object, literal, language]) => ({
      subject: unescaped(subject),
      predicate: unescaped(predicate),
      object: object === undefined ? undefined : unescaped(object),
      literal: literal === undefined ? undefined : unescaped(literal),
      language,
    }));
}

function unescaped(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
    one ? (ESCAPES[one] ?? one) : String.fromCodePoint(parseInt(four ?? eight, 16)),
  );
}

export function showTriples(box, triples, prefixes, words) {
  const list = listed(triples, prefixes, words);
  box.append(list);
  const drawn = triples.filter(({ object }) => object !== undefined).slice(0, DRAWN);
  if (!drawn.length) return;
  if (drawn.length === DRAWN) list.before(paragraph(words.cut.replace("{}", DRAWN), "sv-subtle"));
  return drawPicture(list, elements(drawn, names(triples), prefixes), { zoom: true });
}

function names(triples) {
  const found = new Map();
  for (const { subject, predicate, literal } of triples) {
    if (literal !== undefined && NAMES.includes(predicate.split(/[/#]/).at(-1)) && !found.has(subject)) found.set(subject, literal);
  }
  return found;
}

function elements(triples, known, prefixes) {
  const nodes = new Map();
  const node = (iri) => {
    const href = link(iri).href;
    if (!nodes.has(iri)) nodes.set(iri, sized({ id: iri, term: known.get(iri) ?? brief(shorten(iri, prefixes)), words: [], href }));
    return iri;
  };
  const edges = triples.map(({ subject, predicate, object }, at) => ({
    data: { id: `edge-${at}`, source: node(subject), target: node(object), label: brief(shorten(predicate, prefixes)) },
  }));
  return [...[...nodes.values()].map((data) => ({ data })), ...edges];
}

function brief(name) {
  return /^https?:/.test(name) ? name.replace(/^https?:\/\//, "").slice(-40) : name;
}

function listed(triples, prefixes, words) {
  const grid = element("table", { className: "ds-table" });
  grid.dataset.size = "sm";
  grid.append(element("caption", { className: "ds-sr-only", textContent: words.label }));
  const head = grid.createTHead().insertRow();
  for (const name of words.triple) head.append(element("th", { scope: "col", textContent: name }));
  const body = grid.createTBody();
  for (const { subject, predicate, object, literal, language } of triples.slice(0, words.most)) {
    const row = body.insertRow();
    row.insertCell().append(link(subject, prefixes));
    row.insertCell().append(shorten(predicate, prefixes));
    row.insertCell().append(
      object === undefined ? element("span", { lang: language ?? "", textContent: literal }) : link(object, prefixes),
    );
  }
  return element("div", { className: "sv-scroll", tabIndex: 0, role: "region", ariaLabel: words.label }, grid);
}
