// Every symptom of the troubleshooting pages is met as the table says.
import assert from 'node:assert/strict';
import { checkToken } from '../../server/src/checks/token-report.ts';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { explainError } from '../../server/src/core/auth-errors/explain-error.ts';
import { unverifiable } from '../support/tokens.ts';
import { type Trouble, troubles, troubleTime, type Way } from '../support/troubleshooting.ts';

const now = Date.parse(troubleTime);

function open(files: Readonly<Record<string, string>>): Analyzer {
  const analyzer = new Analyzer(() => now);
  for (const [name, text] of Object.entries(files)) analyzer.setFile({ id: `file:///w/${name}`, text });
  for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
  return analyzer;
}

async function meet(way: Way): Promise<void> {
  if ('rule' in way) {
    const analyzer = open(way.files);
    const rules = analyzer.files().flatMap(id => analyzer.result(id).findings.map(({ rule }) => rule));
    assert.ok(rules.includes(way.rule), `${way.rule} is not among ${rules.join(', ') || 'nothing'}`);
  } else if ('explains' in way) {
    assert.equal(explainError(way.text)[0]?.error.id, way.explains, way.text);
  } else if ('check' in way) {
    const token = unverifiable(way.claims, way.header);
    const { checks } = await checkToken(token, { now, verifiers: [] });
    assert.equal(checks.find(({ check }) => check === way.check)?.outcome, way.outcome);
  } else {
    const marked = Object.entries(way.files).find(([, text]) => text.includes('|')) as [string, string];
    const [name, text] = marked;
    const analyzer = open({ ...way.files, [name]: text.replace('|', '') });
    const said = analyzer.hovers(`file:///w/${name}`, text.indexOf('|')).map(({ markdown }) => markdown);
    assert.match(said.join('\n'), way.hover);
  }
}

function nameOf(way: Way): string {
  if ('rule' in way) return way.rule;
  if ('explains' in way) return `explanation ${way.explains}`;
  return 'check' in way ? `check ${way.check}` : 'hover';
}

describe('troubleshooting pages', () => {
  const systems = new Map<string, Trouble[]>();
  for (const trouble of troubles) systems.set(trouble.system, [...(systems.get(trouble.system) ?? []), trouble]);
  for (const [system, rows] of systems) {
    describe(system, () => {
      for (const { symptom, ways } of rows) {
        for (const way of ways) it(`${symptom}: ${nameOf(way)}`, () => meet(way));
      }
    });
  }
});
