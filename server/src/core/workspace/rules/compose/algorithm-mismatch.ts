// An algorithm and a key of another kind: no token can pass.
import { presence, sourceOf, withMeaning } from '../../../compose/auth-variables.ts';
import { defineComposeRule } from '../../compose-projects.ts';
import { readHasuraJwt } from '../../hasura-jwt.ts';

export default defineComposeRule({
  id: 'compose/algorithm-mismatch',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: false,
  judges: 'each service',
  *check({ services }) {
    for (const { service, auth } of services) {
      const [named] = withMeaning(auth, 'algorithm');
      const has = (...meanings: Parameters<typeof withMeaning>[1][]) =>
        withMeaning(auth, ...meanings).some(({ entry }) => presence(entry) !== 'empty');
      const algorithm = named?.entry.value?.trim();
      if (named && algorithm && !named.entry.guess) {
        const symmetric = /^HS(?:256|384|512)$/i.test(algorithm);
        const asymmetric = /^(?:RS|ES|PS)(?:256|384|512)$|^EdDSA$/i.test(algorithm);
        const secret = has('jwt-secret');
        const publicKeys = has('jwks-uri', 'public-key', 'private-key', 'discovery', 'issuer');
        if (symmetric && !secret && has('jwks-uri'))
          yield report(service.name, named.entry, algorithm, 'a shared secret', 'only public keys are set', 'RS256');
        if (asymmetric && secret && !publicKeys)
          yield report(service.name, named.entry, algorithm, 'a public key', 'only a shared secret is set', 'HS256');
      }
      for (const { entry } of withMeaning(auth, 'jwt-secret-json')) {
        const jwt = entry.value === undefined || entry.guess ? undefined : readHasuraJwt(entry.value);
        if (!jwt?.key || !jwt.type || !/^HS/i.test(jwt.type) || !jwt.key.includes('-----BEGIN')) continue;
        yield report(service.name, entry, jwt.type, 'a shared secret', 'the key is a public one', 'RS256');
      }
    }
  },
});

function report(service: string, entry: Parameters<typeof sourceOf>[0], algorithm: string, needs: string, but: string, instead: string) {
  return {
    ...sourceOf(entry).place,
    message: `\`${entry.name}\` of \`${service}\` asks for ${algorithm}, which needs ${needs}, and ${but}, so no token can pass. Use an algorithm of the kind of \`${instead}\`, or the other key.`,
  };
}
