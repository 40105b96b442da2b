// Client credentials need three things; without one of them the scanner gets no token at all.
import { mildness } from '../../jwt/file-kind.ts';
import { defineRule } from '../../lint/rule.ts';
import { enumerated } from '../../text/prose.ts';
import { type CommandModel, optionsNamed } from '../model.ts';
import { insertBehind } from '../option-edits.ts';
import { scansBy } from '../scans.ts';

const needed: readonly (readonly [option: string, value: string])[] = [
  ['--oauth2-token-url', '"$TOKEN_URL"'],
  ['--oauth2-client-id', '"$CLIENT_ID"'],
  ['--oauth2-client-secret', '"$CLIENT_SECRET"'],
];

export default defineRule<CommandModel>({
  id: 'command/oauth2-incomplete',
  severity: 'warning',
  since: '0.1.0',
  *check(model) {
    for (const { scan, said } of scansBy('oauth2', model)) {
      const missing = needed.filter(([option]) => optionsNamed(scan, option).length === 0);
      if (missing.length === 0) continue;
      const names = missing.map(([option]) => `\`${option}\``);
      yield {
        span: said.span,
        message: `The scanner cannot fetch a token without ${enumerated(names)}. Add what is missing; the identity provider shows it for the scanner's client.`,
        fix: insertBehind(
          model,
          said.span,
          missing.map(([option, value]) => ` ${option} ${value}`).join(''),
          'Add what is missing, read from variables',
        ),
        ...mildness(model),
      };
    }
  },
});
