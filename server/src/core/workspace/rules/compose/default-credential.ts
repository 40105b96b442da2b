// The administrator's password of an identity provider, a gateway or a broker is the key to all that it guards; the usual ones are tried first.
import { isForDevelopment } from '../../../compose/audience.ts';
import type { AuthVariable } from '../../../compose/auth-variables.ts';
import { requireVariable } from '../../../compose/edit-entry.ts';
import { isPassedOver } from '../../../compose/renamed.ts';
import { defaultOf, isLogin, type Secret, secretsOf } from '../../../compose/secrets.ts';
import { isUsualPassword } from '../../../environment/secret-quality.ts';
import type { Fix } from '../../../lint/finding.ts';
import { defineComposeRule, type PlacedReport } from '../../compose-projects.ts';

export default defineComposeRule({
  id: 'compose/default-credential',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: true,
  judges: 'each service',
  *check({ services, settings }) {
    for (const { service, auth } of services) {
      const secrets = secretsOf(auth);
      for (const variable of auth.variables) {
        // What the product no longer reads opens nothing; that it is there is told elsewhere.
        if (!isLogin(variable) || isPassedOver(variable.entry.name, service)) continue;
        const secret = secrets.find(({ entry }) => entry === variable.entry);
        const report = judge(variable, secret, service.name);
        if (report && !isForDevelopment(report.file, settings)) yield report;
      }
    }
  },
});

function judge(variable: AuthVariable, secret: Secret | undefined, service: string): PlacedReport | undefined {
  const { entry, meaning } = variable;
  const fallback = defaultOf(variable);
  const product = meaning.product ? ` of ${meaning.product}` : '';
  if (fallback && isUsualPassword(fallback.text, meaning.defaults)) {
    return {
      file: entry.file,
      span: fallback.span,
      message: `Without \`${fallback.variable}\`, \`${service}\` starts with a password${product} that anybody tries first. Write \`\${${fallback.variable}:?…}\`, so that Compose refuses to start without one.`,
      fix: require(variable, fallback.variable),
    };
  }
  if (!secret || fallback || secret.source.text === undefined || !isUsualPassword(secret.source.text, meaning.defaults)) return undefined;
  const { place } = secret.source;
  return {
    file: place.file,
    span: place.span,
    message: `\`${entry.name}\` of \`${service}\` is ${meaning.defaults?.includes(secret.source.text) ? `the password that ${meaning.product} ships with` : 'a password that anybody tries first'}, and it opens everything ${meaning.product ? `that ${meaning.product} guards` : 'behind it'}. ${secret.inComposeFile ? 'Take one of your own from `.env`' : 'Choose one of your own'}.`,
    ...(secret.inComposeFile && entry.form !== 'env-file' ? { fix: require(variable, entry.name) } : {}),
  };
}

function require({ entry }: AuthVariable, name: string): Fix {
  return { title: `Require ${name}`, safety: 'unsafe', edits: () => [requireVariable(entry, name)] };
}
