// Draws nodes and edges with cytoscape, for graph.js and triples.js. The picture is hidden from screen readers: a list says the same.
import cytoscape from "cytoscape";
import dagre from "cytoscape-dagre";

cytoscape.use(dagre);

const FONT = '500 14px "Inter", system-ui, sans-serif';
const PADDING = 24;
const LINE = 180; // pixels before a box breaks its words
const WIDE = 6; // boxes beside each other before they stand below each other
const darkScheme = matchMedia("(prefers-color-scheme: dark)");

// A relation that several concepts have is written in their boxes: on the lines, the same words would lie over each other.
export function sized({ words, term, ...node }) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = FONT;
  const lines = [...(words.length ? [`${words.join(", ")}:`] : []), breakable(term)];
  const widths = lines.map((line) => pen.measureText(line).width);
  const rows = widths.reduce((sum, width) => sum + Math.ceil((width + 1) / LINE), 0);
  return { ...node, label: lines.join("\n"), width: Math.min(Math.max(...widths), LINE) + PADDING, height: rows * 18 + 18 };
}

// Addresses may break after their marks: boxes break lines at spaces, and at spaces of no width.
function breakable(term) {
  return term.replace(/\S{24,}/g, (word) => word.replace(/[/\-._:%]/g, "$&\u200b"));
}

function look(box) {
  const style = getComputedStyle(box);
  const colour = (name) => style.getPropertyValue(`--ds-color-${name}`).trim();
  return [
    {
      selector: "node",
      style: {
        label: "data(label)",
        width: "data(width)",
        height: "data(height)",
        shape: "round-rectangle",
        "background-color": colour("neutral-surface-default"),
        "border-width": 1.5,
        "border-color": colour("neutral-border-default"),
        color: colour("neutral-text-default"),
        "font-family": "Inter, system-ui, sans-serif",
        "font-size": 14,
        "font-weight": 500,
        "text-valign": "center",
        "text-halign": "center",
        "text-wrap": "wrap",
        "text-max-width": `${LINE}px`,
      },
    },
    {
      selector: "node.centre",
      style: {
        "background-color": colour("accent-base-default"),
        "border-color": colour("accent-base-default"),
        color: colour("accent-base-contrast-default"),
      },
    },
    {
      selector: "edge",
      style: {
        label: "data(label)",
        width: 1.5,
        "curve-style": "bezier",
        "line-color": colour("neutral-border-default"),
        "target-arrow-color": colour("neutral-border-default"),
        "target-arrow-shape": "triangle",
        color: colour("neutral-text-subtle"),
        "font-family": "Inter, system-ui, sans-serif",
        "font-size": 12,
        "text-background-color": colour("neutral-background-tinted"),
        "text-background-opacity": 1,
        "text-background-padding": 3,
        "text-wrap": "wrap",
        "text-max-width": "120px",
      },
    },
  ];
}

// Cytoscape looks for an element of this name before it writes a style element, which the policy would refuse.
function claimStyles() {
  const name = "__________cytoscape_stylesheet";
  if (document.getElementById(name)) return;
  const mark = document.createElement("meta");
  mark.id = name;
  document.head.append(mark);
}

function direction(elements) {
  const nodes = elements.filter(({ data }) => !data.source).length;
  return nodes > WIDE ? { rankDir: "LR", nodeSep: 12 } : { rankDir: "TB", nodeSep: 40 };
}

// Elements as cytoscape takes them; the box is put before `list`, whose content it draws.
export async function drawPicture(list, elements, { zoom = false } = {}) {
  await document.fonts.load(FONT);
  claimStyles();
  const box = document.createElement("div");
  box.className = "sv-graph__picture";
  box.setAttribute("aria-hidden", "true");
  list.before(box);
  const graph = cytoscape({
    container: box,
    elements,
    style: look(box),
    layout: { name: "dagre", ...direction(elements), rankSep: 64, padding: 24, animate: false },
    minZoom: zoom ? 0.1 : 0.4,
    maxZoom: 1.1,
    userZoomingEnabled: zoom,
    autoungrabify: true,
    boxSelectionEnabled: false,
  });
  const { w, h } = graph.elements().boundingBox();
  const scale = Math.min(1.1, Math.max(0.4, (box.clientWidth - 48) / w));
  const room = Math.round(Math.min(Math.max(h * scale + 64, 180), 960));
  box.style.height = `${room}px`; // through the object model, which the content security policy allows
  graph.on("tap", "node", ({ target }) => {
    const href = target.data("href");
    if (href && !target.data("centre")) location.assign(href);
  });
  graph.on("mouseover mouseout", "node", ({ type, target }) => {
    box.classList.toggle("sv-graph__picture--link", type === "mouseover" && Boolean(target.data("href")) && !target.data("centre"));
  });
  darkScheme.addEventListener("change", () => graph.style(look(box)));
  new ResizeObserver(() => graph.resize().fit(undefined, 24)).observe(box);
}
