// The messages inside of what people paste: a log line, a response body, a header, an address with an error in it.

export interface ErrorText {
  /** The text itself, and every message found inside of it, decoded. */
  readonly messages: readonly string[];
  /** Codes that stand where OAuth 2.0 puts them. */
  readonly codes: ReadonlySet<string>;
}

/** Characters that are looked at; nobody reads a longer error. */
const most = 20_000;

/** Fields of a JSON error whose values say what happened. */
const messageFields = /^(error|error_?description|errorSummary|error_?message|message|msg|detail|details|reason|title|cause|code|err)$/i;

export function readErrorText(text: string): ErrorText {
  const clean = stripColours(text.slice(0, most));
  const messages = new Set([clean.trim()]);
  const codes = new Set<string>();
  for (const line of clean.split(/\r?\n/)) if (line.trim() !== '') messages.add(line.trim());
  for (const object of jsonObjectsIn(clean)) collect(object, messages, codes, 0);
  for (const [, name, value] of clean.matchAll(/[?&#;]?\b(error(?:_description|_code)?)=("[^"]*"|[^&\s,;]+)/g)) {
    const decoded = decode((value as string).replace(/^"|"$/g, ''));
    if (name === 'error_description') messages.add(decoded);
    else addCode(decoded, codes);
  }
  for (const [, code] of clean.matchAll(/\berror["']?\s*:\s*["']?([a-z]+(?:_[a-z]+)+)\b/g)) addCode(code as string, codes);
  for (const [, code] of clean.matchAll(/\boauth2:.{0,40}?"([a-z_]+)"/g)) addCode(code as string, codes);
  for (const message of messages) addCode(/^([a-z]+(?:_[a-z]+)+)(?=\s*(?:$|[:(]))/.exec(message)?.[1] ?? '', codes);
  messages.delete('');
  return { messages: [...messages], codes };
}

function addCode(text: string, codes: Set<string>): void {
  if (/^[a-z]+(?:_[a-z]+)+$/.test(text)) codes.add(text);
}

function stripColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals colour what people copy from them
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}

/** `+` is a space in a query; what is not encoded well stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function collect(value: unknown, messages: Set<string>, codes: Set<string>, depth: number): void {
  if (depth > 4 || typeof value !== 'object' || value === null) return;
  for (const [name, field] of Object.entries(value)) {
    if (typeof field === 'string' && messageFields.test(name)) {
      messages.add(field.trim());
      if (/^(error|code|err)$/i.test(name)) addCode(field, codes);
    } else collect(field, messages, codes, depth + 1);
  }
}

/** JSON objects that stand in the text, the outermost of each; at most a few. */
function jsonObjectsIn(text: string): readonly unknown[] {
  const found: unknown[] = [];
  let at = text.indexOf('{');
  while (at >= 0 && found.length < 5) {
    const end = closingBrace(text, at);
    const value = end === undefined ? undefined : parse(text.slice(at, end + 1));
    if (value !== undefined) found.push(value);
    at = text.indexOf('{', value === undefined ? at + 1 : (end ?? at) + 1);
    if (end === undefined) break;
  }
  return found;
}

function closingBrace(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char === '\\') i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return i;
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
