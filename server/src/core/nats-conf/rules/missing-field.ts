// Some entries make no sense without one of their keys; nats-server refuses them.
import { findMisnomer } from '../../facts/nats-inventions.ts';
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { type Block, isGiven, mayHold, settingOf } from '../blocks.ts';
import { byPart } from '../by-part.ts';
import { blocksNamed, type NatsConf } from '../model.ts';
import type { Place } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/missing-field',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  check: byPart(function* (conf) {
    for (const { block, name, nkey } of conf.users) {
      if (name?.value || nkey?.value || mayHold(block) || isPresent(block, 'user') || isPresent(block, 'nkey') || hasMisnamedUser(block))
        continue;
      const empty = (name ?? nkey) !== undefined;
      yield {
        ...placeOf(block),
        message: `This user has ${empty ? 'an empty name' : 'neither a name nor an nkey'}, so nats-server refuses the configuration. Write \`user: NAME\` or \`nkey: U…\` into it.`,
      };
    }
    for (const block of blocksNamed(conf, 'trusted_proxy')) {
      if (mayHold(block) || isPresent(block, 'key') || block.setting?.block.setting?.available === false) continue;
      yield {
        ...placeOf(block),
        stage: 'start',
        message: 'A trusted proxy is known by its key, and this one has none, so nats-server does not start. Write `{ key: PUBLIC-NKEY }`.',
      };
    }
    for (const block of blocksNamed(conf, 'message_trace')) {
      const sampling = settingOf(block, 'sampling');
      if (!sampling?.available || sampling.misfits.length > 0 || mayHold(block) || isPresent(block, 'dest')) continue;
      yield {
        ...sampling.entry.keyAt,
        severity: 'warning',
        message:
          'Without `dest` nothing is traced whatever the sampling: nats-server warns, and a check of the file with -t fails. Add `dest` with a subject, or remove `sampling`.',
      };
    }
    for (const block of blocksNamed(conf, 'import_source')) {
      const missing = ['account', 'subject'].filter(key => !isPresent(block, key));
      if (missing.length === 0 || mayHold(block)) continue;
      yield {
        ...placeOf(block),
        message: `An import names the account it comes from and the subject; here ${list(missing)} missing, so nats-server refuses the configuration. Write \`{ account: NAME, subject: "…" }\`.`,
      };
    }
    for (const block of blocksNamed(conf, 'mapping')) {
      if (settingOf(block, 'weight') || mayHold(block)) continue;
      yield {
        ...placeOf(block),
        message:
          'A mapping destination in braces needs a weight, so nats-server refuses the configuration. Write `weight: 100%`, or only the subject without braces.',
        ...weightFix(block),
      };
    }
    for (const block of blocksNamed(conf, 'tls_certificate')) yield* incomplete(block, ['cert_file', 'key_file'], 'A certificate');
    for (const block of blocksNamed(conf, 'latency')) {
      if (!settingOf(block, 'subject')) yield* incomplete(block, ['subject'], 'A `latency` block');
    }
  }),
});

function isPresent(block: Block, key: string): boolean {
  const setting = settingOf(block, key);
  // A value of the wrong kind is told by other rules.
  return setting !== undefined && (setting.misfits.length > 0 || isGiven(setting));
}

/** `name: alice` is told as an unknown key, with what to write instead. */
function hasMisnamedUser({ fact, unknown }: Block): boolean {
  return unknown.some(({ key }) => /^(user|nkey)$/.test(findMisnomer(fact.name, key) ?? ''));
}

function* incomplete(block: Block, keys: readonly string[], what: string): Generator<Report> {
  const missing = keys.filter(key => !isPresent(block, key));
  if (missing.length === 0 || mayHold(block)) return;
  yield {
    ...placeOf(block),
    message: `${what} needs ${keys.map(key => `\`${key}\``).join(' and ')}; ${list(missing)} missing, so nats-server refuses the configuration. Add it.`,
  };
}

function list(keys: readonly string[]): string {
  return keys.length === 1 ? `\`${keys[0]}\` is` : `${keys.map(key => `\`${key}\``).join(' and ')} are`;
}

/** The opening brace: a whole block would be much to underline. */
function placeOf(block: Block): Place {
  const { map } = block;
  if (map.via || !map.node.open) return map.at;
  return { file: map.at.file, span: map.node.statements.length === 0 ? map.at.span : map.node.open };
}

function weightFix({ map }: Block): { fix?: Fix } {
  const { open } = map.node;
  if (!open) return {};
  const { file } = map.origin;
  return {
    fix: {
      title: 'Add weight: 100%',
      safety: 'unsafe',
      edits: () => [{ file, span: { start: open.end, end: open.end }, newText: ' weight: 100%,' }],
    },
  };
}
