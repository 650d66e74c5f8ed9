// Saves the query in the library. The token goes with this one request; the page forgets it at once.
import { alert, element, paragraph } from "./elements.js";

export function offerSaving(box, words, read) {
  const form = box.querySelector("form");
  const said = box.querySelector("[data-save-said]");
  box.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { name, title, folder, token } = Object.fromEntries(new FormData(form));
    form.querySelector("[name=token]").value = "";
    said.replaceChildren(await send(`${words.queries}/${encodeURIComponent(name)}`, token.trim(), { ...read(), title, folder }, words));
  });
}

async function send(address, token, saved, words) {
  try {
    const answer = await fetch(address, {
      method: "PUT",
      headers: { Accept: "application/json", "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify(saved),
    });
    const told = await answer.json();
    if (!answer.ok) return alert(words.unsaved, told.detail);
    const shown = paragraph(`${words.saved} `);
    shown.append(element("a", { className: "ds-link", href: `?example=${told.name}`, textContent: told.uri }));
    return shown;
  } catch (error) {
    return alert(words.unsaved, error.message);
  }
}
