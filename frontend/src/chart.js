// Bar and line charts of an answer, as SVG. The table with the same numbers stands beneath: the chart is a picture of it.
import { drawing, element } from "./elements.js";
import { number } from "./summary.js";
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
  const [least, most] = extent(shown);
  const room = width - label - 70;
  const zero = label + (-least / (most - least)) * room;
  const picture = canvas(width, shown.length * (per * ROW + 8));
  shown.forEach(({ name, values }, row) => {
    const top = row * (per * ROW + 8);
    const said = drawing("text", { x: label - 8, y: top + (per * ROW) / 2 + 5, "text-anchor": "end" }, fit(name, label));
    said.append(drawing("title", {}, name));
    picture.append(said);
    values.forEach((value, at) => {
      const long = (Math.abs(value) / (most - least)) * room;
      const left = value < 0 ? zero - long : zero;
      const bar = { x: left, y: top + at * ROW + 2, width: Math.max(long, 1), height: ROW - 4, class: `sv-chart__series-${at + 1}` };
      picture.append(drawing("rect", bar), drawing("text", { x: left + long + 6, y: top + at * ROW + 16 }, number(value, 3)));
    });
  });
  return picture;
}

function lines(shown, width) {
  const { marks, step } = scale(...extent(shown));
  const [least, most] = [marks[0], marks.at(-1)];
  const [left, right, top, bottom] = [64, width - 16, 12, HEIGHT - 32];
  const x = (at) => left + ((right - left) * at) / Math.max(shown.length - 1, 1);
  const y = (value) => bottom - ((bottom - top) * (value - least)) / (most - least);
  const picture = canvas(width, HEIGHT);
  for (const mark of marks) {
    const at = y(mark);
    picture.append(drawing("line", { x1: left, x2: right, y1: at, y2: at, class: "sv-chart__grid" }));
    picture.append(drawing("text", { x: left - 8, y: at + 5, "text-anchor": "end" }, number(mark, Math.max(0, -Math.floor(Math.log10(step))))));
  }
  const every = Math.ceil(shown.length / Math.max(Math.floor(width / 110), 1));
  shown.forEach(({ name }, at) => {
    if (at % every === 0) picture.append(drawing("text", { x: x(at), y: HEIGHT - 8, "text-anchor": anchor(at, shown.length) }, fit(name, 110)));
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

// The least and the most that a picture has to hold; zero is always in it, so that lengths can be compared.
function extent(shown) {
  const values = shown.flatMap((each) => each.values);
  const [least, most] = [Math.min(...values, 0), Math.max(...values, 0)];
  return [least, most > least ? most : least + 1];
}

// Round numbers from below the least to above the most: 0, 50, 100, 150.
function scale(least, most) {
  const rough = (most - least) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const first = Math.floor(least / step);
  const marks = Array.from({ length: Math.ceil(most / step) - first + 1 }, (_, at) => (first + at) * step);
  return { marks, step };
}

function anchor(at, count) {
  if (at === 0) return "start";
  return at === count - 1 ? "end" : "middle";
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
