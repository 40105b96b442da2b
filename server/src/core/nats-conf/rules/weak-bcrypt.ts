// A bcrypt hash must be whole to let anybody in, slow enough to resist guessing, and stand where a password is compared, not sent.
import { defineRule, type Report } from '../../lint/rule.ts';
import { placeKey } from '../../text/place.ts';
import { byPart } from '../by-part.ts';
import { credentialsIn } from '../credentials.ts';
import type { NatsConf } from '../model.ts';
import { isBcryptHash } from '../strings.ts';

/** Costs below this were the default of no current tool; each step less halves the work of guessing. */
const leastCost = 10;

export default defineRule<NatsConf>({
  id: 'nats/weak-bcrypt',
  severity: 'warning',
  since: '0.1.0',
  check: byPart(function* (conf) {
    const told = new Set<string>();
    for (const credential of credentialsIn(conf)) {
      const { at, secret, kind, setting } = credential;
      if (kind === 'key') continue;
      const place = placeKey(at);
      if (told.has(place)) continue;
      told.add(place);
      if (kind === 'url') {
        const plain = secret.replaceAll('%24', '$');
        if (isBcryptHash(plain)) yield { ...at, message: inUrl };
      } else if (isBcryptHash(secret)) yield* judge(secret, at, setting.block.fact.name);
    }
  }),
});

const inUrl =
  'This is a bcrypt hash, and a server that connects must send the password itself, so the other side refuses the login. Put the clear password into a variable of the environment (the whole URL as `$ROUTE_URL`, without quotes).';

function* judge(hash: string, at: Pick<Report, 'span' | 'file'>, block: string): Generator<Report> {
  if (block === 'leafnode_proxy') return;
  const cost = Number(hash.slice(4, 6));
  if (!/^\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}$/.test(hash)) {
    const why = hash.length === 60 ? 'it holds characters that no hash has' : `a hash is 60 characters long and this is ${hash.length}`;
    yield {
      ...at,
      message: `This begins like a bcrypt hash, so nats-server takes it for one, but ${why}, so nobody can log in with it. Write a new hash with \`nats server passwd\`.`,
    };
  } else if (cost < 4 || cost > 31) {
    yield {
      ...at,
      message: `bcrypt knows costs from 4 to 31 and this hash says ${cost}, so nobody can log in with it. Write a new hash with \`nats server passwd\`.`,
    };
  } else if (cost < leastCost) {
    yield {
      ...at,
      message: `This hash has a cost of ${cost}, which makes guessing the password ${2 ** (11 - cost)} times as fast as with the usual 11. Write a new hash with \`nats server passwd\`.`,
    };
  }
}
