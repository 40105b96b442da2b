// Every NATS text on the rules' pages, judged by us and by real servers of the oldest and the newest version.
// Recorded verdicts stand in where a server is not at hand; where it is, they are checked against it.
import assert from 'node:assert/strict';
import { parseServerVersion, type ServerVersion } from '../../server/src/core/lint/settings.ts';
import { type Fixture, findFixtures } from './fixtures.ts';
import { isolation } from './jail.ts';
import { ask, findServers, judges, type Verdict } from './nats-server.ts';
import { agrees, inLanes, type Recorded, readVerdicts } from './verdicts.ts';

const fixtures = findFixtures();
const verdicts = readVerdicts();
const byRule = new Map<string, Fixture[]>();
for (const fixture of fixtures) byRule.set(fixture.rule, [...(byRule.get(fixture.rule) ?? []), fixture]);

const recordedFor = ({ rule, key }: Fixture, version: string): Recorded | undefined => verdicts[rule]?.[key]?.[version];
const place = ({ page, line, main, files }: Fixture) => `${page}:${line}${files.size > 1 ? ` (${main})` : ''}`;
const words = (recorded: Recorded) => (recorded.message ? ` ("${recorded.message}")` : '');
const listed = (faults: readonly string[]) => assert.equal(faults.join('\n'), '');

/** The version that a text is written for: the one its fence names, else the newest. */
function isWrittenFor(fixture: Fixture, version: string): boolean {
  if (fixture.natsServer === undefined) return version === judges.at(-1);
  const wanted = parseServerVersion(fixture.natsServer) as ServerVersion;
  const [major, minor] = parseServerVersion(version) as ServerVersion;
  return wanted[0] === major && wanted[1] === minor;
}

describe('oracle', () => {
  it('has texts to ask about', () => assert.ok(fixtures.length > 0));

  it('has a recorded verdict of each server about each text, and no other', () => {
    const missing = fixtures.filter(fixture => judges.some(version => !recordedFor(fixture, version))).map(place);
    listed(missing.length > 0 ? ['not recorded yet, run "node scripts/oracle/record.mjs":', ...missing] : []);
    const used = new Set(fixtures.map(({ rule, key }) => `${rule} ${key}`));
    const stale = Object.entries(verdicts).flatMap(([rule, keys]) => Object.keys(keys).map(key => `${rule} ${key}`));
    assert.deepEqual(
      stale.filter(name => !used.has(name)),
      [],
      'about texts that are on no page any more, run "node scripts/oracle/record.mjs"',
    );
  });

  for (const version of judges) {
    describe(`nats-server ${version}, as recorded`, () => {
      for (const [rule, texts] of byRule) {
        it(`does with every text of ${rule} what we say it does`, () => {
          listed(
            texts.flatMap(fixture => {
              const recorded = recordedFor(fixture, version);
              if (!recorded) return [];
              const claim = fixture.claim(version);
              return agrees(recorded, claim)
                ? []
                : [`${place(fixture)}: we say ${claim}, the server: ${recorded.verdict}${words(recorded)}`];
            }),
          );
        });

        const advice = texts.filter(fixture => fixture.section === 'Use instead' && isWrittenFor(fixture, version));
        if (advice.length === 0) continue;
        it(`accepts what ${rule} advises`, () => {
          listed(
            advice.flatMap(fixture => {
              const recorded = recordedFor(fixture, version);
              return !recorded || agrees(recorded, 'accepts') ? [] : [`${place(fixture)}: ${recorded.verdict}${words(recorded)}`];
            }),
          );
        });
      }
    });

    const server = findServers().find(candidate => candidate.version === version);
    describe(`nats-server ${version}, asked now`, () => {
      /** Today's verdicts by fixture key. */
      const live = new Map<string, Verdict>();

      before(async function () {
        // Reported as skipped; the runner turns that into a failure where everything must be there.
        if (!server) return;
        this.timeout(300_000);
        const once = new Map(fixtures.map(fixture => [fixture.key, fixture]));
        await inLanes(once.values(), 4, async fixture => {
          const recorded = recordedFor(fixture, version);
          // It walks maps in random order, so that it can be of two minds: only what it never says again has changed.
          for (let asked = 0; asked < 4; asked++) {
            const { verdict } = await ask(server, fixture);
            live.set(fixture.key, verdict);
            if (!recorded || sameAnswer(recorded, verdict)) break;
          }
        });
      });

      for (const [rule, texts] of byRule) {
        it(`still says the same about ${rule}`, async function () {
          if (!server) this.skip();
          this.timeout(180_000);
          const faults: string[] = [];
          for (const fixture of texts) {
            const recorded = recordedFor(fixture, version);
            const today = live.get(fixture.key) as Verdict;
            if (!recorded) {
              // Nothing to compare with yet, but the author of a new page may as well know.
              const claim = fixture.claim(version);
              if (!agrees({ verdict: today }, claim)) faults.push(`${place(fixture)}: we say ${claim}, the server: ${today}`);
              if (fixture.section === 'Use instead' && isWrittenFor(fixture, version) && !agrees({ verdict: today }, 'accepts')) {
                faults.push(`${place(fixture)}: advised, and the server: ${today}`);
              }
              continue;
            }
            if (sameAnswer(recorded, today)) continue;
            faults.push(
              `${place(fixture)}: recorded ${recorded.verdict}, today ${today}; if that is right, run "node scripts/oracle/record.mjs"`,
            );
          }
          listed(faults);
        });
      }
    });
  }
});

/** Without a network of its own a server cannot be started here: then `-t` alone is compared. */
function sameAnswer(recorded: Recorded, today: Verdict): boolean {
  if (isolation() === 'none') return agrees({ ...recorded, verdict: today === 'parse' ? 'parse' : 'environment' }, recorded.verdict);
  return recorded.verdict === today || recorded.or === today;
}
