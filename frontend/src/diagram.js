// Draws the elements of an information model as a UML class diagram from the tables that say the same; those stay.
import { renderSvg } from "nomnoml";

const MOST = 150; // boxes: more of them cannot be read
const ARROWS = { Composition: "+->", Collection: "o->", Specialization: "-:>", Realization: "--:>", Abstraction: "--:>", Dependency: "-->" };
const SVG = "http://www.w3.org/2000/svg";

const plain = (words) => words.replace(/[[\]|;\\#\n]/g, " ").trim() || "?";

function read(list) {
  const elements = [...list.querySelectorAll("[data-element]")].slice(0, MOST).map((section) => {
    const { element, title, kind, href } = section.dataset;
    const parts = [...section.querySelectorAll("[data-part]")].map(({ dataset }) => dataset);
    return { element, title, kind, href, parts };
  });
  return elements.filter(({ kind, parts }) => kind !== "SimpleType" || parts.length);
}

function source(elements) {
  const drawn = new Set(elements.map(({ element }) => element));
  const lines = ["#fontSize: 11", "#padding: 6", "#spacing: 44", "#lineWidth: 1.5", "#fill: none", "#stroke: currentColor"];
  const rows = new Map();
  for (const { element, title, kind, parts } of elements) {
    const attributes = parts.filter(({ target, kind: sort }) => !(drawn.has(target) && sort !== "Attribute" && target !== element));
    rows.set(element, attributes);
    const words = attributes.map(({ part, type, many }) => plain([part + (type ? `: ${type}` : ""), many].filter(Boolean).join(" ")));
    const box = kind === "CodeList" ? "enum" : "class";
    lines.push(`[<${box} id=${element}>${plain(title)}${words.length ? `|${words.join(";")}` : ""}]`);
    for (const { part, target, many, kind: sort } of parts) {
      if (!drawn.has(target) || sort === "Attribute" || target === element) continue;
      lines.push(`[${element}] ${ARROWS[sort] ?? "->"} ${plain(`${sort === "Specialization" ? "" : part} ${many ?? ""}`)} [${target}]`.replace(" ? [", " ["));
    }
  }
  return { text: lines.join("\n"), rows };
}

function linked(text, href) {
  if (!href) return;
  const link = document.createElementNS(SVG, "a");
  link.setAttribute("href", href);
  text.replaceWith(link);
  link.append(text);
}

function picture(elements) {
  const { text, rows } = source(elements);
  const svg = new DOMParser().parseFromString(renderSvg(text), "image/svg+xml").documentElement;
  svg.querySelector("desc")?.remove();
  for (const { element, href } of elements) {
    const lines = (compartment) => svg.querySelectorAll(`text[data-name="${element}"][data-compartment="${compartment}"]`);
    lines(0).forEach((line) => linked(line, href));
    lines(1).forEach((line, at) => linked(line, rows.get(element)[at]?.href));
  }
  return document.importNode(svg, true);
}

function button(words, label, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "ds-button", textContent: words });
  made.dataset.variant = "secondary";
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

function draw(list) {
  const elements = read(list);
  if (!elements.length) return;
  const svg = picture(elements);
  const width = Number.parseFloat(svg.getAttribute("width"));
  svg.removeAttribute("height");
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", list.dataset.label);
  const box = document.createElement("div");
  Object.assign(box, { className: "sv-diagram__picture", tabIndex: 0 });
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", list.dataset.label);
  box.append(svg);
  const tools = document.createElement("div");
  tools.className = "sv-cluster sv-diagram__tools";
  list.before(tools, box);
  const fitting = () => Math.min(1, (box.clientWidth - 24) / width);
  let scale = Math.max(fitting(), 0.5);
  const zoom = (to) => {
    scale = Math.min(3, Math.max(0.1, to));
    svg.setAttribute("width", String(Math.round(width * scale)));
  };
  tools.append(
    button("+", list.dataset.closer, () => zoom(scale * 1.25)),
    button("−", list.dataset.farther, () => zoom(scale / 1.25)),
    button(list.dataset.whole, list.dataset.whole, () => zoom(fitting())),
  );
  zoom(scale);
}

for (const list of document.querySelectorAll("[data-model-diagram]")) draw(list);
