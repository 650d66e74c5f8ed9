// Asks the endpoint and shows a table, a sentence or Turtle. The words come from data attributes of the region.
const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.8";
const ROWS = 1000;
const LONGEST = 6000; // characters of a query that fits into an address everywhere
const DOWNLOADS = { csv: "CSV", tsv: "TSV", json: "JSON", xml: "XML" };

let running = null;

export async function showResults(region, address, query) {
  running?.abort();
  const own = (running = new AbortController());
  const words = region.dataset;
  region.setAttribute("aria-busy", "true");
  region.replaceChildren(paragraph(words.waiting));
  while (region.nextElementSibling) region.nextElementSibling.remove(); // the answer that came with the page
  if (query.length < LONGEST) history.replaceState(null, "", `?query=${encodeURIComponent(query)}`);
  const started = performance.now();
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { Accept: ACCEPT, "Content-Type": "application/sparql-query" },
      body: query,
      signal: own.signal,
    });
    const text = await answer.text();
    const seconds = ((performance.now() - started) / 1000).toFixed(2);
    region.replaceChildren(...render(answer, text, words, seconds), ...downloads(answer, words, address, query));
  } catch (error) {
    if (error.name === "AbortError") return;
    region.replaceChildren(alert(words.failed, error.message));
  } finally {
    if (own === running) region.removeAttribute("aria-busy");
  }
}

function render(answer, text, words, seconds) {
  const type = answer.headers.get("Content-Type") ?? "";
  if (!answer.ok) return [alert(words.failed, detail(text))];
  if (!type.includes("json")) return [summary(words, seconds), code(text)];
  const result = JSON.parse(text);
  if ("boolean" in result) return [summary(words, seconds), paragraph(result.boolean ? words.yes : words.no)];
  const rows = result.results.bindings;
  const counted = summary(words, seconds, rows.length);
  return rows.length ? [counted, table(result.head.vars, rows.slice(0, ROWS), words)] : [counted];
}

function summary(words, seconds, rows) {
  const counted = rows === undefined ? "" : `${words.rows.replace("{}", rows)} `;
  const cut = rows > ROWS ? ` ${words.cut.replace("{}", ROWS)}` : "";
  return paragraph(`${counted}${words.seconds.replace("{}", seconds)}${cut}`, "sv-subtle");
}

function downloads(answer, words, address, query) {
  const isTable = answer.ok && answer.headers.get("Content-Type")?.includes("json");
  if (!isTable || query.length >= LONGEST) return [];
  const list = element("ul", { className: "sv-cluster", ariaLabel: words.download });
  for (const [format, name] of Object.entries(DOWNLOADS)) {
    const href = `${address}?query=${encodeURIComponent(query)}&format=${format}`;
    const tag = element("a", { className: "ds-tag", href, textContent: name });
    Object.assign(tag.dataset, { variant: "outline", color: "neutral" });
    const item = element("li", {});
    item.append(tag);
    list.append(item);
  }
  return [list];
}

function detail(text) {
  try {
    const problem = JSON.parse(text);
    return problem.detail ?? problem.title ?? text;
  } catch {
    return text;
  }
}

function table(names, rows, words) {
  const box = element("div", { className: "sv-scroll", tabIndex: 0, role: "region", ariaLabel: words.label });
  const grid = element("table", { className: "ds-table" });
  grid.dataset.size = "sm";
  const head = grid.createTHead().insertRow();
  for (const name of names) head.append(element("th", { scope: "col", textContent: name }));
  const body = grid.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const name of names) line.insertCell().append(...term(row[name]));
  }
  box.append(grid);
  return box;
}

function term(value) {
  if (!value) return [];
  if (value.type === "uri") return [link(value.value)];
  const language = value["xml:lang"];
  if (!language) return [value.value];
  return [element("span", { lang: language, textContent: value.value }), " ", element("span", { className: "sv-language", textContent: language })];
}

function link(uri) {
  if (!/^https?:/.test(uri)) return uri;
  return element("a", { className: "ds-link", href: `/resource?uri=${encodeURIComponent(uri)}`, textContent: uri });
}

function code(text) {
  return element("pre", { className: "sv-pre", tabIndex: 0, textContent: text });
}

function paragraph(text, className = "") {
  return element("p", { className, textContent: text });
}

function alert(heading, text) {
  const box = element("div", { className: "ds-alert" });
  box.dataset.color = "danger";
  box.append(element("p", { className: "ds-heading", textContent: heading }), code(text));
  box.firstChild.dataset.size = "2xs";
  return box;
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
