// Every rule's page is executed: findings exact in range and text, fixes that remove what they fix, clean advice.
// UPDATE=1 rewrites the `findings` and `fixed` fences from what the rules really do; read the difference before you commit it.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import picomatch from 'picomatch';
import { Analyzer } from '../server/src/core/analyzer.ts';
import { ruleFacts } from '../server/src/core/facts/rules.ts';
import { type FileOnDisk, type LanguageId, languageIds } from '../server/src/core/language.ts';
import { parseConfig, toSettings } from '../server/src/core/lint/config.ts';
import type { Finding, Fix } from '../server/src/core/lint/finding.ts';
import { defaultSettings, parseServerVersion } from '../server/src/core/lint/settings.ts';
import { applyEdits } from '../server/src/core/text/edit.ts';
import { type Fixed, parseRulePage, type Scenario } from './support/rule-page.ts';

const root = 'file:///page/';
const update = process.env['UPDATE'] === '1';

/** The clock of the pages; a fence may set another by `now=`. */
const pageTime = '2026-01-01T00:00:00Z';

function analyzerOf(scenario: Scenario, texts: ReadonlyMap<string, string>): Analyzer {
  const option = (name: string) => scenario.files.map(file => file.options.get(name)).find(value => value !== undefined);
  const config = texts.get('.authlint.yaml');
  const natsServer = option('natsServer');
  const settings =
    config === undefined
      ? defaultSettings
      : toSettings(parseConfig(config), `${root}.authlint.yaml`, (p, path) => picomatch.isMatch(path, p, { dot: true }));
  const version = natsServer ? parseServerVersion(natsServer) : undefined;
  const analyzer = new Analyzer(() => Date.parse(option('now') ?? pageTime), version ? { ...settings, natsServer: version } : settings);
  for (const file of scenario.files) {
    const language = file.options.get('language');
    assert.ok(language === undefined || languageIds.includes(language as LanguageId), `unknown language ${language}`);
    analyzer.setFile({ id: root + file.name, text: texts.get(file.name) as string }, language as LanguageId | undefined);
    const tracking = file.options.get('tracking') as FileOnDisk['tracking'] | undefined;
    if (tracking) analyzer.setOnDisk(root + file.name, { tracking, isReadableByOthers: file.options.get('mode') === '0644' });
  }
  for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
  return analyzer;
}

function findingsOf(analyzer: Analyzer, id: string): Finding[] {
  const faults = analyzer.faults();
  assert.deepEqual(faults, []);
  return analyzer.files().flatMap(file => analyzer.result(file).findings.filter(finding => finding.rule === id));
}

function render(analyzer: Analyzer, scenario: Scenario, finding: Finding): string {
  const { line, character } = (analyzer.linesOf(finding.file) as NonNullable<ReturnType<Analyzer['linesOf']>>).positionAt(
    finding.span.start,
  );
  const text = (analyzer.textOf(finding.file) as string).slice(finding.span.start, finding.span.end).replaceAll('\n', '⏎');
  const shown = text.length > 60 ? `${text.slice(0, 28)}…${text.slice(-28)}` : text;
  const file = scenario.files.length > 1 ? `${finding.file.slice(root.length)}:` : '';
  return `${file}${line + 1}:${character + 1} «${shown}» ${finding.message}`;
}

function fixNamed(findings: readonly Finding[], title: string | undefined): { fix: Fix; finding: Finding } {
  for (const finding of findings) {
    const fix = title === undefined ? finding.fixes[0] : finding.fixes.find(f => f.title === title);
    if (fix) return { fix, finding };
  }
  throw new assert.AssertionError({
    message: `no fix ${title === undefined ? '' : `«${title}» `}among ${JSON.stringify(findings.flatMap(f => f.fixes.map(x => x.title)))}`,
  });
}

/** Texts of all files after a fix. */
function textsAfter(fix: Fix, texts: ReadonlyMap<string, string>): Map<string, string> {
  const edits = fix.edits();
  assert.ok(edits.length > 0, `the fix «${fix.title}» changes nothing`);
  const after = new Map(texts);
  for (const id of new Set(edits.map(edit => edit.file))) {
    const name = id.slice(root.length);
    after.set(
      name,
      applyEdits(
        texts.get(name) ?? '',
        edits.filter(edit => edit.file === id),
      ),
    );
  }
  return after;
}

function checkFixed(
  scenario: Scenario,
  texts: ReadonlyMap<string, string>,
  findings: readonly Finding[],
  fixed: Fixed,
  id: string,
): string {
  const { fix, finding } = fixNamed(findings, fixed.title);
  const after = textsAfter(fix, texts);
  const grown = [...after].filter(([name]) => !texts.has(name)).map(([name, text]) => ({ name, text, options: new Map<string, string>() }));
  const again = analyzerOf({ ...scenario, files: [...scenario.files, ...grown] }, after);
  const left = findingsOf(again, id);
  assert.equal(
    left.length,
    findings.length - 1,
    `the fix «${fix.title}» of "${finding.message}" leaves ${left.length} of ${findings.length} findings`,
  );
  const syntaxErrors = again.files().flatMap(file =>
    again
      .result(file)
      .findings.filter(f => f.rule.endsWith('/syntax'))
      .map(f => f.message),
  );
  const before = analyzerOf(scenario, texts);
  const syntaxBefore = before.files().flatMap(file => before.result(file).findings.filter(f => f.rule.endsWith('/syntax')));
  assert.ok(syntaxErrors.length <= syntaxBefore.length, `the fixed text does not parse: ${syntaxErrors.join('; ')}`);
  return after.get(fixed.file ?? (scenario.files[0] as { name: string }).name) as string;
}

describe('rule pages', () => {
  for (const fact of ruleFacts.values()) {
    describe(fact.id, () => {
      let text = readFileSync(fact.page, 'utf8');
      const page = parseRulePage(text);

      it('has the sections of a page', () => {
        for (const section of ['Why', 'Example', 'Use instead']) assert.ok(page.sections.includes(section), `no section "${section}"`);
        assert.ok(
          page.scenarios.some(s => s.section === 'Example' && s.findings),
          'no example with findings',
        );
        assert.ok(
          page.scenarios.some(s => s.section === 'Use instead'),
          'no text under "Use instead"',
        );
      });

      const replacements: { start: number; end: number; text: string }[] = [];
      for (const scenario of page.scenarios) {
        it(`${scenario.section}, line ${scenario.line}`, () => {
          const texts = new Map(scenario.files.map(file => [file.name, file.text]));
          const analyzer = analyzerOf(scenario, texts);
          const findings = findingsOf(analyzer, fact.id);
          const rendered = findings.map(finding => `${render(analyzer, scenario, finding)}\n`).join('');
          if (scenario.section === 'Use instead') assert.equal(rendered, '');
          if (update && scenario.findings) replacements.push({ ...scenario.findings, text: rendered });
          else assert.equal(rendered, scenario.findings?.text ?? '');
          for (const fixed of scenario.fixed) {
            const after = checkFixed(scenario, texts, findings, fixed, fact.id);
            if (update) replacements.push({ ...fixed, text: after });
            else assert.equal(after, fixed.text);
          }
        });
      }

      after(() => {
        if (!update) return;
        for (const replacement of replacements.sort((a, b) => b.start - a.start)) {
          const end = replacement.text.endsWith('\n') || replacement.text === '' ? replacement.text : `${replacement.text}\n`;
          text = text.slice(0, replacement.start) + end + text.slice(replacement.end);
        }
        writeFileSync(fact.page, text);
      });
    });
  }
});
