// Whoever can guess a secret in `.env` has what it protects.
import { isPlaceholder, leastBytes, weaknessOf } from '../../environment/secret-quality.ts';
import { defineRule } from '../../lint/rule.ts';
import type { DotenvModel } from '../model.ts';
import { newSecret } from '../new-secret.ts';

export default defineRule<DotenvModel>({
  id: 'dotenv/weak-secret',
  severity: 'warning',
  since: '0.1.0',
  *check({ id, secrets, purpose, file }) {
    if (purpose === 'example' || purpose === 'tests') return;
    const algorithm = file.statements.find(({ name }) => /(?:^|_)(?:JWT_ALG(?:ORITHM)?|JWT_SIGNING_ALG(?:ORITHM)?)$/i.test(name))?.raw;
    for (const { statement, meaning, value } of secrets) {
      const signs = meaning.meaning === 'jwt-secret' || meaning.meaning === 'session-secret';
      if (!signs || meaning.list) continue;
      const least = meaning.least ?? (meaning.meaning === 'jwt-secret' ? leastBytes(algorithm) : undefined);
      const weakness = weaknessOf(value, { least, encoding: meaning.encoding });
      // A placeholder has a rule of its own, however easy it is to guess besides.
      if (!weakness || weakness.kind === 'placeholder') continue;
      if (purpose === 'use' && weakness.kind === 'trivial' && isPlaceholder(value)) continue;
      const why =
        weakness.kind === 'published'
          ? `published: it stands in ${weakness.of}`
          : weakness.kind === 'short'
            ? `${weakness.bytes} bytes long, and its algorithm needs ${weakness.least}`
            : weakness.kind === 'trivial'
              ? 'among the first that anybody tries'
              : 'made of few different characters';
      yield {
        span: statement.valueSpan,
        ...(purpose === 'development' ? { severity: 'information' as const } : {}),
        message: `\`${statement.name}\` is ${why}, so whoever guesses it ${meaning.meaning === 'jwt-secret' ? 'signs tokens as any user' : 'makes up sessions of any user'}. Generate one, for instance with \`openssl rand -base64 48\`.`,
        ...newSecret(id, statement, meaning),
      };
    }
  },
});
