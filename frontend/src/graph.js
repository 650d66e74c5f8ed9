// Draws the neighbourhood of a concept from the lists that say the same; they stay and are what a screen reader gets.
import { drawPicture, sized } from "./picture.js";

function read(lists) {
  const items = [lists, ...lists.querySelectorAll("[data-node]")].map(({ dataset }) => dataset);
  const relations = items.map(({ relation }) => relation).filter(Boolean);
  const shared = new Set(relations.filter((relation, at) => relations.indexOf(relation) !== at));
  const nodes = new Map();
  for (const item of items) {
    const { words, ...known } = nodes.get(item.node) ?? { words: [] };
    const more = shared.has(item.relation) ? [...words, item.relation] : words;
    nodes.set(item.node, { ...known, id: item.node, term: item.label, href: item.href, centre: "centre" in item, words: more });
  }
  const edges = items
    .filter((item) => item.source && nodes.has(item.source) && nodes.has(item.target))
    .map((item, at) => ({ id: `edge-${at}`, source: item.source, target: item.target, label: shared.has(item.relation) ? "" : item.relation }));
  return [...[...nodes.values()].map(sized), ...edges].map((data) => ({ data, classes: data.centre ? "centre" : "" }));
}

for (const lists of document.querySelectorAll("[data-concept-graph]")) {
  const elements = read(lists);
  if (elements.length > 1) drawPicture(lists, elements);
}
