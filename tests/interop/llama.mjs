/**
 * Loads the GGUFs that `make-exports.ts` has written with llama.cpp, in the build that comes with the package
 * node-llama-cpp, and compares token ids, greedy text and probabilities with ours.
 *
 *   node llama.mjs OUT FOLDER_WITH_NODE_MODULES
 */

import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { check, close } from './report.mjs';

const [out, modules] = process.argv.slice(2);
if (out === undefined || modules === undefined) throw new Error('llama.mjs OUT FOLDER');
const entry = `${modules}/node_modules/node-llama-cpp/dist/index.js`;
const { getLlama, LlamaLogLevel } = await import(pathToFileURL(entry).href);
/** More threads wait for each other with full load. */
const threads = 1;
/**
 * How far the logarithm of a probability may be from ours, by the type of the weights. llama.cpp looks its GELU up
 * in float16.
 */
const TOLERANCE = { F32: 0.01, F16: 0.02, Q8_0: 0.2 };

const llama = await getLlama({
  ...{ gpu: false, build: 'never', skipDownload: true, progressLogs: false },
  ...{ maxThreads: threads, logLevel: LlamaLogLevel.error },
});
console.log(`llama.cpp ${llama.llamaCppRelease.release}`);

/**
 * @param {string} subject
 * @param {keyof typeof TOLERANCE} type
 */
async function checkFile(subject, type) {
  const label = `${subject}, GGUF ${type} in llama.cpp`;
  const folder = `${out}/${subject}/gguf-${type}`;
  const file = readdirSync(folder).find((name) => name.endsWith('.gguf'));
  const ours = JSON.parse(readFileSync(`${out}/${subject}/ours.json`, 'utf8'));
  const model = await llama.loadModel({ modelPath: `${folder}/${file}`, gpuLayers: 0 });
  const { bos, eos, shouldPrependBosToken } = model.tokens;
  const end = ours.unbounded[0];
  check(
    `${label}: texts begin and end with our end token`,
    shouldPrependBosToken && bos === end && eos === end,
  );
  if (type === 'F32') checkTokens(subject, label, model, ours);

  const context = await model.createContext({ contextSize: ours.context, threads });
  const sequence = context.getSequence();
  const prompt = ours.unbounded.slice(0, ours.promptLength);
  /** @type {number[]} */
  const written = [];
  for await (const token of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
    written.push(token);
    if (token === end || prompt.length + written.length >= ours.unbounded.length) break;
  }
  const expected = ours.unbounded.slice(ours.promptLength);
  const text = JSON.stringify(model.detokenize(written)).slice(0, 60);
  // Eight bits round so much that two tokens that are nearly as likely may change places.
  const same = written.findIndex((/** @type {number} */ token, i) => token !== expected[i]);
  if (type !== 'Q8_0')
    check(`${label}: it writes our greedy text`, written.join() === expected.join(), text);
  else
    check(
      `${label}: it begins our greedy text`,
      same < 0 || same > 2,
      `${text}, ${same < 0 ? 'all' : same} of ${expected.length} tokens`,
    );

  await sequence.clearHistory();
  const steps = ours.unbounded
    .slice(0, -1)
    .map((/** @type {number} */ token) => [token, { generateNext: { probabilities: true } }]);
  const outputs = await sequence.controlledEvaluate(steps);
  const distances = ours.probabilities.map(
    (/** @type {number} */ probability, /** @type {number} */ i) => {
      const theirs = outputs[i]?.next.probabilities?.get(ours.unbounded[i + 1]) ?? 0;
      return Math.abs(Math.log(theirs / probability));
    },
  );
  const worst = Math.max(...distances);
  check(
    `${label}: the tokens of that text are as likely as with us`,
    worst <= TOLERANCE[type],
    `their logarithms differ by ${worst.toExponential(1)}`,
  );
  await context.dispose();
  await model.dispose();
}

/**
 * llama.cpp brings no text to NFC, so a bot that does gets other ids for a text that isn't in this form.
 * @param {string} subject
 * @param {string} label
 * @param {{ tokenize(text: string): readonly number[] }} model
 * @param {{ strings: readonly { text: string, ids: readonly number[] }[] }} ours
 */
function checkTokens(subject, label, model, ours) {
  const known = new Set(JSON.parse(readFileSync(`${out}/${subject}/known.json`, 'utf8')));
  const compared = ours.strings.filter(
    ({ text }, i) => known.has(i) && text.normalize('NFC') === text,
  );
  const wrong = compared.filter(({ text, ids }) => model.tokenize(text).join() !== ids.join());
  const examples = wrong.slice(0, 3).map(({ text }) => JSON.stringify(text));
  const isRight = compared.length >= 10_000 && wrong.length === 0;
  check(`${label}: it gives our ids for ${compared.length} strings`, isRight, examples.join(' '));
}

for (const subject of readdirSync(out).sort()) {
  for (const type of /** @type {const} */ (['F32', 'F16', 'Q8_0'])) await checkFile(subject, type);
}
close();
