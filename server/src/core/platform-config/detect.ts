// Which YAML files configure a NeMo Platform: those whose `auth` block holds `oidc` and another key of that platform.
import { platformFields } from '../facts/platform-options.ts';

/** Other products have an `auth` block too, with fields of these names; theirs lack the rest of ours. */
const usual = new Set(['enabled', 'port', 'oidc']);

function isOwnField(name: string): boolean {
  return Object.hasOwn(platformFields, name) && !usual.has(name);
}

/** Only indentation is looked at, which is enough for files that people write. */
export function looksLikePlatformConfig(text: string): boolean {
  if (!text.includes('oidc:') || !/^ *auth:/m.test(text)) return false;
  let hasPlatform = /^platform:/m.test(text) || text.includes('NMP_');
  let auth: number | undefined;
  let inner: number | undefined;
  let hasOidc = false;
  for (const line of text.split('\n')) {
    const key = /^( *)(?:["']?)([\w-]+)(?:["']?):(?:\s|$)/.exec(line);
    if (!key) continue;
    const indent = (key[1] as string).length;
    if (auth !== undefined && indent <= auth) auth = undefined;
    if (auth === undefined) {
      if (key[2] === 'auth' && (indent === 0 || hasPlatformValues(text))) {
        auth = indent;
        inner = undefined;
      }
      continue;
    }
    inner ??= indent;
    if (indent !== inner) continue;
    if (key[2] === 'oidc') hasOidc = true;
    else if (isOwnField(key[2] as string)) hasPlatform = true;
  }
  return hasOidc && hasPlatform;
}

/** In the values of its Helm chart the configuration stands below `platformConfig`. */
function hasPlatformValues(text: string): boolean {
  return /^platformConfig:/m.test(text);
}
