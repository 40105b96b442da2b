// Whoever can guess the secret that signs tokens can be anyone.
import { isForDevelopment } from '../../../compose/audience.ts';
import { requireVariable } from '../../../compose/edit-entry.ts';
import { newSecret } from '../../../compose/new-secret.ts';
import { describeWeakness, type Secret, secretsOf } from '../../../compose/secrets.ts';
import type { SecretWeakness } from '../../../environment/secret-quality.ts';
import { defineComposeRule, holdersNow } from '../../compose-projects.ts';
import { hasuraKeyWeakness } from '../../hasura-jwt.ts';

export default defineComposeRule({
  id: 'compose/weak-jwt-secret',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: true,
  judges: 'each service',
  *check({ project, services, settings }) {
    for (const { service, auth } of services) {
      for (const secret of secretsOf(auth)) {
        const weakness = signingWeakness(secret);
        if (!weakness || !secret.inComposeFile || secret.source.how === 'default') continue;
        const { place } = secret.source;
        const prepared = newSecret(secret, project, () => holdersNow(project, settings));
        const fixable = secret.entry.form !== 'env-file' && secret.meaning.meaning === 'jwt-secret';
        yield {
          file: place.file,
          span: place.span,
          ...(isForDevelopment(place.file, settings) ? { severity: 'information' as const } : {}),
          message: `The secret \`${secret.entry.name}\` of \`${service.name}\` is ${describeWeakness(weakness)}, so it can be ${weakness.kind === 'published' || weakness.kind === 'placeholder' ? 'found' : 'guessed'}, and whoever does ${secret.meaning.meaning === 'session-secret' ? 'makes up sessions of' : 'signs tokens as'} any user. Generate one, for instance with \`openssl rand -base64 48\`, and keep it in \`.env\`.`,
          ...(fixable ? { fix: takeFromVariable(secret) } : {}),
          ...(prepared ? { prepared } : {}),
        };
      }
    }
  },
});

function signingWeakness({ meaning, weakness, source }: Secret): SecretWeakness | undefined {
  if (meaning.meaning === 'jwt-secret-json') return hasuraKeyWeakness(source.text as string);
  const signs = meaning.meaning === 'jwt-secret' || meaning.meaning === 'session-secret';
  return signs ? weakness : undefined;
}

function takeFromVariable({ entry }: Secret) {
  return { title: `Take ${entry.name} from .env`, safety: 'unsafe' as const, edits: () => [requireVariable(entry, entry.name)] };
}
