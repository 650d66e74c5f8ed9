// Small helpers to make elements; nothing here writes markup from text.
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function paragraph(text, className = "") {
  return element("p", { className, textContent: text });
}

export function code(text) {
  return element("pre", { className: "sv-pre", tabIndex: 0, textContent: text });
}

export function alert(heading, text) {
  const box = element("div", { className: "ds-alert", role: "alert" }, element("p", { className: "ds-heading", textContent: heading }), code(text));
  box.dataset.color = "danger";
  box.firstChild.dataset.size = "2xs";
  box.lastChild.lang = "en";
  return box;
}

const DRAWING = "http://www.w3.org/2000/svg";

export function drawing(name, attributes = {}, text) {
  const made = document.createElementNS(DRAWING, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}
