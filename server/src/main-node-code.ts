// What `dist/server.js` does before anything else: most of its code is that of the server in browsers, loaded here, once the flags are set.
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { requireCompiled } from './hosts/compiled-code.ts';

/** Set by the bundler. */
declare const BROWSER_CONTENT: string;

// A server waits most of the time, and V8 lets what nobody needs any more grow to several times what is in use before it collects it.
setFlagsFromString('--heap-growing-percent=50');
requireCompiled(join(__dirname, 'server.browser.js'), BROWSER_CONTENT);
