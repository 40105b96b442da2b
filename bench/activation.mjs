// Activates the extension without an editor around it: all of `vscode` is a stand-in. Prints milliseconds until the editor has it back.
//   node activation.mjs FOLDER-OF-THE-PRODUCT DIST
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';

const [root, dist] = process.argv.slice(2);
const anything = new Proxy(class {}, {
  get(target, key) {
    if (key === Symbol.toPrimitive) return () => '';
    // A promise that never keeps its word.
    if (key === 'then') return undefined;
    return key === 'prototype' ? target.prototype : anything;
  },
  // What bundles copy of a module inherits the rest.
  getPrototypeOf: () => anything,
  apply: () => anything,
  construct: (target, words, made) => (made === anything ? anything : Reflect.construct(target, words, made)),
});
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? anything : load(name, ...rest));
const require = createRequire(import.meta.url);

const context = { asAbsolutePath: path => join(root, path), extensionUri: anything, workspaceState: anything, subscriptions: [] };
const start = performance.now();
const { activate } = require(join(dist, 'client.js'));
// An earlier revision waits for its server, which speaks with nobody here.
await Promise.race([activate(context), new Promise(resolve => setImmediate(resolve))]);
console.log(performance.now() - start);
process.exit();
