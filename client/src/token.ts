// Finds and takes apart tokens on the client's side, for commands that need no server: where one stands, what it holds.

const shape = /(?<![\w.-])e[wy][\w-]+\.[\w-]*\.[\w-]*(?:\.[\w-]*\.[\w-]*)?(?![\w-])/g;

export interface FoundToken {
  readonly token: string;
  /** UTF-16 offset in the text that was searched. */
  readonly start: number;
}

/** Every text of a token's shape whose header is a JSON object. Line breaks inside of a token, as mails make them, are not seen. */
export function findTokens(text: string): FoundToken[] {
  return [...text.matchAll(shape)]
    .filter(match => decodePart(match[0].split('.')[0]) !== undefined)
    .map(match => ({ token: match[0], start: match.index }));
}

/** What a person pasted: without `Bearer`, quotes and line breaks. */
export function tidyToken(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(authorization: ?)?bearer /i, '')
    .replace(/[\s"'`]/g, '');
}

/** The JSON object in a base64url part of a token, or undefined. */
export function decodePart(part: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (!part || !/^[\w-]+$/.test(part)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), char => char.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
