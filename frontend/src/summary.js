// One line on what the query touched: rows, time, and whether the answer had been kept.

// The language of the page, and bokmål for nynorsk, which few browsers write numbers and dates in.
export function locales() {
  return [document.documentElement.lang, "nb"];
}

export function number(value, most = 0) {
  return value.toLocaleString(locales(), { maximumFractionDigits: most });
}

export function summary({ rows, triples, whole, used }, words, limit) {
  const told = [];
  const count = rows?.length ?? triples;
  if (count !== undefined) told.push((rows ? words.rows : words.triples).replace("{}", number(count)));
  if (!whole) told.push(words.more);
  if (count > limit) told.push(words.cut.replace("{}", number(limit)));
  if (used.seconds) told.push(words.seconds.replace("{}", number(Math.max(used.seconds, 0.001), 3)));
  if (used.cache === "hit") told.push(words.cached.replace("{}", number(Number(used.age))));
  if (used.cache === "miss") told.push(words.fresh);
  return told.join(" ");
}
