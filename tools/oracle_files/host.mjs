// Runs jobs inside a CPython 3.12.7 that was compiled to WebAssembly.
//
// node host.mjs CACHE_FOLDER: reads jobs from standard input, one JSON object a line, each with a
// "kind" that names a function of inside.py and its keyword arguments; writes one JSON answer a
// line, in the same order. The host's file system is visible to the oracle as /host.
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readFileSync, writeSync } from "node:fs";

const jobs = readFileSync(0, "utf8").split("\n"); // at once: the oracle makes the pipe non-blocking
const cache = resolve(process.argv[2]);
const require = createRequire(join(cache, "package.json"));
const { loadPyodide } = await import(pathToFileURL(require.resolve("pyodide/pyodide.mjs")));

const oracle = await loadPyodide({
  stdout: (text) => process.stderr.write(text + "\n"),
  stderr: (text) => process.stderr.write(text + "\n"),
});
oracle.mountNodeFS("/host", "/");
const inside = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "inside.py"), "utf8");
oracle.runPython(inside, { filename: "inside.py" });
const answer = oracle.globals.get("answer");

function writeAll(text) {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(1, bytes, done);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

for (const job of jobs) {
  if (job) writeAll(answer(job) + "\n");
}
