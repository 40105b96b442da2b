// A token is a bearer credential: whoever has read it once is everybody who uses it.
import type { Fix } from '../../lint/finding.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { decodeNatsJwt } from '../../nats-auth/decode.ts';
import { type Block, isGiven, type Setting, settingOf } from '../blocks.ts';
import { reachOf } from '../listeners.ts';
import { type NatsConf, settingsNamed } from '../model.ts';
import { refusedBetweenServers } from '../server-authorization.ts';
import { indentAt, lineStart, textOfFile } from '../source-edits.ts';

export default defineRule<NatsConf>({
  id: 'nats/bearer-token',
  severity: 'warning',
  since: '0.1.0',
  *check(conf) {
    for (const setting of settingsNamed(conf, 'authorization.token', 'simple_authorization.token')) {
      const listener = setting.block.setting?.block;
      if (!isGiven(setting) || !listener || isRefused(listener, setting)) continue;
      const inClear = isInClear(listener);
      yield {
        ...setting.entry.keyAt,
        message: `All clients share this one token, ${inClear ? 'and without TLS it crosses the network in clear text, so whoever reads it once on the way' : 'and sending it proves nothing, so whoever has read it once'} is any of them. ${inClear ? 'Turn TLS on now, then give' : 'Give'} each client a user of its own with an nkey: \`users: [ { nkey: U… } ]\`.`,
        ...(listener.fact.name === 'server' ? { fix: nkeyFix(conf, setting) } : {}),
      };
    }
    yield* bearerScopes(conf);
  },
});

function isInClear(listener: Block): boolean {
  return reachOf(listener) === 'network' && !settingOf(listener, 'tls') && !listener.map.incomplete;
}

/** Between servers a token is refused, which is for another rule. */
function isRefused(owner: Block, setting: Setting): boolean {
  return (
    owner.fact.name !== 'server' &&
    refusedBetweenServers(owner).some(refused => refused.setting === setting) &&
    /^(cluster|gateway)$/.test(owner.fact.name)
  );
}

const clientKey = '$CLIENT_NKEY';

/** A token and users cannot stand together, so that all clients must change at once: the key pair and its names are for the person. */
function nkeyFix(conf: NatsConf, { entry }: Setting): Fix {
  const { file } = entry.keyAt;
  const { span } = entry.node;
  return {
    title: 'Replace the token by users with nkeys',
    safety: 'unsafe',
    // The key in place of the variable, for who does not give it to the server by its environment.
    next: { command: 'authlint.generateNkeyPair', arguments: ['user', clientKey] },
    edits() {
      const text = textOfFile(conf, file);
      const alone = text.slice(lineStart(text, span.start), span.start).trim() === '';
      if (!alone) return [{ file, span, newText: `users: [ { nkey: ${clientKey} } ]` }];
      const indent = indentAt(text, span.start);
      const lines = [
        'users: [',
        `${indent}  # One for each client: CLIENT_NKEY is its public key (U…), and the seed (SU…) stays with the client.`,
        `${indent}  { nkey: ${clientKey} }`,
        `${indent}]`,
      ];
      return [{ file, span, newText: lines.join('\n') }];
    },
  };
}

/** A signing key with a template can make each of its users a bearer, whose JWT alone is enough to log in. */
function* bearerScopes(conf: NatsConf): Generator<Report> {
  for (const { value } of conf.operatorMode?.preload ?? []) {
    const decoded = decodeNatsJwt(value.value);
    if (!('claims' in decoded) || decoded.claims.kind !== 'account') continue;
    const scopes = [...(decoded.claims.nats.signing_keys ?? [])].filter(([, scope]) => scope?.template?.bearer_token);
    for (const [key, scope] of scopes) {
      const inClear = isInClear(conf.root);
      yield {
        ...value.at,
        message: `All users that the signing key \`${scope?.role || key}\` of this account makes are bearers: their JWT is enough to log in${inClear ? ', and without TLS whoever reads it on the way has it' : ', so whoever finds one in a log or a script is that user'}. ${inClear ? 'Turn TLS on now, and take' : 'Take'} \`bearer_token\` out of the template unless the clients are browsers.`,
      };
    }
  }
}
