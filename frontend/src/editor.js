// Makes the textarea of /sparql an editor and answers on the same page. Without it the form works as a form.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { completion } from "./completion.js";
import { element } from "./elements.js";
import { highlighting, sparql, theme } from "./highlight.js";
import { chooseExamples, findInLibrary, markChosen } from "./library.js";
import { showFields, values } from "./parameters.js";
import { remember, showRecent } from "./recent.js";
import { showResults, stop } from "./results.js";
import { offerSaving } from "./save.js";

const darkScheme = matchMedia("(prefers-color-scheme: dark)");

function look() {
  return [theme(darkScheme.matches), syntaxHighlighting(highlighting(darkScheme.matches))];
}

function edit(field, words, changed) {
  const form = field.form;
  const colours = new Compartment();
  const run = () => (form.requestSubmit(), true);
  const view = new EditorView({
    doc: field.value.trimEnd(),
    extensions: [
      field.dataset.nonce ? EditorView.cspNonce.of(field.dataset.nonce) : [],
      lineNumbers(),
      highlightActiveLineGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ override: [completion(words.vocabulary)], icons: false }),
      lintGutter(),
      highlightActiveLine(),
      EditorView.lineWrapping,
      EditorState.tabSize.of(2),
      sparql(),
      colours.of(look()),
      EditorView.contentAttributes.of({ tabindex: "0", "aria-label": field.getAttribute("aria-label") ?? field.labels[0]?.textContent ?? "SPARQL" }),
      Prec.highest(keymap.of([{ key: "Mod-Enter", run }])),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        field.value = update.state.doc.toString();
        changed(isAnother(update));
      }),
    ],
  });
  const box = document.createElement("div");
  box.className = "sv-editor";
  box.append(view.dom);
  field.after(box);
  field.hidden = true;
  field.required = false;
  darkScheme.addEventListener("change", () => view.dispatch({ effects: colours.reconfigure(look()) }));
  return view;
}

// Whether the whole text was put in the place of the whole text before.
function isAnother({ changes, startState }) {
  let whole = false;
  changes.iterChanges((from, to) => (whole ||= from === 0 && to > 0 && to === startState.doc.length));
  return whole;
}

function replace(view, text) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text.trimEnd() }, selection: { anchor: 0 } });
  view.focus();
}

// Marks the place that the server names; what follows on the same word is marked with it.
function mark(view, { line, column, detail }) {
  const { doc } = view.state;
  if (!(line >= 1 && line <= doc.lines)) return;
  const at = doc.line(line);
  const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
  const to = from + (/^\S+/.exec(doc.sliceString(from, at.to))?.[0].length ?? 0);
  const start = to > from ? from : Math.max(at.from, from - 1);
  view.dispatch(setDiagnostics(view.state, [{ from: start, to: Math.max(to, start), severity: "error", message: detail ?? "" }]), {
    selection: { anchor: from },
    scrollIntoView: true,
  });
}

// The graphs that the address of the page names: they belong to what is asked.
function dataset(form) {
  return [...form.querySelectorAll("input[type=hidden][name$=graph-uri]")].map(({ name, value }) => [name, value]);
}

function describe(box, { title = "", description = "" }) {
  box.hidden = !title;
  box.replaceChildren(element("strong", { textContent: title }), ` ${description}`);
}

// The button beside "run" while something runs; focus goes back to the editor, not to nowhere.
function whileRunning(button, editor) {
  button.addEventListener("click", () => {
    stop();
    editor.focus();
  });
  let count = 0;
  return async (work) => {
    count += 1;
    button.hidden = false;
    const done = await work();
    count -= 1;
    button.hidden = count === 0;
    return done;
  };
}

function begin(field) {
  const form = field.form;
  const words = JSON.parse(form.dataset.words);
  const [fields, chosen] = ["parameters", "chosen"].map((name) => form.querySelector(`[data-${name}]`));
  const [region, said, recent, library] = ["results", "said", "recent", "library"].map((name) => document.querySelector(`[data-sparql-${name}]`));
  const address = form.getAttribute("action").split("#")[0];
  let view = form.dataset.view;
  const editor = edit(field, words, (another) => {
    showFields(fields, field.value);
    if (another) describe(chosen, {});
    if (another) markChosen(library);
  });
  const running = whileRunning(form.querySelector("[data-stop]"), editor);
  const choose = (wanted) => {
    view = wanted.view ?? "";
    replace(editor, wanted.query);
    showFields(fields, field.value, wanted.values);
    describe(chosen, wanted);
    region.replaceChildren();
    said.textContent = "";
    window.history.replaceState(null, "", wanted.href ?? address);
    editor.dom.scrollIntoView({ block: "nearest" });
  };
  const run = async () => {
    editor.dispatch(setDiagnostics(editor.state, []));
    const asked = { address, query: field.value, values: values(fields), dataset: dataset(form), view };
    const told = await running(() => showResults(region, said, asked, words));
    region.querySelector("h2, .ds-alert")?.scrollIntoView({ block: "nearest" });
    if (told?.ok) {
      remember(asked, told.rows);
      showRecent(recent, words, choose);
    } else if (told) mark(editor, told.problem);
  };
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-leave") || form.elements.format?.value) return; // a chosen format is a download
    event.preventDefault();
    run();
  });
  form.querySelector("[data-keys]").hidden = false;
  field.labels[0].addEventListener("click", () => editor.focus());
  showFields(fields, field.value);
  offerSaving(document.querySelector("[data-save]"), words, () => ({ query: field.value, view }));
  chooseExamples(library, choose);
  findInLibrary(library, words);
  showRecent(recent, words, choose);
  if (form.dataset.answered) run(); // opened by a link: the answer on the page gets its views
}

for (const field of document.querySelectorAll("textarea[data-sparql-editor]")) begin(field);
