// Seeds in any text, and what a file of credentials is made of: the user's JWT and seed between lines of dashes.
import { type FileKind, fileKind } from '../jwt/file-kind.ts';
import type { BuildContext, FileOnDisk, SourceFile } from '../language.ts';
import { armouredParts } from '../nats-auth/armour.ts';
import type { NatsClaims, UserClaims } from '../nats-auth/claims.ts';
import { decodeNatsJwt } from '../nats-auth/decode.ts';
import { findSecretKeys, type Nkey } from '../nats-auth/nkey.ts';
import type { FileId } from '../text/file-id.ts';
import type { Span } from '../text/span.ts';
import { type ArmourFault, armourFaults, type LabelledPart, labelledParts } from './armour-lines.ts';

export interface SecretKey {
  readonly span: Span;
  readonly key: Nkey;
}

export interface ArmouredJwt {
  readonly span: Span;
  /** Undefined where nats-server could not read it. */
  readonly claims: NatsClaims | undefined;
}

export interface CredsModel {
  readonly file: FileId;
  readonly text: string;
  readonly fileKind: FileKind;
  /** Whether the file is made to hold credentials; else they only stand in it. */
  readonly isCreds: boolean;
  readonly onDisk: FileOnDisk | undefined;
  readonly secrets: readonly SecretKey[];
  /** What stands in armour, in the order in which clients look at it; only in files of credentials. */
  readonly jwt: ArmouredJwt | undefined;
  readonly parts: readonly LabelledPart[];
  readonly faults: readonly ArmourFault[];
}

export function buildModel({ id, text }: SourceFile, { settings, owner, onDisk }: BuildContext): CredsModel {
  const isCreds = owner === 'creds';
  // A configuration of nats-server has a rule of its own for seeds, and a dotenv file is made to hold secrets.
  const isJudgedElsewhere = owner === 'nats-conf' || owner === 'dotenv';
  return {
    file: id,
    text,
    fileKind: fileKind(id, settings.root),
    isCreds,
    onDisk,
    secrets: isJudgedElsewhere ? [] : [...findSecretKeys(text)],
    jwt: isCreds ? readJwt(text) : undefined,
    parts: isCreds ? labelledParts(text) : [],
    faults: isCreds ? armourFaults(text) : [],
  };
}

/** The first part in armour is the JWT, whatever the lines around it say. */
function readJwt(text: string): ArmouredJwt | undefined {
  const [span] = armouredParts(text);
  if (!span || !text.startsWith('eyJ', span.start)) return undefined;
  const decoded = decodeNatsJwt(text.slice(span.start, span.end));
  return { span, claims: 'claims' in decoded ? decoded.claims : undefined };
}

/** The user of a file that holds both a user's JWT and a seed. */
export function userOf({ jwt }: CredsModel): UserClaims | undefined {
  return jwt?.claims?.kind === 'user' ? jwt.claims : undefined;
}
