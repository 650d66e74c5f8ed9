// Colours of SPARQL with a contrast of at least 4.5:1 on white and on black, and weight beside colour.
import { HighlightStyle, LanguageSupport } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";

const LIGHT = { keyword: "#00457c", name: "#0b5a46", string: "#7a2e00", number: "#5b2a86", quiet: "#55585c" };
const DARK = { keyword: "#8fc6ff", name: "#8fdcc3", string: "#ffb98a", number: "#d6b8ff", quiet: "#b3b6ba" };

// SPARQL, with colours also for the names that have a prefix, which the package leaves plain.
export function sparql() {
  const named = styleTags({ "Pname_ns Pname_ln A_predicate": tags.namespace });
  return new LanguageSupport(SparqlLanguage.configure({ props: [named] }));
}

export function highlighting(dark) {
  const colour = dark ? DARK : LIGHT;
  return HighlightStyle.define([
    { tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword], color: colour.keyword, fontWeight: "600" },
    { tag: [tags.variableName, tags.special(tags.variableName), tags.local(tags.variableName)], color: colour.number },
    { tag: [tags.string, tags.literal], color: colour.string },
    { tag: [tags.number, tags.bool, tags.integer], color: colour.number },
    { tag: [tags.namespace, tags.propertyName, tags.typeName, tags.className, tags.url], color: colour.name },
    { tag: [tags.comment, tags.lineComment], color: colour.quiet, fontStyle: "italic" },
    { tag: [tags.punctuation, tags.separator, tags.bracket, tags.operator], color: colour.quiet },
  ]);
}

export function theme(dark) {
  return EditorView.theme(
    {
      "&": { color: "var(--ds-color-neutral-text-default)", backgroundColor: "transparent", fontSize: "0.9375rem" },
      ".cm-scroller": { fontFamily: "var(--sv-mono)", lineHeight: "1.55" },
      ".cm-content": { caretColor: "var(--ds-color-neutral-text-default)", padding: "0.75rem 0" },
      ".cm-content, .cm-gutter": { minHeight: "18rem" },
      ".cm-cursor": { borderLeftColor: "var(--ds-color-neutral-text-default)", borderLeftWidth: "2px" },
      ".cm-gutters": {
        color: "var(--ds-color-neutral-text-subtle)",
        backgroundColor: "var(--ds-color-neutral-background-tinted)",
        borderRight: "1px solid var(--ds-color-neutral-border-subtle)",
      },
      ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--ds-color-neutral-surface-tinted)" },
      "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
        backgroundColor: "var(--ds-color-accent-surface-active)",
      },
      "&.cm-focused .cm-matchingBracket": {
        backgroundColor: "var(--ds-color-accent-surface-hover)",
        outline: "1px solid var(--ds-color-accent-border-default)",
      },
    },
    { dark },
  );
}
