// Draws the neighbourhood of a concept from the list that says the same; the list stays and is what a screen reader gets.
import cytoscape from "cytoscape";
import dagre from "cytoscape-dagre";

cytoscape.use(dagre);

const FONT = '500 14px "Inter", system-ui, sans-serif';
const PADDING = 24;
const darkScheme = matchMedia("(prefers-color-scheme: dark)");

function read(list) {
  const items = [...list.querySelectorAll("[data-node]")];
  const nodes = new Map();
  for (const { dataset } of items) {
    const known = nodes.get(dataset.node) ?? {};
    nodes.set(dataset.node, { ...known, id: dataset.node, label: dataset.label, href: dataset.href, centre: "centre" in dataset });
  }
  const edges = items
    .filter(({ dataset }) => dataset.source && nodes.has(dataset.source) && nodes.has(dataset.target))
    .map(({ dataset }, at) => ({ id: `edge-${at}`, source: dataset.source, target: dataset.target, label: dataset.relation }));
  return [...[...nodes.values()].map(sized), ...edges].map((data) => ({ data, classes: data.centre ? "centre" : "" }));
}

function sized(node) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = FONT;
  return { ...node, width: Math.min(pen.measureText(node.label).width, 180) + PADDING, height: node.label.length > 24 ? 52 : 36 };
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
        "text-max-width": "180px",
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

async function draw(list) {
  const elements = read(list);
  if (elements.length < 2) return;
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
    layout: { name: "dagre", rankDir: "TB", nodeSep: 40, rankSep: 64, padding: 24, animate: false },
    minZoom: 0.4,
    maxZoom: 1.1,
    userZoomingEnabled: false,
    autoungrabify: true,
    boxSelectionEnabled: false,
  });
  const room = Math.round(Math.min(Math.max(graph.elements().boundingBox().h + 64, 180), 480));
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

for (const list of document.querySelectorAll("ul[data-concept-graph]")) draw(list);
