// The operator's JWT is what every other JWT is trusted by. nats-server reads it at once and refuses one that it cannot trust.
import { formsFor } from '../../facts/nats-options.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { atLeast, parseServerVersion } from '../../lint/settings.ts';
import { looksLikeJwt } from '../../nats-auth/decode.ts';
import type { NatsConf } from '../model.ts';
import { type NatsJwtProblem, natsJwtProblem } from '../nats-jwt.ts';
import { stringsIn } from '../strings.ts';

export default defineRule<NatsConf>({
  id: 'nats/operator-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    yield* judgeFiles(conf);
    yield* judgeDemands(conf);
    for (const { option, value } of conf.root.settings) {
      if (option.key !== 'operator') continue;
      if (value.kind === 'array' && formsFor(option.forms, conf.version).every(form => form.kind !== 'list')) continue;
      for (const text of stringsIn(value)) {
        const problem = looksLikeJwt(text.value) ? natsJwtProblem(text.value, 'operator') : problemOfPath(text.value);
        if (problem) {
          yield {
            ...text.at,
            message: `${reasons[problem]}, so nats-server refuses the configuration. Paste the whole operator JWT, as \`nsc describe operator --raw\` prints it.`,
          };
        }
      }
    }
  },
});

/** Bytes of the longest name that file systems take; no text has fewer bytes than characters. */
const longestName = 255;

/** What does not begin as a JWT is the path of a file; a JWT that lost its beginning is too long for that. */
function problemOfPath(path: string): NatsJwtProblem | undefined {
  return path.split(/[/\\]/).some(name => name.length > longestName) ? 'malformed' : undefined;
}

/** JWTs in files that lie here. */
function* judgeFiles({ operatorMode }: NatsConf): Generator<Report> {
  for (const { value, isInline, token } of operatorMode?.operators ?? []) {
    const problem = isInline ? undefined : natsJwtProblem(token, 'operator');
    if (!problem) continue;
    yield {
      ...value.at,
      message: `In this file: ${reasons[problem]}, so nats-server refuses the configuration. Write the operator JWT into it, as \`nsc describe operator --raw\` prints it.`,
    };
  }
}

/** What the operator demands of the server: checked when that starts. */
function* judgeDemands({ operatorMode, version }: NatsConf): Generator<Report> {
  for (const { value, claims } of operatorMode?.operators ?? []) {
    if (!claims) continue;
    const least = parseServerVersion(claims.nats.assert_server_version || '0.0.0');
    if (least && !atLeast(version, least)) {
      yield {
        ...value.at,
        stage: 'start',
        message: `The operator asks for nats-server ${least.join('.')} or newer, and this one is ${version.join('.')}, so it does not start. Update the server, or lower the demand with \`nsc edit operator --require-server-version\`.`,
      };
    }
    if (!operatorMode?.systemAccount || !claims.nats.strict_signing_key_usage || (claims.nats.signing_keys ?? []).length > 0) continue;
    yield {
      ...value.at,
      stage: 'start',
      message:
        'The operator lets only its signing keys sign accounts and has none, so no account is valid and nats-server does not start. Add a signing key with `nsc edit operator --sk generate`.',
    };
  }
}

const reasons: Readonly<Record<NatsJwtProblem, string>> = {
  malformed: 'This is no complete JWT',
  unreadable: 'The claims of this JWT are in a form that does not exist',
  foreign: 'This JWT does not come from NATS',
  kind: 'This is a JWT of NATS, but not of an operator',
  issuer: 'This operator JWT is not signed by an operator',
  signature: 'The signature of this JWT is wrong, as after a change or a slip in copying',
};
