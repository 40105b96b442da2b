// Commands in the editor: what options mean, and which there are.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';

const file = 'file:///w/scan.sh';

function open(text: string) {
  const offset = text.indexOf('|');
  const plain = offset < 0 ? text : text.slice(0, offset) + text.slice(offset + 1);
  const analyzer = new Analyzer(() => 0);
  analyzer.setFile({ id: file, text: plain });
  return { analyzer, offset, plain };
}

describe('commands in the editor', () => {
  it('explain the option under the mouse, by every spelling, and the program', () => {
    for (const [text, name, words] of [
      ['curl -|H "A: b" x', '-H', /^`curl --header`: A header for the request/],
      ['curl --hea|der "A: b" x', '--header', /^`curl --header`:/],
      ['nat scan --secondary-tok|en=x', '--secondary-token', /^`nat --secondary-token`: Token of another user/],
      ['na|ts pub a b', 'nats', /^`nats`: Command line client of NATS/],
    ] as const) {
      const { analyzer, offset, plain } = open(text);
      const [hover] = analyzer.hovers(file, offset);
      assert.match(hover?.markdown ?? '', words);
      assert.equal(plain.slice(hover?.span.start, hover?.span.end), name);
    }
    const { analyzer, offset } = open('nats pub orders|.new x');
    assert.deepEqual(analyzer.hovers(file, offset), []);
  });

  it('propose the options that are not given yet first, in place of what is typed', () => {
    const { analyzer, offset, plain } = open('nat scan --url https://a --auth-type bearer --t|\n');
    const all = analyzer.completions(file, offset);
    assert.ok(all.length > 10);
    const [first] = all;
    assert.equal(plain.slice(first?.span.start, first?.span.end), '--t');
    const names = all.map(({ label }) => label);
    assert.ok(names.indexOf('--token') < names.indexOf('--url'));
    assert.deepEqual(open('nat scan --url |').analyzer.completions(file, 15), []);
    assert.deepEqual(open('other --t|').analyzer.completions(file, 9), []);
  });
});
