// Public keys carry their kind and a checksum. nats-server refuses one of another kind, a mistyped one, and a user who has a password too.

import { defineRule, type Report } from '../../lint/rule.ts';
import { isPublicNkey, type NkeyRole, readNkey, roleLetter, withArticle } from '../../nats-auth/nkey.ts';
import { isGiven, type Setting, settingOf } from '../blocks.ts';
import { byPart } from '../by-part.ts';
import { type NatsConf, settingsNamed } from '../model.ts';
import { removePairs } from '../source-edits.ts';
import { stringsIn } from '../strings.ts';
import type { EvaluatedString } from '../values.ts';

/** Options whose keys are checked when the configuration is read; those of `auth_callout` have a rule of their own. */
const options: Readonly<Record<string, NkeyRole | 'any'>> = {
  'user.nkey': 'user',
  'leafnode_authorization.nkey': 'user',
  'account.nkey': 'account',
  'server.trusted_keys': 'operator',
  'trusted_proxy.key': 'any',
};

export default defineRule<NatsConf>({
  id: 'nats/nkey-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  check: byPart(function* (conf) {
    for (const [option, role] of Object.entries(options)) {
      for (const setting of settingsNamed(conf, option)) {
        // That of a user is judged when all of the user has been read: of two spellings only the one that was read last.
        const counts = option !== 'user.nkey' || settingOf(setting.block, 'nkey') === setting;
        if (setting.available && counts) for (const value of stringsIn(setting.value)) yield* judge(value, role, setting);
      }
    }
    for (const { block } of settingsNamed(conf, 'user.nkey').length > 0 ? conf.users : []) {
      const nkey = settingOf(block, 'nkey');
      if (!isGiven(nkey)) continue;
      const extra = [settingOf(block, 'user'), settingOf(block, 'password')].filter(isGiven);
      const first = extra[0];
      if (first) yield besidePassword(conf, nkey, first, extra);
    }
  }),
});

function* judge(value: EvaluatedString, role: NkeyRole | 'any', { block, option }: Setting): Generator<Report> {
  const text = value.value;
  // An empty nkey of a user is none; a seed is told by the rule about seeds.
  if (text === '' && block.fact.name === 'user') return;
  const key = readNkey(text);
  if (key && key.kind !== 'public') return;
  if (key && (role === 'any' || key.role === role)) return;
  const wanted = role === 'any' ? 'a public key' : `the public key of ${withArticle(role)}, which begins with ${roleLetter[role]}`;
  const what = option.key === 'trusted_keys' ? '`trusted_keys` takes' : `\`${option.key}\` is`;
  const repaired = text.trim().toUpperCase();
  const fixable = repaired !== text && isPublicNkey(repaired, role === 'any' ? undefined : role);
  const { file, span } = value.origin;
  yield {
    ...value.at,
    message: `${what} ${wanted}; ${why(text, key?.role)}, so nats-server refuses the configuration. ${fixable ? 'Write it in capital letters without spaces.' : advice(text, role, key?.role)}`,
    ...(fixable
      ? { fix: { title: 'Write it in capital letters without spaces', safety: 'safe', edits: () => [{ file, span, newText: repaired }] } }
      : {}),
  };
}

function why(text: string, role: NkeyRole | undefined): string {
  if (role) return `this is the key of ${withArticle(role)}`;
  if (/^[ACNOUX][A-Z2-7]{55}$/.test(text)) return 'the checksum of this one is wrong, as after a slip in typing or copying';
  if (/^[ACNOUX][A-Z2-7]{20,}$/.test(text)) return `this one has ${text.length} characters instead of 56`;
  return 'this is no such key';
}

function advice(text: string, wanted: NkeyRole | 'any', role: NkeyRole | undefined): string {
  if (role) return 'Copy the right one.';
  if (/^[ACNOUX][A-Z2-7]{20,}$/.test(text)) return 'Copy it again.';
  return `Make a pair with \`nk -gen ${wanted === 'any' ? 'user' : wanted} -pubout\`, and write its public key here.`;
}

function besidePassword(conf: NatsConf, nkey: Setting, first: Setting, extra: readonly Setting[]): Report {
  return {
    ...first.entry.keyAt,
    message:
      'A user with an nkey has no name and no password besides, so nats-server refuses the configuration. Remove them, or make two entries of it.',
    related: [{ ...nkey.entry.keyAt, message: 'The nkey stands here.' }],
    fix: {
      title: 'Keep only the nkey',
      safety: 'unsafe',
      edits: () =>
        removePairs(
          conf,
          nkey.entry.keyAt.file,
          extra.map(({ entry }) => entry.node.span),
        ),
    },
  };
}
