// The operator's JWT is what every other JWT is trusted by. nats-server reads it at once and refuses one that it cannot trust.
import { formsFor } from '../../facts/nats-options.ts';
import { defineRule } from '../../lint/rule.ts';
import type { NatsConf } from '../model.ts';
import { type NatsJwtProblem, natsJwtProblem } from '../nats-jwt.ts';
import { stringsIn } from '../strings.ts';

export default defineRule<NatsConf>({
  id: 'nats/operator-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const { option, value } of conf.root.settings) {
      if (option.key !== 'operator') continue;
      if (value.kind === 'array' && formsFor(option.forms, conf.version).every(form => form.kind !== 'list')) continue;
      for (const text of stringsIn(value)) {
        // Anything else is the path of a file, which need not be here.
        if (!text.value.startsWith('eyJ')) continue;
        const problem = natsJwtProblem(text.value, 'operator');
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

const reasons: Readonly<Record<NatsJwtProblem, string>> = {
  malformed: 'This is no complete JWT',
  unreadable: 'The claims of this JWT are in a form that does not exist',
  foreign: 'This JWT does not come from NATS',
  kind: 'This is a JWT of NATS, but not of an operator',
  issuer: 'This operator JWT is not signed by an operator',
  signature: 'The signature of this JWT is wrong, as after a change or a slip in copying',
};
