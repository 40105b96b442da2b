// A password in clear text is readable by anyone who can read the file, its history or a backup of it.
import type { Fix } from '../../lint/finding.ts';
import { defineRule } from '../../lint/rule.ts';
import { type Credential, credentialsIn, namesOf } from '../credentials.ts';
import type { NatsConf } from '../model.ts';
import { isBcryptHash, isPlaceholder } from '../strings.ts';

export default defineRule<NatsConf>({
  id: 'nats/plaintext-password',
  severity: 'warning',
  since: '0.1.0',
  *check(conf) {
    const told = new Set<string>();
    for (const credential of credentialsIn(conf)) {
      const { at, secret } = credential;
      if (isBcryptHash(secret) || isPlaceholder(secret)) continue;
      // One definition may be used by many; it is one secret in one place.
      const place = `${at.file} ${at.span.start}`;
      if (told.has(place)) continue;
      told.add(place);
      const fix = variableFix(credential);
      yield { file: at.file, span: at.span, message: messageOf(credential), ...(fix ? { fix } : {}) };
    }
  },
});

function messageOf(credential: Credential): string {
  const { kind, value, setting } = credential;
  const { owner, variable } = namesOf(credential);
  const risk = 'so everyone who can read this file or its history has it';
  if (kind === 'url') {
    return `This URL holds the password of ${owner} in clear text, ${risk}. Read the whole URL from the environment: \`$${variable}\` in place of it, without quotes.`;
  }
  if (kind === 'key')
    return `The encryption key of ${owner} is in clear text, ${risk}. Read it from the environment: \`$${variable}\`, without quotes.`;
  const hash = hashable.has(setting.block.fact.name) ? ', or write its bcrypt hash (`nats server passwd`)' : '';
  if (value.via) {
    return `The password of ${owner} stands here in clear text, ${risk}. Remove this line and set \`${value.via.name}\` in the environment of the server${hash}.`;
  }
  return `The password of ${owner} is in clear text, ${risk}. Read it from the environment (\`$${variable}\`, without quotes)${hash}.`;
}

/** Blocks whose passwords the server only compares; others it must send, so that a hash is of no use. */
const hashable = new Set(['authorization', 'user', 'leafnode_authorization', 'leafnode_user', 'simple_authorization']);

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
