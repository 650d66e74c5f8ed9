// Names of things as people read them: with the register's prefixes, and as links into the register.
import { element } from "./elements.js";

export function shorten(iri, prefixes) {
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    if (iri.startsWith(namespace) && /^[\w-]+$/.test(iri.slice(namespace.length))) return `${prefix}:${iri.slice(namespace.length)}`;
  }
  return iri;
}

// The page of the register about a thing, with the whole IRI for whoever points at a short name.
export function link(uri, prefixes = {}) {
  const text = shorten(uri, prefixes);
  if (!/^https?:/.test(uri)) return text;
  return element("a", { className: "ds-link", href: `/resource?uri=${encodeURIComponent(uri)}`, textContent: text, title: text === uri ? "" : uri });
}
