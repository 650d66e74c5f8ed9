// Makes the textarea of /sparql an editor and answers on the same page. Without it the form works as a form.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { sparql } from "codemirror-lang-sparql";
import { highlighting, theme } from "./highlight.js";
import { showResults } from "./results.js";

const darkScheme = matchMedia("(prefers-color-scheme: dark)");

function look() {
  return [theme(darkScheme.matches), syntaxHighlighting(highlighting(darkScheme.matches))];
}

function edit(field) {
  const form = field.form;
  const colours = new Compartment();
  const run = () => (form.requestSubmit(), true);
  const view = new EditorView({
    doc: field.value,
    extensions: [
      field.dataset.nonce ? EditorView.cspNonce.of(field.dataset.nonce) : [],
      lineNumbers(),
      highlightActiveLineGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      autocompletion(),
      highlightActiveLine(),
      EditorView.lineWrapping,
      EditorState.tabSize.of(2),
      sparql(),
      colours.of(look()),
      EditorView.contentAttributes.of({ "aria-label": field.getAttribute("aria-label") ?? field.labels[0]?.textContent ?? "SPARQL" }),
      Prec.highest(keymap.of([{ key: "Mod-Enter", run }])),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) field.value = update.state.doc.toString();
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

function replace(view, text) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
  view.focus();
}

function chooseExamples(view) {
  for (const link of document.querySelectorAll("a[data-sparql-example]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      replace(view, link.dataset.sparqlExample);
      view.dom.scrollIntoView({ block: "nearest" });
    });
  }
}

function answerHere(form, field) {
  const region = document.querySelector("[data-sparql-results]");
  if (!region) return;
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-leave") || form.elements.format?.value) return; // a chosen format is a download
    event.preventDefault();
    showResults(region, form.getAttribute("action"), field.value);
  });
}

for (const field of document.querySelectorAll("textarea[data-sparql-editor]")) {
  const view = edit(field);
  chooseExamples(view);
  answerHere(field.form, field);
}
