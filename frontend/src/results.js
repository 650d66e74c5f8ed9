// Shows the answer of a query: as table, chart, graph or text. The words come with the page.
import { LONGEST, permalink, received, results, send } from "./asking.js";
import { chart, series } from "./chart.js";
import { vocabulary } from "./completion.js";
import { downloads } from "./downloads.js";
import { alert, code, element, paragraph } from "./elements.js";
import { summary } from "./summary.js";
import { table } from "./table.js";

const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, application/problem+json;q=0.8";
const ROWS = 1000;
const TEXT = 200_000; // characters of an answer shown as text

let running = null;

export function stop() {
  running?.abort();
}

// Resolves to {ok, rows} or {ok: false, problem}; to nothing where it was stopped or another query was begun meanwhile.
export async function showResults(region, said, asked, words) {
  stop();
  const own = (running = new AbortController());
  region.setAttribute("aria-busy", "true");
  region.replaceChildren();
  document.querySelector("[data-answered-by-form]")?.remove(); // the answer that came with the page
  said.textContent = words.waiting;
  address(asked);
  try {
    const answer = await send(asked, ACCEPT, own.signal);
    if (!answer.ok) return refused(region, said, await answer.text(), words);
    const found = read(answer, await received(answer), asked);
    const { prefixes } = await vocabulary(words.vocabulary);
    said.textContent = summary(found, words, ROWS);
    show(region, { ...found, prefixes }, words);
    return { ok: true, rows: found.whole ? found.rows?.length : undefined };
  } catch (error) {
    if (error.name === "AbortError") return void (own === running && (said.textContent = words.stopped));
    return refused(region, said, JSON.stringify({ detail: error.message }), words);
  } finally {
    if (own === running) region.removeAttribute("aria-busy");
  }
}

// The address of the page is a link to what it shows, as long as an address may be.
function address(asked) {
  const link = permalink(asked);
  history.replaceState(null, "", link.length < LONGEST ? link : asked.address);
}

function refused(region, said, text, words) {
  let problem = {};
  try {
    problem = JSON.parse(text);
  } catch {
    // something before the register answered, and not in JSON
  }
  said.textContent = "";
  region.replaceChildren(alert(words.failed, problem.detail ?? problem.title ?? text.slice(0, 500)));
  return { ok: false, problem };
}

function read(answer, { text, whole }, asked) {
  const used = Object.fromEntries((answer.headers.get("Samsvar-Used") ?? "").split(", ").map((each) => each.split("=")));
  const found = { asked, text, whole, used: { ...used, age: answer.headers.get("Age") } };
  if (!answer.headers.get("Content-Type")?.includes("json")) return { ...found, triples: text.split("\n").filter(Boolean).length };
  const result = results({ text, whole });
  return "boolean" in result ? { ...found, yes: result.boolean } : { ...found, names: result.head.vars, rows: result.results.bindings };
}

function show(region, found, words) {
  const kinds = views(found);
  const heading = element("h2", { className: "ds-heading", textContent: words.label });
  heading.dataset.size = "md";
  const parts = [heading];
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
  address(found.asked);
  if (kind === "text") return box.replaceChildren(code((await asText(found)).slice(0, TEXT)));
  if (kind === "graph") {
    const { parse, showTriples } = await import("./triples.js");
    box.replaceChildren();
    return showTriples(box, parse(found.text), found.prefixes, { ...words, most: ROWS });
  }
  const grid = table(found, words, ROWS);
  box.replaceChildren(...(kind === "table" ? [] : [chart(kind, found.names, found.rows, words, box.clientWidth)]), grid);
}

async function asText({ asked, text, triples }) {
  if (text.length > TEXT) return text;
  if (!triples) return JSON.stringify(JSON.parse(text), null, 1);
  return (await send(asked, "text/turtle")).text();
}
