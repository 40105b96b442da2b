// A gateway without secret, keys and development mode refuses everybody.
import { mayHoldMore } from '../../../compose/project.ts';
import type { Meaning } from '../../../facts/compose-dialects.ts';
import { defineComposeRule, type JudgedService, type PlacedReport } from '../../compose-projects.ts';

const modes: ReadonlySet<Meaning> = new Set<Meaning>([
  'jwt-secret',
  'jwt-secret-json',
  'jwks-uri',
  'discovery',
  'public-key',
  'issuer',
  'auth0-domain',
  'api-secret',
  'session-secret',
  'client-secret',
]);

export default defineComposeRule({
  id: 'compose/no-auth-mode',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: true,
  judges: 'each service',
  *check({ project, services }) {
    if (!project.complete) return;
    for (const judged of services) {
      const { service } = judged;
      if (mayHoldMore(service)) continue;
      const report = withoutMode(judged);
      if (report) yield report;
    }
  },
});

/** The development switch is there and off, and nothing else says how tokens are checked. */
function withoutMode({ service, auth }: JudgedService): PlacedReport | undefined {
  const off = auth.switches.find(
    ({ entry, fact, open }) => fact.kind === 'bypass' && !open && isDevelopmentMode(entry.name) && !entry.guess && entry.value,
  );
  if (!off || auth.variables.some(({ meaning }) => modes.has(meaning.meaning))) return undefined;
  if (
    [...service.environment.keys()].some(
      name => /(?:JWT|JWKS|OIDC|OAUTH|AUTH0|KEYCLOAK|ISSUER|TOKEN|SECRET)/i.test(name) && name !== off.entry.name,
    )
  )
    return undefined;
  const place = service.definition.environmentKey ?? { file: off.entry.file, span: off.entry.nameSpan };
  return {
    ...place,
    message: `\`${service.name}\` has its development mode off and neither a secret nor a JWKS to check tokens with, so it refuses every request. Set \`JWKS_URI\` with \`JWT_ISSUER\` and \`JWT_AUDIENCE\`, or \`JWT_SECRET\`.`,
    related: [{ file: off.entry.file, span: off.entry.nameSpan, message: 'The development mode is off here.' }],
  };
}

function isDevelopmentMode(name: string): boolean {
  return /(?:^|_)(?:DEVELOPMENT|DEV)_AUTH(?:_ENABLED)?$/i.test(name);
}
