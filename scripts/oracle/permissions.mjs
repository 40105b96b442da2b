#!/usr/bin/env node
// Lets real clients try on real servers what `authlint can` says about made-up configurations; every difference is shown.
//   node scripts/oracle/permissions.mjs --count 5000 --seed 1 --server 2.9.10
import { parseArgs } from 'node:util';
import { load } from '../load-core.mjs';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' }, server: { type: 'string' } },
});
const { prove } = await load('test/oracle/permissions/attempts.ts');
const { findServers, judges } = await load('test/oracle/nats-server.ts');
const wanted = values.server ? [values.server] : judges;
const servers = findServers().filter(({ version }) => wanted.includes(version));
for (const version of wanted) {
  if (!servers.some(server => server.version === version)) {
    console.error(`nats-server ${version} is not on this machine, so nothing is proved about it`);
    process.exitCode = 1;
  }
}
for (const server of servers) {
  const began = Date.now();
  const { attempts, allowed, configurations, disagreements } = await prove(server, Number(values.seed), Number(values.count));
  const total = Object.values(attempts).reduce((sum, count) => sum + count, 0);
  const kinds = Object.entries(attempts).map(([kind, count]) => `${kind} ${count}`);
  console.log(
    `nats-server ${server.version}: ${total} attempts (${kinds.join(', ')}; ${allowed} allowed) under ${configurations} configurations ` +
      `from seed ${values.seed}, ${disagreements.length} differences, ${Math.round((Date.now() - began) / 1000)} s`,
  );
  for (const one of disagreements.slice(0, 5)) console.log(one);
  if (disagreements.length > 0) process.exitCode = 1;
}
process.exit();
