// A secret in a Compose file is a secret in the repository, its history, its forks and every laptop that has cloned it.
import { isForDevelopment } from '../../../compose/audience.ts';
import { secretsInCommand } from '../../../compose/command-secrets.ts';
import { addToDotenv, requireVariable } from '../../../compose/edit-entry.ts';
import type { Project } from '../../../compose/project.ts';
import { isLogin, type Secret, secretsOf } from '../../../compose/secrets.ts';
import type { EnvironmentEntry } from '../../../compose/service.ts';
import { isReference, isUsualPassword } from '../../../environment/secret-quality.ts';
import type { Meaning } from '../../../facts/compose-dialects.ts';
import type { Fix } from '../../../lint/finding.ts';
import { defineComposeRule } from '../../compose-projects.ts';

const words: Partial<Record<Meaning, string>> = {
  'jwt-secret': 'the secret that signs tokens',
  'client-secret': 'a client secret',
  'session-secret': 'the secret that protects sessions',
  'encryption-key': 'an encryption key',
  'api-secret': 'a secret that callers show',
  'admin-password': 'the password of an administrator',
  'broker-password': 'a password of the broker',
  'private-key': 'a private key',
};

export default defineComposeRule({
  id: 'compose/plaintext-secret',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: true,
  judges: 'each service',
  *check({ project, services, settings }) {
    for (const { service, auth } of services) {
      for (const secret of secretsOf(auth)) {
        const word = words[secret.meaning.meaning];
        const { place, how } = secret.source;
        if (!word || how !== 'literal' || !secret.inComposeFile || !isSecretText(secret) || saidElsewhere(secret)) continue;
        if (isForDevelopment(place.file, settings) || isPretence(service.name, secret.source.text as string)) continue;
        yield {
          file: place.file,
          span: place.span,
          message: `\`${secret.entry.name}\` of \`${service.name}\`, ${word}, is written out here, so whoever can read the repository has it. Take it from \`.env\` or from \`secrets:\`, and change it if it was ever pushed.`,
          fix: secret.entry.form === 'env-file' ? [] : [moveToDotenv(secret.entry, project, secret.source.text as string)],
        };
      }
      for (const found of secretsInCommand(service.definition)) {
        if (found.how !== 'literal' || isForDevelopment(found.place.file, settings)) continue;
        yield {
          ...found.place,
          message: `The password behind \`${found.option}\` of \`${service.name}\` is written out here, so whoever can read the repository has it. Take it from a variable of \`.env\`, and change it if it was ever pushed.`,
        };
      }
    }
  },
});

/** A stand-in for another system takes a made-up secret. */
function isPretence(service: string, text: string): boolean {
  return /mock|fake|stub|simulator|dummy/i.test(service) || /^(?:test|mock|fake|dummy)[-_]/i.test(text);
}

/** Other rules speak of weak signing secrets and of default credentials. */
function saidElsewhere(secret: Secret): boolean {
  const { meaning, weakness, source } = secret;
  if (meaning.meaning === 'jwt-secret' || meaning.meaning === 'session-secret') return weakness !== undefined;
  return isLogin(secret) && isUsualPassword(source.text as string, meaning.defaults);
}

function isSecretText({ source, meaning }: Secret): boolean {
  const text = source.text as string;
  if (meaning.meaning === 'private-key') return /^-----BEGIN [A-Z ]*PRIVATE KEY|^S[UAOCNX][A-Z2-7]{56}$/.test(text);
  return !isReference(text);
}

function moveToDotenv(entry: EnvironmentEntry, project: Project, value: string): Fix {
  return {
    title: `Move ${entry.name} to .env`,
    safety: 'unsafe',
    edits: () => [requireVariable(entry, entry.name), ...addToDotenv(project, entry.name, value)],
  };
}
