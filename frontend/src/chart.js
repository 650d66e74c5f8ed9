// Bar and line charts of an answer, as SVG. The table with the same numbers stands beneath: the chart is a picture of it.
import { drawing, element } from "./elements.js";
import { isNumber } from "./table.js";

const MOST = { bar: 40, line: 600 };
const SERIES = 3;
const ROW = 22;
const LABEL = 240;
const HEIGHT = 300;

export function series(names, rows) {
  const numbers = names.filter((name) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || isNumber(row[name])));
  const others = names.filter((name) => !numbers.includes(name));
  const words = others.filter((name) => rows.some((row) => row[name]?.type === "literal"));
  return { label: words.at(-1) ?? others.at(-1), numbers: numbers.slice(0, SERIES) };
}

export function chart(kind, names, rows, words, width) {
  const { label, numbers } = series(names, rows);
  const shown = rows.slice(0, MOST[kind]).map((row, at) => ({
    name: label ? short(row[label]?.value ?? "–") : String(at + 1),
    values: numbers.map((name) => Number(row[name]?.value ?? 0)),
  }));
  const box = element("figure", { className: "sv-chart" });
  const picture = kind === "bar" ? bars(shown, Math.max(width, 280)) : lines(shown, Math.max(width, 280));
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", `${words[kind]}: ${numbers.join(", ")}${label ? ` / ${label}` : ""}`);
  box.append(picture, legend(numbers));
  if (rows.length > shown.length) box.append(element("figcaption", { textContent: words.cut.replace("{}", shown.length) }));
  return box;
}

function legend(numbers) {
  const list = element("ul", { className: "sv-chart__legend" });
  numbers.forEach((name, at) => list.append(element("li", { className: `sv-chart__series-${at + 1}`, textContent: name })));
  return list;
}

function bars(shown, width) {
  const per = shown[0].values.length;
  const label = Math.min(LABEL, width * 0.4);
  const most = Math.max(...shown.flatMap(({ values }) => values), 1);
  const height = shown.length * (per * ROW + 8);
  const picture = canvas(width, height);
  shown.forEach(({ name, values }, row) => {
    const top = row * (per * ROW + 8);
    const said = drawing("text", { x: label - 8, y: top + (per * ROW) / 2 + 5, "text-anchor": "end" }, fit(name, label));
    said.append(drawing("title", {}, name));
    picture.append(said);
    values.forEach((value, at) => {
      const long = (Math.max(value, 0) / most) * (width - label - 70);
      const bar = { x: label, y: top + at * ROW + 2, width: Math.max(long, 1), height: ROW - 4, class: `sv-chart__series-${at + 1}` };
      picture.append(drawing("rect", bar), drawing("text", { x: label + long + 6, y: top + at * ROW + 16 }, value.toLocaleString("nb")));
    });
  });
  return picture;
}

function lines(shown, width) {
  const most = Math.max(...shown.flatMap(({ values }) => values), 1);
  const [left, right, top, bottom] = [56, width - 16, 12, HEIGHT - 32];
  const x = (at) => left + ((right - left) * at) / Math.max(shown.length - 1, 1);
  const y = (value) => bottom - ((bottom - top) * Math.max(value, 0)) / most;
  const picture = canvas(width, HEIGHT);
  for (const part of [0, 0.5, 1]) {
    const at = y(most * part);
    picture.append(drawing("line", { x1: left, x2: right, y1: at, y2: at, class: "sv-chart__grid" }));
    picture.append(drawing("text", { x: left - 8, y: at + 5, "text-anchor": "end" }, Math.round(most * part).toLocaleString("nb")));
  }
  const every = Math.ceil(shown.length / Math.max(Math.floor(width / 110), 1));
  shown.forEach(({ name }, at) => {
    if (at % every === 0) picture.append(drawing("text", { x: x(at), y: HEIGHT - 8, "text-anchor": at ? "middle" : "start" }, fit(name, 110)));
  });
  shown[0].values.forEach((_, which) => {
    const points = shown.map(({ values }, at) => [x(at), y(values[which])]);
    picture.append(drawing("polyline", { points: points.join(" "), class: `sv-chart__line-${which + 1}` }));
    points.forEach(([cx, cy], at) => {
      const dot = drawing("circle", { cx, cy, r: 3.5, class: `sv-chart__series-${which + 1}` });
      dot.append(drawing("title", {}, `${shown[at].name}: ${shown[at].values[which]}`));
      picture.append(dot);
    });
  });
  return picture;
}

function canvas(width, height) {
  return drawing("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "sv-chart__picture" });
}

function short(name) {
  return /^https?:/.test(name) ? name.replace(/[/#]$/, "").split(/[/#]/).at(-1) : name;
}

function fit(text, room) {
  const letters = Math.floor((room - 8) / 7.2);
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}
