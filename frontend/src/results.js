// Asks the endpoint and shows the answer: as table, chart, graph or text. The words come with the page.
import { chart, series } from "./chart.js";
import { vocabulary } from "./completion.js";
import { alert, code, element, paragraph } from "./elements.js";
import { table } from "./table.js";

const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, application/problem+json;q=0.8";
const ROWS = 1000;
const TEXT = 200_000; // characters of an answer shown as text
const LONGEST = 6000; // characters of a query that fits into an address everywhere
const OF_ROWS = { csv: "CSV", tsv: "TSV", json: "JSON", xml: "XML" };
const OF_TRIPLES = { ttl: "Turtle", jsonld: "JSON-LD", rdf: "RDF/XML", nt: "N-Triples" };

let running = null;

// Resolves to {ok, rows} or {ok: false, problem}; to nothing where another query was begun meanwhile.
export async function showResults(region, asked, words) {
  running?.abort();
  const own = (running = new AbortController());
  region.setAttribute("aria-busy", "true");
  region.replaceChildren(paragraph(words.waiting));
  while (region.nextElementSibling) region.nextElementSibling.remove(); // the answer that came with the page
  history.replaceState(null, "", permalink(asked));
  try {
    const answer = await send(asked, ACCEPT, own.signal);
    const text = await answer.text();
    if (!answer.ok) return refused(region, text, words);
    const found = read(answer, text, asked);
    show(region, found, words);
    return { ok: true, rows: found.rows?.length };
  } catch (error) {
    if (error.name === "AbortError") return undefined;
    region.replaceChildren(alert(words.failed, error.message));
    return { ok: false, problem: {} };
  } finally {
    if (own === running) region.removeAttribute("aria-busy");
  }
}

function send({ address, query, values }, accept, signal) {
  const target = `${address}${Object.keys(values).length ? `?${new URLSearchParams(values)}` : ""}`;
  return fetch(target, { method: "POST", headers: { Accept: accept, "Content-Type": "application/sparql-query" }, body: query, signal });
}

function permalink({ address, query, values, view }, more = {}) {
  if (query.length >= LONGEST) return address;
  return `${address}?${new URLSearchParams({ query, ...values, ...(view && view !== "table" ? { view } : {}), ...more })}`;
}

function refused(region, text, words) {
  let problem = {};
  try {
    problem = JSON.parse(text);
  } catch {
    // something before the register answered, and not in JSON
  }
  region.replaceChildren(alert(words.failed, problem.detail ?? problem.title ?? text.slice(0, 500)));
  return { ok: false, problem };
}

function read(answer, text, asked) {
  const used = Object.fromEntries((answer.headers.get("Samsvar-Used") ?? "").split(", ").map((each) => each.split("=")));
  const found = { asked, text, used };
  if (!answer.headers.get("Content-Type")?.includes("json")) return { ...found, triples: text.split("\n").filter(Boolean).length };
  const result = JSON.parse(text);
  return "boolean" in result ? { ...found, yes: result.boolean } : { ...found, names: result.head.vars, rows: result.results.bindings };
}

function show(region, found, words) {
  const kinds = views(found);
  const heading = element("h2", { className: "ds-heading", textContent: words.label });
  heading.dataset.size = "md";
  const parts = [heading, paragraph(summary(found, words), "sv-subtle")];
  if ("yes" in found) parts.push(paragraph(found.yes ? words.yes : words.no));
  else if (!kinds.length) parts.push(paragraph(words.none));
  const box = element("div", { className: "sv-stack" });
  const first = kinds.includes(found.asked.view) ? found.asked.view : kinds[0];
  if (kinds.length > 1) parts.push(chooser(kinds, first, words, (kind) => fill(box, kind, found, words)));
  region.replaceChildren(...parts, box, ...downloads(found, words));
  if (first) fill(box, first, found, words);
}

function views({ names, rows, triples }) {
  if (triples) return ["graph", "text"];
  if (!rows?.length) return [];
  return ["table", ...(series(names, rows).numbers.length ? ["bar", "line"] : []), "text"];
}

function chooser(kinds, first, words, choose) {
  const group = element("div", { className: "sv-cluster", role: "group", ariaLabel: words.show });
  for (const kind of kinds) {
    const button = element("button", { type: "button", className: "ds-button", textContent: words[kind], ariaPressed: String(kind === first) });
    Object.assign(button.dataset, { variant: kind === first ? "primary" : "secondary", size: "sm", view: kind });
    button.addEventListener("click", () => {
      for (const other of group.children) {
        other.ariaPressed = String(other === button);
        other.dataset.variant = other === button ? "primary" : "secondary";
      }
      choose(kind);
    });
    group.append(button);
  }
  return group;
}

async function fill(box, kind, found, words) {
  found.asked.view = kind;
  history.replaceState(null, "", permalink(found.asked));
  if (kind === "text") return box.replaceChildren(code((await asText(found)).slice(0, TEXT)));
  if (kind === "graph") {
    const [{ parse, showTriples }, { prefixes }] = await Promise.all([import("./triples.js"), vocabulary(words.vocabulary)]);
    box.replaceChildren();
    return showTriples(box, parse(found.text), prefixes, { ...words, most: ROWS });
  }
  const grid = table(found.names, found.rows, words, ROWS);
  box.replaceChildren(...(kind === "table" ? [] : [chart(kind, found.names, found.rows, words, box.clientWidth)]), grid);
}

async function asText({ asked, text, triples }) {
  if (!triples) return JSON.stringify(JSON.parse(text), null, 1);
  return (await send(asked, "text/turtle")).text();
}

function summary({ rows, triples, used }, words) {
  const told = [];
  if (rows) told.push(words.rows.replace("{}", rows.length));
  if (triples !== undefined) told.push(words.triples.replace("{}", triples));
  if (used.seconds) told.push(words.seconds.replace("{}", Number(used.seconds).toLocaleString("nb", { maximumFractionDigits: 3 })));
  if (used.cache === "hit") told.push(words.cached);
  if (rows?.length > ROWS) told.push(words.cut.replace("{}", ROWS));
  return told.join(" ");
}

function downloads({ asked, triples }, words) {
  if (asked.query.length >= LONGEST) return [];
  const list = element("ul", { className: "sv-cluster", ariaLabel: words.download });
  const tags = Object.entries(triples === undefined ? OF_ROWS : OF_TRIPLES).map(([format, name]) => tag(permalink(asked, { format }), name));
  for (const each of [...tags, tag(permalink(asked), words.link)]) list.append(element("li", {}, each));
  return [paragraph(words.download, "sv-small"), list];
}

function tag(href, textContent) {
  const made = element("a", { className: "ds-tag", href, textContent });
  Object.assign(made.dataset, { variant: "outline", color: "neutral" });
  return made;
}
