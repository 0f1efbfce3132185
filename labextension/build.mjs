// Builds the extension into built/, which is committed: `npm run build`, or with --check only
// compares, and ends with status 1 where the committed files are not what the sources build.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const here = import.meta.dirname;
const built = join(here, "built");
const require = createRequire(import.meta.url);

/** Every file below a folder, by its path there. */
function files(folder) {
  if (!existsSync(folder)) {
    return new Map();
  }
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.sort().map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

/** JupyterLab's own list of packages, but with the oldest versions that we ask for. */
function coreFile(scratch) {
  const own = JSON.parse(readFileSync(join(here, "package.json"), "utf8")).dependencies;
  const core = JSON.parse(readFileSync(require.resolve("@jupyterlab/core-meta/core.package.json"), "utf8"));
  for (const versions of [core.dependencies, core.resolutions]) {
    for (const name of Object.keys(versions ?? {}).filter((name) => name in own)) {
      versions[name] = own[name];
    }
  }
  const path = join(scratch, "package.json");
  writeFileSync(path, JSON.stringify(core));
  return path;
}

function build() {
  const scratch = mkdtempSync(join(tmpdir(), "descent-build-"));
  try {
    rmSync(join(here, "lib"), { recursive: true, force: true });
    const run = (script, ...words) =>
      execFileSync(process.execPath, [script, ...words], { cwd: here, stdio: "inherit" });
    run(join(require.resolve("typescript/package.json"), "..", "bin", "tsc"));
    const builder = require.resolve("@jupyter/builder/lib/build-labextension.js");
    run(builder, "--core-package-file", coreFile(scratch), here);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const before = mkdtempSync(join(tmpdir(), "descent-built-"));
try {
  cpSync(built, before, { recursive: true, force: true, errorOnExist: false });
} catch {
  // nothing was built yet
}
build();
if (process.argv.includes("--check")) {
  const [committed, made] = [files(before), files(built)];
  const names = [...new Set([...committed.keys(), ...made.keys()])];
  const other = names.filter((name) => committed.get(name) !== made.get(name));
  if (other.length) {
    console.error(`labextension/built is not what its sources build: ${other.join(", ")}`);
    console.error("Run `npm run build`, and commit what it writes.");
    process.exitCode = 1;
  }
}
rmSync(before, { recursive: true, force: true });
