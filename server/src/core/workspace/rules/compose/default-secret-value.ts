// A default in the file makes a forgotten secret a published one, and nothing says that it was forgotten.
import { isForDevelopment } from '../../../compose/audience.ts';
import { secretsInCommand } from '../../../compose/command-secrets.ts';
import { newSecret } from '../../../compose/new-secret.ts';
import { defaultOf } from '../../../compose/secrets.ts';
import { isReference, isUsualPassword } from '../../../environment/secret-quality.ts';
import type { Meaning } from '../../../facts/compose-dialects.ts';
import { defineComposeRule, holdersNow } from '../../compose-projects.ts';

const judged: ReadonlySet<Meaning> = new Set<Meaning>(['jwt-secret', 'client-secret', 'session-secret', 'encryption-key', 'api-secret']);
/** Of those that anybody tries first another rule speaks. */
const passwords: ReadonlySet<Meaning> = new Set<Meaning>(['admin-password', 'broker-password']);

export default defineComposeRule({
  id: 'compose/default-secret-value',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: true,
  judges: 'each service',
  *check({ project, services, settings }) {
    for (const { service, auth } of services) {
      for (const variable of auth.variables) {
        const { meaning, defaults } = variable.meaning;
        const isPassword = passwords.has(meaning);
        const found = isPassword || judged.has(meaning) ? defaultOf(variable) : undefined;
        const { entry } = variable;
        if (
          !found ||
          (isPassword && isUsualPassword(found.text, defaults)) ||
          isReference(found.text) ||
          isForDevelopment(entry.file, settings)
        )
          continue;
        const prepared = newSecret(variable, project, () => holdersNow(project, settings));
        yield {
          file: entry.file,
          span: found.span,
          message: `Without \`${found.variable}\`, \`${service.name}\` starts with ${isPassword ? 'a password' : 'a secret'} that stands in this file for everybody to read, and nothing warns of it. Write \`\${${found.variable}:?…}\`, so that Compose refuses to start without one.`,
          fix: {
            title: `Require ${found.variable}`,
            safety: 'unsafe',
            edits: () => [{ file: entry.file, span: found.reference, newText: `\${${found.variable}:?set ${found.variable} in .env}` }],
          },
          ...(prepared ? { prepared } : {}),
        };
      }
      for (const found of secretsInCommand(service.definition)) {
        if (found.how !== 'default' || isForDevelopment(found.place.file, settings)) continue;
        yield {
          ...found.place,
          message: `Without \`${found.variable}\`, \`${service.name}\` starts with a password that stands in this file for everybody to read, and nothing warns of it. Write \`\${${found.variable}:?…}\`, so that Compose refuses to start without one.`,
        };
      }
    }
  },
});
