// Which fixes go together, and how edits fit into a text.
import assert from 'node:assert/strict';
import { chooseFixes, editsOf, fitEdits } from '../../server/src/core/lint/choose-fixes.ts';
import type { Finding, Fix, Safety } from '../../server/src/core/lint/finding.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';

const file = 'file:///a';
const edit = (start: number, end: number, newText: string) => ({ file, span: { start, end }, newText });
const fix = (safety: Safety, ...edits: ReturnType<typeof edit>[]): Fix => ({ title: 'Fix', safety, edits: () => edits });
const finding = (...fixes: Fix[]): Finding => ({
  rule: 'a/b',
  severity: 'error',
  file,
  span: { start: 0, end: 1 },
  message: '',
  related: [],
  fixes,
});

describe('fixes together', () => {
  it('are the safe ones that do not meet', () => {
    const findings = [
      finding(fix('safe', edit(0, 2, 'x'), edit(8, 9, 'y'))),
      finding(fix('safe', edit(2, 3, 'touches the first'))),
      finding(fix('unsafe', edit(4, 5, 'unsafe'))),
      finding(fix('unsafe', edit(4, 4, 'unsafe')), fix('safe', edit(6, 7, 'z'))),
      finding(),
    ];
    const safe = chooseFixes(findings, 'safe');
    assert.equal(safe.count, 2);
    assert.equal(applyEdits('0123456789', safe.edits.get(file) ?? []), 'x2345z7y9');
    assert.equal(chooseFixes(findings, 'unsafe').count, 3);
  });

  it('go on without one that breaks', () => {
    const broken: Fix = {
      title: 'Fix',
      safety: 'safe',
      edits: () => {
        throw new TypeError('broken');
      },
    };
    const failures: string[] = [];
    const overlapping = fix('safe', edit(3, 6, 'two words'), edit(5, 7, ''));
    const chosen = chooseFixes([finding(broken), finding(overlapping), finding(fix('safe', edit(0, 1, 'x')))], 'safe', (_, error) =>
      failures.push((error as Error).name),
    );
    assert.equal(chosen.count, 1);
    assert.deepEqual(failures, ['TypeError', 'RangeError']);
  });

  it('may delete the same comma twice', () => {
    const edits = editsOf(fix('safe', edit(6, 7, 'x'), edit(3, 6, ''), edit(0, 4, '')));
    assert.equal(applyEdits('a: 1, b: 2', edits), 'x: 2');
  });

  it('may put several texts at one place', () => {
    assert.equal(editsOf(fix('safe', edit(3, 3, 'a'), edit(3, 3, 'b'))).length, 2);
  });

  it('have the line endings of the text, and leave a byte order mark first', () => {
    assert.equal(applyEdits('a\r\nb', fitEdits('a\r\nb', [edit(3, 3, 'x\ny\r\n')])), 'a\r\nx\r\ny\r\nb');
    assert.equal(applyEdits('\uFEFFa\nb', fitEdits('\uFEFFa\nb', [edit(0, 0, 'x\n')])), '\uFEFFx\na\nb');
  });
});
