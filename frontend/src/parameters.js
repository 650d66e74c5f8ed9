// The form fields of a query's parameters: what "# param:" comments declare, and other variables written with $.
const DECLARATION = /^[ \t]*#\s*param:\s*(\w+)\s+(\S+)(?:[ \t]+("[^"]*"|\S+)(?:[ \t]+(.*))?)?$/gm;
const SKIPPED = /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|#.*/g;
const TYPES = ["text", "integer", "decimal", "date", "iri"];
const LANGUAGES = ["en", "nb", "nn"];

export function declared(text) {
  const found = new Map();
  for (const [, name, type, given = "", labels = ""] of text.matchAll(DECLARATION)) {
    const choices = type.includes("|") ? type.split("|") : [];
    if (!choices.length && !TYPES.includes(type)) continue;
    const named = labels.split("|").map((label) => label.trim()).filter(Boolean);
    const label = named[LANGUAGES.indexOf(document.documentElement.lang)] ?? named[0] ?? name;
    found.set(name, { name, type, choices, label, value: given.replace(/^"|"$/g, "") });
  }
  for (const [, name] of text.replace(SKIPPED, " ").matchAll(/\$(\w+)/g)) {
    if (!found.has(name)) found.set(name, { name, type: "text", choices: [], label: name, value: "" });
  }
  return [...found.values()];
}

// Keeps what somebody has filled in while the query is written.
export function showFields(box, text, given = {}) {
  const wanted = declared(text);
  const key = JSON.stringify([wanted, given]);
  if (box.dataset.shown === key) return;
  box.dataset.shown = key;
  const kept = { ...values(box), ...given };
  box.querySelectorAll("[data-parameter]").forEach((each) => each.remove());
  box.append(...wanted.map((each) => field(each, kept[`$${each.name}`])));
  box.hidden = !wanted.length;
}

export function values(box) {
  const fields = [...box.querySelectorAll("[name^='$']")];
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]).filter(([, value]) => value));
}

function field({ name, type, choices, label, value }, kept) {
  const line = document.createElement("div");
  line.className = "ds-field";
  line.dataset.parameter = "";
  const input = document.createElement(choices.length ? "select" : "input");
  input.className = "ds-input";
  input.id = `parameter-${name}`;
  input.name = `$${name}`;
  for (const choice of choices) input.append(new Option(choice, choice));
  if (!choices.length) {
    input.type = { date: "date" }[type] ?? "text";
    if (type === "integer" || type === "decimal") input.inputMode = type === "integer" ? "numeric" : "decimal";
    input.autocomplete = "off";
  }
  input.value = kept && (!choices.length || choices.includes(kept)) ? kept : value;
  const words = document.createElement("label");
  words.className = "ds-label";
  words.htmlFor = input.id;
  words.textContent = label;
  line.append(words, input);
  return line;
}
