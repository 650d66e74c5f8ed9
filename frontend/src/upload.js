// Drag and drop, the list of files, progress and a stop for the upload form. Without it the form works all the same.
import { alert, element } from "./elements.js";

const MIB = 2 ** 20;

for (const form of document.querySelectorAll("form[data-upload]")) enable(form);

function enable(form) {
  const drop = form.querySelector("[data-drop]");
  const files = form.querySelector("#file");
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.dataset.drop = "over";
    });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => (drop.dataset.drop = ""));
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault()); // missed: the page stays
  drop.addEventListener("drop", (event) => {
    if (form.querySelector("button[type=submit]").disabled) return;
    files.files = joined(files.files, event.dataTransfer.files);
    files.dispatchEvent(new Event("change"));
    files.focus();
  });
  files.addEventListener("change", () => list(form, files.files));
  list(form, files.files); // what the browser has kept when somebody comes back
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

function joined(before, dropped) {
  const all = new DataTransfer();
  const names = new Set([...dropped].map((file) => file.name));
  for (const file of [...before].filter((file) => !names.has(file.name)).concat(...dropped)) all.items.add(file);
  return all.files;
}

function list(form, files) {
  const size = (bytes) =>
    bytes < MIB
      ? `${Math.ceil(bytes / 1024)} KiB`
      : `${(bytes / MIB).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MiB`;
  const total = [...files].reduce((sum, file) => sum + file.size, 0);
  const lines = [...files].map((file) => element("li", { textContent: `${file.name} (${size(file.size)})` }));
  form.querySelector("[data-files]").replaceChildren(...(files.length > 1 || total > MIB ? lines : []));
  const tooLarge = total > Number(form.dataset.limit) * MIB;
  const field = form.querySelector("#file");
  field.setCustomValidity(tooLarge ? form.dataset.tooLarge.replace("{}", size(total)) : "");
  if (tooLarge) field.reportValidity();
}

function send(form) {
  const button = form.querySelector("button[type=submit]");
  const stop = form.querySelector("[data-stop]");
  const bar = form.querySelector("progress");
  const status = form.querySelector("[data-status]");
  const said = form.querySelector("[data-said]");
  const request = new XMLHttpRequest();
  const end = (words, ...problem) => {
    button.disabled = false;
    stop.hidden = bar.hidden = true;
    status.textContent = words;
    said.replaceChildren(...problem);
  };
  const fail = (detail, language = "en") => {
    const box = alert(form.dataset.failed, detail);
    box.lastChild.lang = language;
    end("", box);
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    const percent = total ? Math.floor((100 * loaded) / total) : 0;
    bar.value = percent;
    if (percent < 100) status.textContent = form.dataset.sending.replace("{}", percent - (percent % 10));
  });
  request.upload.addEventListener("load", () => {
    bar.removeAttribute("value");
    status.textContent = form.dataset.reading;
  });
  request.addEventListener("load", () => (request.status < 400 ? location.assign(request.responseURL) : fail(detailOf(request))));
  request.addEventListener("error", () => fail(form.dataset.lost, document.documentElement.lang));
  request.addEventListener("abort", () => end(form.dataset.stopped));
  stop.onclick = () => request.abort();
  said.replaceChildren();
  button.disabled = true;
  stop.hidden = bar.hidden = false;
  bar.value = 0;
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/problem+json, text/html;q=0.5");
  request.send(new FormData(form));
}

function detailOf(request) {
  try {
    const { detail, where } = JSON.parse(request.responseText);
    return where?.file ? `${where.file}${where.line ? `, line ${where.line}` : ""}: ${detail}` : detail;
  } catch {
    return `${request.status} ${request.statusText}`;
  }
}
