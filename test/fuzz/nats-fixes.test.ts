// Configurations that other people wrote, and the same with something cut off, missing or changed: nothing throws, and every fix that is
// offered takes its finding away and brings no new error. FUZZ_SEED repeats a run, FUZZ_ROUNDS makes it longer.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { ruleFacts } from '../../server/src/core/facts/rules.ts';
import { editsOf } from '../../server/src/core/lint/choose-fixes.ts';
import type { Finding } from '../../server/src/core/lint/finding.ts';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { mutate, sites } from '../oracle/mutations.ts';
import { randomFrom } from '../support/random.ts';
import { parseRulePage } from '../support/rule-page.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20261122);
const rounds = Number(process.env.FUZZ_ROUNDS ?? 400);

const file = 'file:///w/nats.conf';
const now = Date.parse('2026-01-01T00:00:00Z');

function analyze(text: string): readonly Finding[] {
  const analyzer = new Analyzer(() => now, defaultSettings);
  analyzer.setFile({ id: file, text }, 'nats-conf');
  for (const wanted of analyzer.wanted()) analyzer.setAbsent(wanted);
  const { findings } = analyzer.result(file);
  assert.deepEqual(analyzer.faults(), []);
  return findings;
}

/** What stands on the rules' pages. */
function pageTexts(): readonly string[] {
  return [...ruleFacts.values()]
    .filter(({ id }) => id.startsWith('nats/'))
    .flatMap(({ page }) => parseRulePage(readFileSync(page, 'utf8')).scenarios)
    .flatMap(({ files }) => (files.length === 1 ? files.map(({ text }) => text) : []));
}

/** Configurations of others, where they are at hand. */
function foundTexts(): readonly string[] {
  const root = '../shared/corpus';
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter(set => /^nats-[ab]$/.test(set))
    .flatMap(set => readdirSync(join(root, set), { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile() && /\.conf$/.test(entry.name))
    .map(entry => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

const nameOf = ({ rule, message }: Finding) => `${rule}: ${message}`;
/** Mistakes that hide what stands behind them: in a text that cannot be read nobody knows where a block ends, and of two equal keys one counts. */
const readers = new Set(['nats/syntax', 'nats/unresolved-variable', 'nats/include-error', 'nats/duplicate-key']);

/** What is wrong with the fixes of a text. */
function faultsOf(text: string): readonly string[] {
  const findings = analyze(text);
  const faults: string[] = [];
  const isReadable = !findings.some(({ rule }) => readers.has(rule));
  for (const finding of findings) {
    for (const fix of finding.fixes) {
      const edits = editsOf(fix);
      // Some fixes write into another file.
      if (edits.length === 0 || edits.some(edit => edit.file !== file)) continue;
      const fixed = applyEdits(text, edits);
      const after = analyze(fixed);
      const count = (all: readonly Finding[]) => all.filter(other => nameOf(other) === nameOf(finding)).length;
      if (isReadable && count(after) >= count(findings)) faults.push(`«${fix.title}» leaves ${nameOf(finding)}`);
      // A mistake of the text, or a value that could not be read, may have hidden others; what is not safe may switch something on.
      if (!isReadable || finding.stage === 'parse' || fix.safety === 'unsafe') continue;
      const before = new Set(findings.map(nameOf));
      const errors = after.filter(other => other.severity === 'error' && !before.has(nameOf(other)));
      if (errors.length > 0) faults.push(`«${fix.title}» of ${nameOf(finding)} brings ${errors.map(nameOf).join(', ')}`);
    }
    // Whatever the mistake was, what a fix writes can be read.
    for (const fix of isReadable ? finding.fixes : []) {
      const edits = editsOf(fix).filter(edit => edit.file === file);
      const broken = analyze(applyEdits(text, edits)).filter(({ rule }) => rule === 'nats/syntax').length;
      if (broken > findings.filter(({ rule }) => rule === 'nats/syntax').length)
        faults.push(`«${fix.title}» of ${nameOf(finding)} breaks the text`);
    }
  }
  return faults;
}

function check(text: string): void {
  assert.deepEqual(faultsOf(text), [], `seed ${seed}, text ${JSON.stringify(text)}`);
}

describe(`fixes of NATS configurations, seed ${seed}`, function () {
  this.timeout(300_000);

  it('mend the texts of the rules’ pages', () => pageTexts().forEach(check));

  it('mend what others wrote', function () {
    const texts = foundTexts();
    if (texts.length === 0) return this.skip();
    const random = randomFrom(seed);
    for (let i = 0; i < rounds / 4; i++) check(random.pick(texts));
  });

  it('mend texts with something cut off, missing or changed', () => {
    const random = randomFrom(seed);
    const among = sites();
    const texts = [...pageTexts(), ...foundTexts()];
    for (let i = 0; i < rounds; i++) {
      const text = random.pick(texts);
      const cut = random.below(text.length + 1);
      check([text.slice(0, cut), text.slice(cut), mutate(text, random, among)][random.below(3)] as string);
    }
  });
});
