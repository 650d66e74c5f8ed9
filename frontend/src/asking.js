// Asks the endpoint, and reads as much of the answer as a page can hold.
export const LONGEST = 7500; // characters of an address that servers take

const MOST = 16_000_000; // characters of an answer that are read

// What was asked: {address, query, values, dataset, view}; `values` by parameter, `dataset` pairs of parameter and graph.
export function send({ address, query, values, dataset }, accept, signal) {
  const more = new URLSearchParams([...Object.entries(values), ...dataset]).toString();
  const target = more ? `${address}?${more}` : address;
  return fetch(target, { method: "POST", headers: { Accept: accept, "Content-Type": "application/sparql-query" }, body: query, signal });
}

export function permalink({ address, query, values, dataset, view }, more = {}) {
  const shown = view && view !== "table" ? { view } : {};
  return `${address}?${new URLSearchParams([["query", query], ...Object.entries({ ...values, ...shown, ...more }), ...dataset])}`;
}

// Resolves to {text, whole}: the rest of an answer beyond the limit is not waited for.
export async function received(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  const parts = [];
  for (let length = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return { text: parts.join(""), whole: true };
    parts.push(value);
    length += value.length;
    if (length > MOST) {
      await reader.cancel();
      return { text: parts.join(""), whole: false };
    }
  }
}

// SPARQL results in JSON; of a text that was cut, the rows that came whole.
export function results({ text, whole }) {
  if (whole) return JSON.parse(text);
  for (let end = text.length; end > 0; ) {
    end = text.lastIndexOf("}},{", end - 1);
    try {
      return JSON.parse(`${text.slice(0, end + 2)}]}}`);
    } catch {
      // these braces stand within a text: the row ends before
    }
  }
  throw new Error("The answer begins with a row that is too long for a page.");
}
