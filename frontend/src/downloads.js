// The answer in every format, and the link to the query. What is too long for an address is sent as a form.
import { LONGEST, permalink } from "./asking.js";
import { element, paragraph } from "./elements.js";

const OF_ROWS = { csv: "CSV", tsv: "TSV", json: "JSON", xml: "XML" };
const OF_TRIPLES = { ttl: "Turtle", jsonld: "JSON-LD", rdf: "RDF/XML", nt: "N-Triples" };

export function downloads({ asked, triples }, words) {
  const formats = Object.entries(triples === undefined ? OF_ROWS : OF_TRIPLES);
  const fits = permalink(asked, { format: "jsonld" }).length < LONGEST;
  const made = fits
    ? [...formats.map(([format, name]) => tag(permalink(asked, { format }), name)), tag(permalink(asked), words.link)]
    : formats.map(([format, name]) => button(asked, format, name));
  const list = element("ul", { className: "sv-cluster", ariaLabel: words.download }, ...made.map((each) => element("li", {}, each)));
  return [paragraph(words.download, "sv-small"), list];
}

function tag(href, textContent) {
  const made = element("a", { className: "ds-tag", href, textContent });
  Object.assign(made.dataset, { variant: "outline", color: "neutral" });
  return made;
}

function button({ address, query, values, dataset }, format, textContent) {
  const made = element("button", { type: "button", className: "ds-button", textContent });
  Object.assign(made.dataset, { variant: "secondary", size: "sm" });
  made.addEventListener("click", () => {
    const form = element("form", { method: "post", action: address, hidden: true });
    for (const [name, value] of [["query", query], ["format", format], ...Object.entries(values), ...dataset]) {
      form.append(element("textarea", { name, value }));
    }
    document.body.append(form);
    form.submit();
    form.remove();
  });
  return made;
}
