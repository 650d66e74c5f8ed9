// Bundles the entries of src/ into the folder given, with the hash of the content in every name, and writes manifest.json
// ({"site.css": "site-ABC.css", ...}) and licences.txt (the notices of what is bundled). Run by hatch_build.py.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import * as esbuild from "esbuild";

const out = process.argv[2];
const entries = ["site.css", "site.js", "editor.js", "graph.js", "diagram.js", "upload.js", "job.js", "rules.js"];

const result = await esbuild.build({
  absWorkingDir: import.meta.dirname,
  entryPoints: entries.map((name) => `src/${name}`),
  outdir: out,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  splitting: true,
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "esm",
  target: ["chrome111", "firefox115", "safari16.4"],
  loader: { ".woff2": "file" },
  external: ["fs", "path"], // nomnoml asks for them in a function for the command line, which nothing here calls
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
for (const [path, { entryPoint }] of Object.entries(result.metafile.outputs)) {
  if (entryPoint) manifest[basename(entryPoint)] = relative(out, path);
}
writeFileSync(join(out, "licences.txt"), licences(Object.keys(result.metafile.inputs)));
manifest["licences.txt"] = "licences.txt";
writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);

function licences(inputs) {
  const names = inputs.map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean);
  return [...new Set(names)].sort().map(notice).join("\n\n");
}

function notice(name) {
  const folder = join(import.meta.dirname, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : license;
  return `${name} ${version} (${license})\n\n${text}`;
}
