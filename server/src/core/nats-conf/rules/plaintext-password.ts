// A password in clear text is readable by anyone who can read the file, its history or a backup of it.
import type { Fix, PreparedFix } from '../../lint/finding.ts';
import { defineRule } from '../../lint/rule.ts';
import { encodeUtf8 } from '../../text/base64url.ts';
import { placeKey } from '../../text/place.ts';
import { byPart } from '../by-part.ts';
import { type Credential, credentialsIn, namesOf } from '../credentials.ts';
import type { NatsConf } from '../model.ts';
import { quoted } from '../source-edits.ts';
import { isBcryptHash, isPlaceholder } from '../strings.ts';

export default defineRule<NatsConf>({
  id: 'nats/plaintext-password',
  severity: 'warning',
  since: '0.1.0',
  check: byPart(function* (conf) {
    const told = new Set<string>();
    for (const credential of credentialsIn(conf)) {
      const { at, secret } = credential;
      if (isBcryptHash(secret) || isPlaceholder(secret)) continue;
      // One definition may be used by many; it is one secret in one place.
      const place = placeKey(at);
      if (told.has(place)) continue;
      told.add(place);
      const fix = variableFix(credential);
      const prepared = hashFix(credential);
      yield { file: at.file, span: at.span, message: messageOf(credential), ...(fix ? { fix } : {}), ...(prepared ? { prepared } : {}) };
    }
  }),
});

function messageOf(credential: Credential): string {
  const { kind, value } = credential;
  const { owner, variable } = namesOf(credential);
  const risk = 'so everyone who can read this file or its history has it';
  if (kind === 'url') {
    return `This URL holds the password of ${owner} in clear text, ${risk}. Read the whole URL from the environment: \`$${variable}\` in place of it, without quotes.`;
  }
  if (kind === 'key')
    return `The encryption key of ${owner} is in clear text, ${risk}. Read it from the environment: \`$${variable}\`, without quotes.`;
  const hash = isHashable(credential) ? ', or write its bcrypt hash (`nats server passwd`)' : '';
  if (value.via) {
    return `The password of ${owner} stands here in clear text, ${risk}. Remove this line and set \`${value.via.name}\` in the environment of the server${hash}.`;
  }
  return `The password of ${owner} is in clear text, ${risk}. Read it from the environment (\`$${variable}\`, without quotes)${hash}.`;
}

/** Blocks whose passwords the server only compares; others it must send, so that a hash is of no use. */
const hashable = new Set(['authorization', 'user', 'leafnode_authorization', 'leafnode_user', 'simple_authorization']);

function isHashable({ kind, setting }: Credential): boolean {
  return kind === 'password' && hashable.has(setting.block.fact.name);
}

/** bcrypt looks at no more of a password. In bytes. */
const mostHashed = 72;

/** Clients go on sending the password itself, and afterwards nobody can read it here any more. */
function hashFix(credential: Credential): PreparedFix | undefined {
  const { value, secret } = credential;
  if (!isHashable(credential) || encodeUtf8(secret).length > mostHashed) return undefined;
  return {
    title: 'Replace it by its bcrypt hash (keep the password for the clients: it cannot be read back)',
    work: 'bcrypt',
    input: () => secret,
    edits: hash => [{ file: value.origin.file, span: value.node.span, newText: quoted(hash) }],
  };
}

/** The person still has to set the variable. A secret that already comes through a variable stays where it is. */
function variableFix(credential: Credential): Fix | undefined {
  const { value } = credential;
  if (value.via) return undefined;
  const { variable } = namesOf(credential);
  const { file } = value.origin;
  return {
    title: `Read it from the environment variable ${variable}`,
    safety: 'unsafe',
    edits: () => [{ file, span: value.node.span, newText: `$${variable}` }],
  };
}
