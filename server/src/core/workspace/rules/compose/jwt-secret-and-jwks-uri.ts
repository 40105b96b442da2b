// A gateway that has both a shared secret and a JWKS URL uses the JWKS and says nothing: tokens signed with the secret are refused.
import { presence, withMeaning } from '../../../compose/auth-variables.ts';
import { removeEntry } from '../../../compose/edit-entry.ts';
import { type Project, type Service, textIn } from '../../../compose/project.ts';
import type { EnvironmentEntry } from '../../../compose/service.ts';
import type { Fix } from '../../../lint/finding.ts';
import { defineComposeRule } from '../../compose-projects.ts';

export default defineComposeRule({
  id: 'compose/jwt-secret-and-jwks-uri',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: true,
  judges: 'the project',
  *check({ project, services, settings }) {
    const ownNames = new Set(settings.environment.map(({ name }) => name));
    for (const { service, auth } of services) {
      const [anySecrets, anyKeySets] = [withMeaning(auth, 'jwt-secret'), withMeaning(auth, 'jwks-uri')];
      if (anySecrets.length === 0 || anyKeySets.length === 0) continue;
      const secrets = anySecrets.filter(({ entry }) => presence(entry) !== 'empty');
      const keySets = anyKeySets.filter(({ meaning, entry }) => !meaning.notJwks && presence(entry) !== 'empty');
      for (const { entry: keySet } of keySets) {
        const secret = secrets.find(({ entry }) => {
          const own = ownNames.has(entry.name) || ownNames.has(keySet.name);
          return (own || familyOf(entry.name) === familyOf(keySet.name)) && bothMeant(entry, keySet);
        });
        if (!secret) continue;
        const [first, second] = inOrder(project, secret.entry, keySet);
        yield {
          file: second.file,
          span: second.nameSpan,
          message: `\`${service.name}\` has both \`${secret.entry.name}\` and \`${keySet.name}\`, and silently uses the JWKS alone, so tokens signed with the secret are refused. Keep the one that your tokens are made for.`,
          related: [{ file: first.file, span: first.nameSpan, message: `\`${first.name}\` is set here.` }],
          fix: [remove(secret.entry, project, service), remove(keySet, project, service)],
        };
        break;
      }
    }
  },
});

/** What is left of a name when the words for the secret or the JWKS are taken away: `GATEWAY_JWT_SECRET` and `GATEWAY_JWKS_URI` are one family. */
function familyOf(name: string): string {
  return name
    .toUpperCase()
    .replace(/(?:^|_)(?:JWT_)?(?:SIGNING_|AUTH_)?(?:SECRET(?:_KEY)?|KEY)$/, '')
    .replace(/(?:^|_)(?:JWT_)?(?:JWKS|JWK_SET|JWK)_(?:UR[IL]S?|ENDPOINT|LOCATION)$/, '')
    .replace(/^(?:AUTH|JWT|APP|API)$/, '');
}

/** Either may be filled from outside, but when both only might be, one of them is likely to stay empty. */
function bothMeant(secret: EnvironmentEntry, keySet: EnvironmentEntry): boolean {
  const sure = (entry: EnvironmentEntry) => presence(entry) === 'set' || entry.uses.some(use => use.gave === 'refused');
  return sure(secret) || sure(keySet);
}

/** The one that Compose reads first, then the one that completes the pair. */
function inOrder(project: Project, a: EnvironmentEntry, b: EnvironmentEntry): readonly [EnvironmentEntry, EnvironmentEntry] {
  const rank = (entry: EnvironmentEntry) => project.files.indexOf(entry.file);
  const order = a.file === b.file ? a.span.start - b.span.start : rank(a) - rank(b);
  return order <= 0 ? [a, b] : [b, a];
}

function remove(entry: EnvironmentEntry, project: Project, service: Service): Fix {
  return {
    title: `Remove ${entry.name} from ${service.name}`,
    safety: 'unsafe',
    edits: () => [removeEntry({ file: entry.file, span: entry.span }, textIn(project, entry.file))],
  };
}
