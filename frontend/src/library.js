// The query library beside the editor: queries that open without leaving the page, and a field that finds one.

// The query that the editor shows; none of the library without a link.
export function markChosen(library, link) {
  for (const other of library.querySelectorAll("a[data-sparql-example][aria-current]")) other.removeAttribute("aria-current");
  link?.setAttribute("aria-current", "true");
}

export function chooseExamples(library, choose) {
  for (const link of library.querySelectorAll("a[data-sparql-example]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose({
        query: link.dataset.sparqlExample,
        view: link.dataset.view,
        title: link.textContent,
        description: link.nextElementSibling?.textContent ?? "",
        href: link.getAttribute("href"),
      });
      markChosen(library, link);
    });
  }
}

// Folders with a match stand open while something is looked for, and as they stood afterwards.
export function findInLibrary(library, words) {
  const box = library.querySelector("[data-library-find]");
  const found = library.querySelectorAll("details:has(.sv-examples)");
  const folders = Array.from(found, (details) => ({ details, open: details.open }));
  const said = box.querySelector("[role=status]");
  box.hidden = false;
  box.querySelector("input").addEventListener("input", ({ target }) => {
    const wanted = target.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { details, open } of folders) {
      const items = [...details.querySelectorAll("li")];
      for (const item of items) item.hidden = !wanted.every((word) => item.textContent.toLowerCase().includes(word));
      const shown = items.filter((item) => !item.hidden).length;
      count += shown;
      details.hidden = !shown;
      details.open = wanted.length ? shown > 0 : open;
    }
    said.textContent = wanted.length ? words.found.replace("{}", count) : "";
  });
}
