// What every page gets. Nothing here is needed to read or to find: it only makes a page quicker.
import "@digdir/designsystemet-web/clickdelegatefor";
import "@digdir/designsystemet-web/ds-error-summary";
import "@digdir/designsystemet-web/ds-field";
import htmx from "htmx.org";

// The content security policy allows neither styles nor code that a script writes.
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
});

function prepare(root) {
  for (const button of root.querySelectorAll("button[data-copy][hidden]")) enableCopy(button);
  for (const form of root.querySelectorAll("form[data-auto-submit]:not([hx-get])")) enableAutoSubmit(form);
}

function enableCopy(button) {
  if (!navigator.clipboard) return; // only there over HTTPS and on localhost
  button.hidden = false;
  const label = button.querySelector("span") ?? button;
  const words = label.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    label.textContent = button.dataset.copied;
    setTimeout(() => (label.textContent = words), 2000);
  });
}

// A filter answers in place when a choice changes. Focus stays on the choice, so nothing moves under the reader.
function enableAutoSubmit(form) {
  const attributes = {
    get: form.getAttribute("action") || location.pathname,
    trigger: "change, submit",
    target: "#main",
    select: "#main",
    "select-oob": "#languages",
    swap: "outerHTML",
    "push-url": "true",
  };
  for (const [name, value] of Object.entries(attributes)) form.setAttribute(`hx-${name}`, value);
  htmx.process(form);
}

function announce(main) {
  const news = main?.querySelector("[role=status], [aria-live]")?.textContent.trim();
  document.getElementById("announcements").textContent = news ?? "";
}

// On a small screen the menu folds behind a button; without JavaScript it stands open.
function foldMenu() {
  const menu = document.getElementById("main-menu");
  if (!menu?.dataset.button) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ds-button sv-menu-button";
  button.dataset.variant = "secondary";
  button.dataset.size = "sm";
  button.textContent = menu.dataset.button;
  button.setAttribute("aria-controls", menu.id);
  const fold = (folded) => {
    button.setAttribute("aria-expanded", String(!folded));
    menu.toggleAttribute("data-folded", folded);
  };
  button.addEventListener("click", () => fold(!menu.hasAttribute("data-folded")));
  fold(true);
  document.querySelector(".sv-brand").after(button);
}

prepare(document);
foldMenu();
document.addEventListener("htmx:afterSettle", () => {
  const main = document.getElementById("main");
  prepare(main);
  announce(main);
});
