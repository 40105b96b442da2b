#!/usr/bin/env node
// Asks the real servers about every NATS text on the rules' pages and keeps their verdicts in test/oracle/verdicts.json.
//   node scripts/oracle/record.mjs
import { writeFileSync } from 'node:fs';
import { load } from '../load-core.mjs';

const { recordVerdicts, verdictsPath } = await load('test/oracle/verdicts.ts');
const { judges } = await load('test/oracle/nats-server.ts');
const { verdicts, asked } = await recordVerdicts();
const absent = judges.filter(version => !asked.some(server => server.version === version));
const lines = Object.entries(verdicts).map(
  ([rule, fixtures]) =>
    `  ${JSON.stringify(rule)}: {\n${Object.entries(fixtures)
      .map(
        ([key, versions]) =>
          `    ${JSON.stringify(key)}: {\n${Object.entries(versions)
            .map(([version, said]) => `      ${JSON.stringify(version)}: ${JSON.stringify(said)}`)
            .join(',\n')}\n    }`,
      )
      .join(',\n')}\n  }`,
);
writeFileSync(verdictsPath, `{\n${lines.join(',\n')}\n}\n`);
const fixtures = Object.values(verdicts).reduce((sum, keys) => sum + Object.keys(keys).length, 0);
console.log(
  `recorded ${asked.map(server => server.version).join(' and ') || 'nothing new'} about ${fixtures} texts of ${Object.keys(verdicts).length} rules`,
);
if (absent.length > 0) {
  console.error(`not on this machine, kept as it was: nats-server ${absent.join(', ')}; "npm test -- --only oracle" fetches it`);
  process.exitCode = 1;
}
