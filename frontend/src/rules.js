// The rules for definitions beside a draft as it is typed; a proposal takes the place of the text.
const form = document.querySelector("[data-judged]");
const shown = document.querySelector("[data-rules]");
const MOMENT = 600;
let waiting;
let asked = 0;

async function judge() {
  const turn = ++asked;
  const answer = await fetch(form.dataset.judged, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer?.ok || turn !== asked) return;
  const said = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (said.body.textContent !== shown.textContent) shown.replaceChildren(...said.body.childNodes);
  offer();
}

function offer() {
  for (const button of shown.querySelectorAll("[data-mends]")) button.hidden = Boolean(form.querySelector(":disabled"));
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(judge, MOMENT);
});
shown.addEventListener("click", (event) => {
  const button = event.target.closest("[data-mends]");
  if (!button) return;
  const field = document.getElementById(button.dataset.mends);
  field.value = button.dataset.text;
  field.focus();
  judge();
});
offer();
