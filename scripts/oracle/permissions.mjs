#!/usr/bin/env node
// Lets real clients try on real servers what `authlint can` says about made-up configurations; every difference is shown.
//   node scripts/oracle/permissions.mjs --count 5000 --seed 1 --server 2.9.10 --users jwt
import { parseArgs } from 'node:util';
import { load } from '../load-core.mjs';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    server: { type: 'string' },
    users: { type: 'string' },
  },
});
const { prove } = await load('test/oracle/permissions/attempts.ts');
const { makeConfiguration } = await load('test/oracle/permissions/configurations.ts');
const { makeOperator } = await load('test/oracle/permissions/operators.ts');
const { findServers, judges } = await load('test/oracle/nats-server.ts');
const wanted = values.server ? [values.server] : judges;
const servers = findServers().filter(({ version }) => wanted.includes(version));
for (const version of wanted) {
  if (!servers.some(server => server.version === version)) {
    console.error(`nats-server ${version} is not on this machine, so nothing is proved about it`);
    process.exitCode = 1;
  }
}
const makers = { conf: makeConfiguration, jwt: makeOperator };
const kinds = values.users ? [values.users] : Object.keys(makers);
for (const server of servers) {
  for (const kind of kinds) {
    const began = Date.now();
    const { attempts, allowed, configurations, disagreements } = await prove(
      server,
      makers[kind],
      Number(values.seed),
      Number(values.count),
    );
    const total = Object.values(attempts).reduce((sum, count) => sum + count, 0);
    const parts = Object.entries(attempts).map(([what, count]) => `${what} ${count}`);
    console.log(
      `nats-server ${server.version}, users by ${kind}: ${total} attempts (${parts.join(', ')}; ${allowed} allowed) under ${configurations} ` +
        `configurations from seed ${values.seed}, ${disagreements.length} differences, ${Math.round((Date.now() - began) / 1000)} s`,
    );
    for (const one of disagreements.slice(0, 5)) console.log(one);
    if (disagreements.length > 0) process.exitCode = 1;
  }
}
process.exit();
