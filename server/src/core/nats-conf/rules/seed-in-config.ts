// A seed is the private half of a key: whoever reads it can be that user, account or operator. A server needs only public keys.

import type { Report } from '../../lint/rule.ts';
import { defineRule } from '../../lint/rule.ts';
import { findSecretKeys, type NkeyRole, publicKeyOf, roleLetter, secretKeysAbsence, withArticle } from '../../nats-auth/nkey.ts';
import { placeKey } from '../../text/place.ts';
import type { Setting } from '../blocks.ts';
import { type NatsConf, settingsOfFormat } from '../model.ts';
import { stringsIn } from '../strings.ts';

export default defineRule<NatsConf>({
  id: 'nats/seed-in-config',
  severity: 'warning',
  since: '0.1.0',
  *check(conf) {
    const files = conf.evaluation.files.filter(({ file }) => !secretKeysAbsence.isIn(file));
    const places = files.length > 0 ? keyPlaces(conf) : new Map<string, Setting>();
    for (const { file } of files) {
      for (const { span, key } of findSecretKeys(file.text)) {
        const setting = places.get(placeKey({ file: file.id, span }));
        yield {
          file: file.id,
          span,
          ...judge(key.role, setting),
          ...fixOf(file.id, span, file.text.slice(span.start, span.end), key.role, setting),
        };
      }
    }
  },
});

/** Options that hold a key, by the place where the key is written. */
function keyPlaces(conf: NatsConf): Map<string, Setting> {
  const places = new Map<string, Setting>();
  for (const setting of settingsOfFormat(conf, 'nkey', 'user-nkey', 'account-nkey', 'operator-nkey', 'curve-nkey', 'user-seed')) {
    for (const value of stringsIn(setting.value)) places.set(placeKey({ file: value.origin.file, span: value.node.contentSpan }), setting);
  }
  return places;
}

/** Which role's public key an option takes; undefined where it takes any. */
const roleOfFormat: Readonly<Record<string, NkeyRole>> = {
  'user-nkey': 'user',
  'account-nkey': 'account',
  'operator-nkey': 'operator',
  'curve-nkey': 'curve',
};

function judge(role: NkeyRole | undefined, setting: Setting | undefined): Pick<Report, 'message' | 'severity' | 'stage'> {
  const what = role ? `the seed of ${withArticle(role)} key` : 'a private key';
  const format = setting?.option.format;
  if (format === 'user-seed') {
    return {
      severity: 'information',
      message: `This is ${what}, which a remote does need; whoever reads the file can log in with it. Keep the file out of version control, or use \`credentials\` with a file of its own.`,
    };
  }
  const rotate = 'Replace it by a new key pair too: everyone who has seen this file has the old one';
  if (!setting) {
    return { message: `This is ${what}: whoever reads it can act as its owner, and nats-server does not need it. Take it out. ${rotate}.` };
  }
  const wanted = roleOfFormat[format ?? ''];
  const letter = wanted ? `, which begins with ${roleLetter[wanted]}` : '';
  const start = setting.option.key === 'resolver_pinned_accounts';
  return {
    severity: 'error',
    stage: start ? 'start' : 'parse',
    message: `This is ${what}, a secret; nats-server wants the public key here${letter}, and refuses the configuration. ${wanted && role !== wanted ? `Write the public key of the ${wanted}.` : 'Write the public key.'} ${rotate}.`,
  };
}

function fixOf(
  file: string,
  span: Report['span'],
  seed: string,
  role: NkeyRole | undefined,
  setting: Setting | undefined,
): Pick<Report, 'fix'> {
  const format = setting?.option.format ?? '';
  if (!role || !/nkey$/.test(format) || (roleOfFormat[format] ?? role) !== role) return {};
  return {
    fix: {
      title: 'Replace the seed by its public key',
      safety: 'safe',
      edits: () => [{ file, span, newText: publicKeyOf(seed) ?? seed }],
    },
  };
}
