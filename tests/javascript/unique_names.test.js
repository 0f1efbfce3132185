/** All modules that meet in one experiment are joined into one: their top-level names are unique. */
import assert from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

const STATIC = new URL("../../lab/static/", import.meta.url);

/** The modules that a module brings along, itself included. */
const joined = (url, seen = new Map()) => {
  if (seen.has(url.href)) return seen;
  const text = readFileSync(url, "utf-8");
  seen.set(url.href, text);
  for (const [, file] of text.matchAll(/^import .* from "(.*)";$/gm)) joined(new URL(file, url), seen);
  return seen;
};

/** Names that a module declares at its top level. */
const declaredIn = (text) =>
  [...text.matchAll(/^(?:export )?(?:const|let|class|(?:async )?function\*?) (\w+|\{[^}]*\}|\[[^\]]*\])/gm)]
    .flatMap(([, names]) => names.match(/\w+/g));

for (const name of readdirSync(new URL("experiments/", STATIC))) {
  test(`top-level names are unique in ${name}`, () => {
    const homes = new Map();
    for (const [href, text] of joined(new URL(`experiments/${name}/main.js`, STATIC))) {
      for (const declared of declaredIn(text)) {
        assert.ok(!homes.has(declared), `${declared} is in ${href} and in ${homes.get(declared)}`);
        homes.set(declared, href);
      }
      assert.ok(!/^import .* as /m.test(text), `${href}: a name that is changed while imported is lost when joined`);
    }
    assert.ok(homes.has("experiment"));
  });
}

test("names are found however they are declared", () => {
  const text = "export const a = 1;\nlet [b, c] = [1, 2];\nexport class D {\nfunction* e() {\n  const inside = 0;\n";
  assert.deepEqual(declaredIn(text), ["a", "b", "c", "D", "e"]);
});
