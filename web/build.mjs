// Bundles scripts, styles and fonts into src/khabar/web/static: names carry hashes, manifest.json leads from names to files.
// `--tests` bundles and runs the unit tests, `--outdir DIR` writes elsewhere.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const PAGES = ["app", "article", "review", "adjudication", "map", "timeline"];

function option(name, otherwise) {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : resolve(process.argv[at + 1]);
}

async function tests() {
  const outdir = join(here, "build", "test");
  const names = readdirSync(join(here, "test")).filter((n) => n.endsWith(".test.ts"));
  await build({ entryPoints: names.map((n) => join(here, "test", n)), outdir, bundle: true, platform: "node", format: "esm", target: "node20", outExtension: { ".js": ".mjs" }, sourcemap: "inline", logLevel: "warning" });
  const done = spawnSync(process.execPath, ["--test", ...names.map((n) => join(outdir, n.replace(/\.ts$/, ".mjs")))], { stdio: "inherit" });
  process.exit(done.status ?? 1);
}

function empty(outdir) {
  mkdirSync(outdir, { recursive: true });
  for (const name of readdirSync(outdir)) if (name !== ".gitkeep") rmSync(join(outdir, name), { recursive: true });
}

async function bundle(outdir) {
  empty(outdir);
  const entries = [...PAGES.map((p) => join(here, "src", `${p}.ts`)), join(here, "css", "app.css"), join(here, "css", "map.css")].filter(existsSync);
  const made = await build({
    entryPoints: entries, outdir, bundle: true, minify: true, format: "esm", target: ["es2022", "chrome110", "firefox115", "safari16"], splitting: true, entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]", assetNames: "[name]-[hash]", loader: { ".woff2": "file", ".png": "dataurl" }, legalComments: "linked", metafile: true, logLevel: "warning",
  });
  const names = {};
  for (const [file, about] of Object.entries(made.metafile.outputs)) {
    if (!about.entryPoint) continue;
    const name = basename(about.entryPoint).replace(/\.ts$/, ".js");
    names[name] = basename(file);
  }
  const icon = readFileSync(join(here, "favicon.svg"));
  writeFileSync(join(outdir, "favicon.svg"), icon);
  names["favicon.svg"] = "favicon.svg";
  shapes(outdir, names);
  licences(outdir);
  packed(outdir);
  writeFileSync(join(outdir, "manifest.json"), JSON.stringify(names, null, 1) + "\n");
}

// Borders are fetched by the map alone, so they stand in a file of their own.
function shapes(outdir, names) {
  const from = join(here, "node_modules", "world-atlas", "countries-50m.json");
  writeFileSync(join(outdir, "countries-50m.json"), readFileSync(from));
  names["countries.json"] = "countries-50m.json";
}

// What is text stands there packed too, for browsers that take it.
function packed(outdir) {
  for (const name of readdirSync(outdir).filter((n) => /\.(js|css|json)$/.test(n))) {
    writeFileSync(join(outdir, `${name}.gz`), gzipSync(readFileSync(join(outdir, name)), { level: 9 }));
  }
}

function licences(outdir) {
  const needed = Object.keys(JSON.parse(readFileSync(join(here, "package.json"), "utf8")).dependencies);
  const texts = needed.map((name) => {
    const folder = join(here, "node_modules", name);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((n) => /^(licen[cs]e|ofl)/i.test(n));
    return `${name} ${about.version} (${about.license})\n\n${file ? readFileSync(join(folder, file), "utf8") : ""}`;
  });
  writeFileSync(join(outdir, "licences.txt"), texts.join("\n\n" + "-".repeat(80) + "\n\n"));
}

if (process.argv.includes("--tests")) await tests();
else await bundle(option("--outdir", join(here, "..", "src", "khabar", "web", "static")));
