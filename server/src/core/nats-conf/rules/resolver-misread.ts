// nats-server reads resolvers generously: what it does not know it leaves out, and what it half knows it takes for something else.
import { nearest } from '../../lint/nearest.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { decodeNatsJwt } from '../../nats-auth/decode.ts';
import { type Block, settingOf } from '../blocks.ts';
import type { NatsConf } from '../model.ts';
import { asValue, quoted } from '../source-edits.ts';
import { isWhole, operatorSetting } from '../startup.ts';
import type { EvaluatedEntry } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/resolver-misread',
  severity: 'warning',
  since: '0.1.0',
  *check(conf) {
    const resolver = settingOf(conf.root, 'resolver');
    if (resolver?.value.kind === 'string' && /^\s*url\s*\(.*mem/i.test(resolver.value.value)) {
      yield {
        ...resolver.value.at,
        message:
          'The letters "mem" anywhere in this text mean the resolver in memory to nats-server, so the URL is never asked and only preloaded accounts exist. Give the address another name, for instance an alias in DNS.',
      };
    }
    for (const block of resolver?.blocks ?? []) yield* unreadKeys(block);
    const preload = settingOf(conf.root, 'resolver_preload');
    if (!preload) return;
    if (!operatorSetting(conf) && !settingOf(conf.root, 'trusted_keys') && isWhole(conf)) {
      yield {
        ...preload.entry.keyAt,
        message:
          'Account JWTs count only under an operator, and there is none here, so nats-server ignores all of them. Add `operator` with its JWT, or write the accounts into `accounts`.',
      };
    } else if (preload.value.kind === 'map') {
      for (const entry of preload.value.entries.values()) yield* misplacedAccount(entry);
    }
  },
});

/** Keys of a resolver in braces are compared letter by letter, and what is unknown is left out. */
function* unreadKeys({ unknown, fact }: Block): Generator<Report> {
  for (const { key, keyAt, usedAsVariable } of unknown) {
    // A resolver whose type is not read is refused, which is for another rule.
    if (usedAsVariable || key.toLowerCase() === 'type') continue;
    const near = nearest(
      key,
      fact.options.map(option => option.key),
    );
    yield {
      ...keyAt,
      message: `${near === key.toLowerCase() ? 'Keys of a resolver count only in small letters' : `A resolver has no option \`${key}\``}, so nats-server leaves this one out without a word. ${near ? `Write \`${near}\`.` : 'Remove it.'}`,
      ...(near ? { fix: { title: `Write ${near}`, safety: 'unsafe', edits: () => [{ ...keyAt, newText: near }] } } : {}),
    };
  }
}

/** The key is what accounts are looked up by, whatever the JWT says. */
function* misplacedAccount({ key, keyAt, node, value }: EvaluatedEntry): Generator<Report> {
  if (value.kind !== 'string') return;
  const decoded = decodeNatsJwt(value.value);
  const subject = 'claims' in decoded && decoded.claims.kind === 'account' ? decoded.claims.standard.sub : undefined;
  if (!subject || subject === key) return;
  yield {
    ...keyAt,
    message: `This JWT is of the account \`${subject}\`, and nats-server looks for an account by the key in front of it, so users of neither can log in. Write the account's key here.`,
    fix: {
      title: 'Write the key of the account',
      safety: 'unsafe',
      edits: () => [{ ...keyAt, newText: node.keyQuote === 'none' ? asValue(subject) : quoted(subject).slice(1, -1) }],
    },
  };
}
