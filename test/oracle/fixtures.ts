// The configurations that the real server is asked about: every NATS text on every rule's page, and what we say of each.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { ruleFacts } from '../../server/src/core/facts/rules.ts';
import type { LanguageId } from '../../server/src/core/language.ts';
import { defaultSettings, parseServerVersion, type ServerVersion } from '../../server/src/core/lint/settings.ts';
import { parseRulePage, type Scenario } from '../support/rule-page.ts';
import type { Question } from './nats-server.ts';

/** What Authlint says the server does. */
export type Claim = 'accepts' | 'parse' | 'start';

/** One server configuration of one scenario. */
export interface Fixture extends Question {
  readonly rule: string;
  readonly page: string;
  readonly section: string;
  /** 1-based line of the page. */
  readonly line: number;
  /** Name in the recorded verdicts: follows from the texts alone. */
  readonly key: string;
  /** `2.10` where the page judges this text against another server than the newest. */
  readonly natsServer: string | undefined;
  claim(version: string): Claim;
}

const root = 'file:///page/';

/** Every configuration on the pages of all rules. */
export function findFixtures(): readonly Fixture[] {
  return [...ruleFacts.values()].flatMap(({ id, page }) =>
    parseRulePage(readFileSync(page, 'utf8')).scenarios.flatMap(scenario => fixturesOf(id, page, scenario)),
  );
}

function fixturesOf(rule: string, page: string, scenario: Scenario): readonly Fixture[] {
  const files = new Map(scenario.files.map(file => [file.name, file.text]));
  const natsServer = scenario.files.map(file => file.options.get('natsServer')).find(version => version !== undefined);
  const { configurations } = judge(scenario, defaultSettings.natsServer);
  return configurations.map(main => ({
    rule,
    page,
    section: scenario.section,
    line: scenario.line,
    key: keyOf(files, main),
    natsServer,
    files,
    main,
    claim: version => judge(scenario, parseServerVersion(version) as ServerVersion).analyzer.result(root + main).rejected ?? 'accepts',
  }));
}

/** All files of a scenario under one server version, and which of them a server would be started with: not those that another includes. */
function judge(scenario: Scenario, natsServer: ServerVersion) {
  const now = scenario.files.map(file => file.options.get('now')).find(time => time !== undefined);
  const analyzer = new Analyzer(() => (now === undefined ? Date.now() : Date.parse(now)), { ...defaultSettings, natsServer });
  for (const file of scenario.files) {
    analyzer.setFile({ id: root + file.name, text: file.text }, file.options.get('language') as LanguageId | undefined);
  }
  for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
  const parts = new Set(analyzer.files().flatMap(file => analyzer.analysis(file)?.parts ?? []));
  const configurations = analyzer
    .files()
    .filter(file => analyzer.result(file).language === 'nats-conf' && !parts.has(file))
    .map(file => file.slice(root.length));
  return { analyzer, configurations };
}

function keyOf(files: ReadonlyMap<string, string>, main: string): string {
  const hash = createHash('sha256').update(main);
  for (const [name, text] of files) hash.update(`\0${name}\0${text}`);
  return hash.digest('hex').slice(0, 16);
}
