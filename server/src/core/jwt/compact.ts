// Reads what a person pasted as one token: with a scheme before it, quotes around it, or line breaks in it.
import { decodeBase64Url, decodeUtf8 } from '../text/base64url.ts';
import { type JsonObject, member, parseObject } from '../text/json.ts';
import { findTokens } from './find.ts';
import { parseToken, type Token } from './parser.ts';

export interface CompactToken {
  /** The parts in strict base64url: stray characters are taken out, the other alphabet is translated. */
  readonly parts: readonly string[];
  /** What `token`'s spans point into. */
  readonly text: string;
  /** Undefined where it is no token; `header` may be known even then. */
  readonly token: Token | undefined;
  readonly header: JsonObject | undefined;
  /** Why it is no token, or what had to be taken away to read it; sentences without the text of the token. */
  readonly problems: readonly string[];
}

const wrapping = /^(?:authorization\s*:\s*)?(?:bearer|jwt|token|dpop)[\s:]+/i;

/** Never throws. A text that holds a token among other things counts as that token. */
export function readCompact(input: string): CompactToken {
  const problems: string[] = [];
  let text = input
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .replace(wrapping, '')
    .trim();
  const joined = text.replace(/\s+/g, '');
  if (joined !== text && whole(joined)) {
    problems.push('There is white space inside of the token, which every verifier refuses; it was left out here.');
    text = joined;
  }
  let found = whole(text) ?? findTokens(text)[0];
  if (found?.unwrapped) {
    // Whoever puts it together or decodes it sends it as it is then.
    text = found.unwrapped.text;
    found = whole(text);
  }
  if (!found) return notAToken(text);
  const token = parseToken(text, found);
  const raw = found.parts.map(({ start, end }) => text.slice(start, end));
  const unencoded = member(token.header.object, 'b64') === false;
  return { parts: raw.map((part, i) => (unencoded && i === 1 ? part : strict(part))), text, token, header: token.header.object, problems };
}

function whole(text: string) {
  return findTokens(text).find(({ span }) => span.start === 0 && span.end === text.length);
}

function strict(part: string): string {
  return part
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/[^\w-]/g, '');
}

function notAToken(text: string): CompactToken {
  const parts = text.split('.');
  const json = decodeUtf8(decodeBase64Url(parts[0] as string).bytes);
  const header = json === undefined ? undefined : parseObject(json).object;
  const none = { parts, text, token: undefined, header };
  if (text === '') return { ...none, problems: ['There is no text.'] };
  if (parts.length === 1)
    return { ...none, problems: ['This is no token: a JWT has three parts separated by dots, an encrypted one five.'] };
  if (!header) return { ...none, problems: ['This is no token: its first part does not decode to a JSON object.'] };
  if (parts.length !== 3 && parts.length !== 5) {
    return { ...none, problems: [`This has ${parts.length} parts where a signed token has three and an encrypted one five.`] };
  }
  return { ...none, problems: ['The first part of this is no header of a token, or a part of it was cut.'] };
}
