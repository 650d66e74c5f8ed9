// Looks again every two seconds how far a job is; when it is done the page of what came of it takes its place.
const shown = document.querySelector("[data-job]");
const MOMENT = 2000;

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer?.redirected) return location.replace(answer.url);
  if (answer && !answer.ok) return location.reload();
  const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page?.querySelector("[data-job]");
  if (now && now.textContent !== shown.textContent) shown.replaceChildren(...now.childNodes);
  setTimeout(look, MOMENT);
}

setTimeout(look, MOMENT);
