// Drag and drop, and progress, for the upload form. Without it the form works all the same.
import { alert } from "./elements.js";

for (const form of document.querySelectorAll("form[data-upload]")) enable(form);

function enable(form) {
  const drop = form.querySelector("[data-drop]");
  const files = form.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.dataset.drop = "over";
    });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => (drop.dataset.drop = ""));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) files.files = event.dataTransfer.files;
    files.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

function send(form) {
  const button = form.querySelector("button[type=submit]");
  const bar = form.querySelector("progress");
  const status = form.querySelector("[data-status]");
  const said = form.querySelector("[data-said]");
  const request = new XMLHttpRequest();
  const fail = (detail) => {
    button.disabled = false;
    bar.hidden = true;
    status.textContent = "";
    said.replaceChildren(alert(form.dataset.failed, detail));
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    const percent = total ? Math.floor((100 * loaded) / total) : 0;
    bar.value = percent;
    status.textContent = percent < 100 ? form.dataset.sending.replace("{}", percent - (percent % 10)) : form.dataset.reading;
  });
  request.addEventListener("load", () => (request.status < 400 ? location.assign(request.responseURL) : fail(detailOf(request))));
  request.addEventListener("error", () => fail(request.statusText || "The connection was lost."));
  said.replaceChildren();
  button.disabled = true;
  bar.hidden = false;
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/problem+json, text/html;q=0.5");
  request.send(new FormData(form));
}

function detailOf(request) {
  try {
    const { detail, where } = JSON.parse(request.responseText);
    return where?.file ? `${where.file}${where.line ? `, line ${where.line}` : ""}: ${detail}` : detail;
  } catch {
    return request.statusText;
  }
}
