// A bcrypt hash begins with a dollar sign, which makes an unquoted one a variable. Only `$2a$` is spared by nats-server.
import { defineRule } from '../../lint/rule.ts';
import type { NatsConf } from '../model.ts';

export default defineRule<NatsConf>({
  id: 'nats/unquoted-bcrypt-hash',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check({ evaluation }) {
    for (const { node, file, outcome } of evaluation.variables) {
      if (outcome.kind === 'resolved' || !isBcryptName(node.name)) continue;
      const { start, end } = node.span;
      yield {
        file,
        span: node.span,
        message: `An unquoted \`$${node.name.slice(0, 3)}…\` is a variable to nats-server, which it cannot find, so it refuses the configuration. Put the hash in quotes.`,
        fix: {
          title: 'Put the hash in double quotes',
          safety: 'safe',
          edits: () => [
            { file, span: { start, end: start }, newText: '"' },
            { file, span: { start: end, end }, newText: '"' },
          ],
        },
      };
    }
  },
});

/** `2b$11$…`: the name of the variable that an unquoted hash becomes. */
function isBcryptName(name: string): boolean {
  return /^2[bxy]\$\d\d\$/.test(name);
}
