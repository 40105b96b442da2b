// The tokens of one text, and what the text is: the model of every rule about tokens.
import type { BuildContext, LanguageId, SourceFile } from '../language.ts';
import type { FileId } from '../text/file-id.ts';
import { type FileKind, fileKind } from './file-kind.ts';
import { compactText } from './find.ts';
import { type HmacSigned, hmacSigned } from './hmac.ts';
import { parseTokens, type Token } from './parser.ts';
import { type Weight, weightOf } from './weight.ts';

export interface JwtModel {
  readonly file: FileId;
  readonly fileKind: FileKind;
  /** Language that owns the file around the tokens. */
  readonly owner: LanguageId | undefined;
  readonly tokens: readonly Token[];
  /** How much findings about each token count. */
  readonly weights: readonly Weight[];
  /** Whether each token is a parameter of an address. */
  readonly inAddress: readonly boolean[];
  /** The text of each token that is a NATS account's, which is no secret. */
  readonly natsAccounts: readonly (string | undefined)[];
  /** What the signature of each token that is signed by HMAC is checked with. */
  readonly hmacs: readonly (HmacSigned | undefined)[];
}

export function buildModel(file: SourceFile, context: Pick<BuildContext, 'settings' | 'owner'>): JwtModel {
  const { id, text } = file;
  const tokens = parseTokens(text);
  const kind = fileKind(id, context.settings.root);
  const weights = tokens.map(token => weightOf(token, kind, context.owner));
  const natsAccounts = tokens.map(token => (token.kind.id === 'nats-account' ? compactText(text, token) : undefined));
  const hmacs = hmacsOf(file, tokens);
  const inAddress = tokens.map(({ span }) => accessParameter.test(text.slice(Math.max(0, span.start - longestAddress), span.start)));
  return { file: id, fileKind: kind, owner: context.owner, tokens, weights, inAddress, natsAccounts, hmacs };
}

/** How RFC 6750 §2.3 sends a token; a form has no question mark before it. */
const accessParameter = /\?(?:[^\s"'`<>?]*&)?access_token=$/i;

/** Characters before a token among which its address may begin to have parameters. */
const longestAddress = 400;

/** By the lineage of a file: what was found out about a token's signature is true as long as the token stands there. */
const earlier = new WeakMap<object, ReadonlyMap<string, HmacSigned>>();

function hmacsOf({ text, lineage }: SourceFile, tokens: readonly Token[]): JwtModel['hmacs'] {
  const before = lineage && earlier.get(lineage);
  const now = new Map<string, HmacSigned>();
  const all = tokens.map(token => {
    const compact = compactText(text, token);
    const signed = now.get(compact) ?? before?.get(compact) ?? hmacSigned(compact, token);
    if (signed) now.set(compact, signed);
    return signed;
  });
  if (lineage) earlier.set(lineage, now);
  return all;
}
