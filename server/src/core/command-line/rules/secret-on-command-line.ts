// What stands on a command line is read by every process of the machine, and stays in the history and the repository.
import { isPlaceholder, isReference } from '../../environment/secret-quality.ts';
import { isForShow } from '../../jwt/file-kind.ts';
import { parseTokens } from '../../jwt/parser.ts';
import { defineRule } from '../../lint/rule.ts';
import { type CommandModel, headersOf, type Invocation } from '../model.ts';
import { literalOf, partOf, type Word } from '../shell.ts';

export default defineRule<CommandModel>({
  id: 'command/secret-on-command-line',
  severity: 'warning',
  since: '0.1.0',
  *check(model, { file }) {
    // Documentation and tests show commands with made-up secrets.
    if (isForShow(model.fileKind)) return;
    for (const invocation of model.invocations) {
      if (isLocal(invocation)) continue;
      for (const { secret, variable, quoted } of secretsOf(invocation)) {
        yield {
          span: secret.span,
          message:
            'This secret stands on a command line, where other processes, the shell history and everybody with the file can read it. Read it from a variable or a file, and replace the secret, since it has been seen.',
          fix: {
            title: `Read it from $${variable}`,
            safety: 'unsafe',
            edits: () => [{ file, span: secret.span, newText: quoted ? `$${variable}` : `"$${variable}"` }],
          },
        };
      }
    }
  },
});

interface Secret {
  readonly secret: Word;
  readonly variable: string;
  /** Whether it stands inside of quotes in which a variable is replaced. */
  readonly quoted: boolean;
}

function secretsOf(invocation: Invocation): readonly Secret[] {
  const found: Secret[] = [];
  for (const { name, fact, value } of invocation.options) {
    if (!fact?.secret || !value) continue;
    const colon = name === '--user' ? value.text.indexOf(':') : -1;
    if (name === '--user' && colon < 0) continue;
    const secret = partOf(value, colon + 1);
    if (isSecret(secret)) found.push({ secret, variable: variableFor(name), quoted: secret.span.start > value.span.start });
  }
  for (const { name, value } of headersOf(invocation)) {
    if (!/^(authorization|x-api-key|apikey|x-auth-token|private-token)$/i.test(name)) continue;
    const scheme = /^(?:bearer|basic|token|apikey)\s+/i.exec(value.text)?.[0] ?? '';
    const secret = partOf(value, scheme.length);
    if (isSecret(secret)) found.push({ secret, variable: /basic/i.test(scheme) ? 'BASIC_CREDENTIALS' : 'API_TOKEN', quoted: true });
  }
  return found;
}

/** JWTs have rules of their own; what a person is to fill in is no secret. */
function isSecret(word: Word): boolean {
  const text = literalOf(word);
  if (text === undefined || text.length < 4 || parseTokens(text).length > 0) return false;
  return !isReference(text) && !isPlaceholder(text) && !/[<>{}\u2026]|\.\.\.|^\W+$/.test(text);
}

function variableFor(option: string): string {
  if (option === '--oauth2-client-secret') return 'CLIENT_SECRET';
  return /token|bearer/.test(option) ? 'API_TOKEN' : 'PASSWORD';
}

/** A machine of one's own, where test users have test passwords. */
function isLocal({ arguments: words, options }: Invocation): boolean {
  const addresses = [...words, ...options.flatMap(({ name, value }) => (/^--(url|server)$/.test(name) && value ? [value] : []))];
  return addresses.some(({ text }) => /^(?:[a-z]+:\/\/)?(?:[^@/\s]*@)?(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(text));
}
