// A gateway without secret, keys and development mode refuses everybody; some products start without any protection instead.
import { presence } from '../../../compose/auth-variables.ts';
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
      // What another file or a mounted secret brings is not known.
      const partial = !service.definition.texts.has('image') && !service.definition.build;
      if (partial || service.hasUnreadFile || service.definition.lists.has('secrets') || service.definition.lists.has('configs')) continue;
      const report = withoutMode(judged) ?? hasuraWithoutAdmin(judged);
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

/** Hasura checks tokens only where an admin secret is set: without one, every request is an administrator's. */
function hasuraWithoutAdmin({ service }: JudgedService): PlacedReport | undefined {
  const jwt = service.environment.get('HASURA_GRAPHQL_JWT_SECRET');
  const admin = service.environment.get('HASURA_GRAPHQL_ADMIN_SECRET') ?? service.environment.get('HASURA_GRAPHQL_ACCESS_KEY');
  if (!jwt || presence(jwt) === 'empty' || (admin && presence(admin) !== 'empty') || admin?.guess) return undefined;
  return {
    file: jwt.file,
    span: jwt.nameSpan,
    message: `Hasura does not start with \`HASURA_GRAPHQL_JWT_SECRET\` alone in \`${service.name}\`: it checks tokens only where \`HASURA_GRAPHQL_ADMIN_SECRET\` is set too. Set that from \`.env\`.`,
  };
}
