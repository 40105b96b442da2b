// The tokens of one text, and what the text is: the model of every rule about tokens.
import type { BuildContext, LanguageId, SourceFile } from '../language.ts';
import type { FileId } from '../text/file-id.ts';
import { ownText } from '../text/own-text.ts';
import { type FileKind, fileKind } from './file-kind.ts';
import { compactText, findTokens } from './find.ts';
import { type HmacSigned, hmacSigned } from './hmac.ts';
import { type KeySigned, keySigned } from './key-signature.ts';
import { movedToken, parseToken, type Token } from './parser.ts';
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
  /** The same of each that is signed by a key pair of a kind known here. */
  readonly keySigned: readonly (KeySigned | undefined)[];
}

export function buildModel(file: SourceFile, context: Pick<BuildContext, 'settings' | 'owner'>): JwtModel {
  const { id, text } = file;
  const read = readTokens(file);
  const tokens = read.map(({ token }) => token);
  const kind = fileKind(id, context.settings.root);
  const weights = tokens.map(token => weightOf(token, kind, context.owner));
  const natsAccounts = read.map(({ token, compact }) => (token.kind.id === 'nats-account' ? compact : undefined));
  const hmacs = read.map(({ hmac }) => hmac);
  const keySigned = read.map(one => one.keySigned);
  const inAddress = tokens.map(({ span }) => accessParameter.test(text.slice(Math.max(0, span.start - longestAddress), span.start)));
  return { file: id, fileKind: kind, owner: context.owner, tokens, weights, inAddress, natsAccounts, hmacs, keySigned };
}

/** How RFC 6750 §2.3 sends a token; a form has no question mark before it. */
const accessParameter = /\?(?:[^\s"'`<>?]*&)?access_token=$/i;

/** Characters before a token among which its address may begin to have parameters. */
const longestAddress = 400;

/** A token with its text. */
interface ReadToken {
  readonly token: Token;
  /** In one piece. */
  readonly compact: string;
  readonly hmac: HmacSigned | undefined;
  readonly keySigned: KeySigned | undefined;
}

/** By the lineage of a file: what was found out about a token is true as long as its text stands there, wherever that is. */
const earlier = new WeakMap<object, ReadonlyMap<string, ReadToken>>();

function readTokens({ text, lineage }: SourceFile): readonly ReadToken[] {
  const before = lineage && earlier.get(lineage);
  const now = new Map<string, ReadToken>();
  const all = findTokens(text).map(found => {
    const written = compactText(text, found);
    const known = now.get(written) ?? before?.get(written);
    const isWhole = found.unwrapped === undefined && known?.token.unwrapped === undefined;
    const token = known && isWhole ? movedToken(known.token, found.span.start) : parseToken(text, found);
    const read = known ? { ...known, token } : readToken(ownText(written), token);
    now.set(read.compact, read);
    return read;
  });
  if (lineage) earlier.set(lineage, now);
  return all;
}

function readToken(compact: string, token: Token): ReadToken {
  return { token, compact, hmac: hmacSigned(compact, token), keySigned: keySigned(compact, token) };
}
