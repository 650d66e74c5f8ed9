// Completes keywords, variables of the query, and the register's own prefixes, classes and properties.
const KEYWORDS =
  "SELECT DISTINCT WHERE OPTIONAL FILTER UNION MINUS GRAPH VALUES BIND AS LIMIT OFFSET PREFIX CONSTRUCT DESCRIBE ASK FROM NAMED IN NOT EXISTS COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND COALESCE IF STRLEN SUBSTR UCASE LCASE STRSTARTS STRENDS CONTAINS STRBEFORE STRAFTER CONCAT REGEX REPLACE ABS ROUND YEAR MONTH DAY isIRI isLiteral"
    .split(" ")
    .concat(["GROUP BY", "ORDER BY", "HAVING", "DESC", "ASC", "true", "false"]);

let known;

export function vocabulary(address) {
  known ??= fetch(address)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
    .catch(() => ({ prefixes: {}, classes: [], properties: [] })); // without it one can still write a query
  return known;
}

export function completion(address) {
  return async (context) => {
    const word = context.matchBefore(/[?$]\w*|[\w-]*:?[\w-]*/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    if (/^[?$]/.test(word.text)) return { from: word.from, options: variables(context, word), validFor: /^[?$]\w*$/ };
    const { prefixes, classes, properties } = await vocabulary(address);
    return {
      from: word.from,
      options: [
        ...properties.map((term) => option(term, "property")),
        ...classes.map((term) => option(term, "class")),
        ...Object.entries(prefixes).map(([name, iri]) => ({ label: `${name}:`, type: "namespace", detail: iri, boost: -20 })),
        ...KEYWORDS.map((label) => ({ label, type: "keyword", boost: -10 })),
      ],
      validFor: /^[\w-]*:?[\w-]*$/,
    };
  };
}

function option({ name, label, uses }, type) {
  return { label: name, type, detail: label ?? (uses ? String(uses) : ""), boost: Math.min(Math.log10(uses + 1), 9) };
}

function variables({ state, pos }, word) {
  const names = new Set();
  for (const match of state.doc.toString().matchAll(/[?$](\w+)/g)) {
    if (match.index !== word.from || match.index + match[0].length < pos) names.add(match[1]);
  }
  return [...names].map((name) => ({ label: word.text[0] + name, type: "variable" }));
}
