// Keys alone prove who signed a token, not for whom: a token for another application of the same tenant passes too.
import { presence, withMeaning } from '../../../compose/auth-variables.ts';
import { defineComposeRule } from '../../compose-projects.ts';

export default defineComposeRule({
  id: 'compose/missing-issuer-audience',
  severity: 'information',
  since: '0.1.0',
  quietInTests: true,
  judges: 'each service',
  *check({ services }) {
    for (const { service, auth } of services) {
      const keys = withMeaning(auth, 'jwks-uri').find(
        ({ entry, meaning }) => presence(entry) === 'set' && meaning.product === undefined && !meaning.notJwks,
      );
      // A service that signs tokens itself or is told an algorithm by name may well check more elsewhere; only the plain gateway is judged.
      if (!keys || service.hasUnreadFile) continue;
      const missing = [
        withMeaning(auth, 'issuer', 'discovery', 'auth0-domain').length === 0 ? 'issuer' : '',
        withMeaning(auth, 'audience').length === 0 ? 'audience' : '',
      ].filter(Boolean);
      if (missing.length === 0) continue;
      yield {
        file: keys.entry.file,
        span: keys.entry.nameSpan,
        message: `\`${service.name}\` is told whose keys to trust but no ${missing.join(' and no ')}, so tokens made for other applications of the same provider may pass. Set ${missing.map(word => `\`JWT_${word.toUpperCase()}\``).join(' and ')}.`,
      };
    }
  },
});
