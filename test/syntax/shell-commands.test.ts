// Commands in shell texts, and in the files that hold them: words without their quotes, each character with its place in the file.
import assert from 'node:assert/strict';
import { buildModel } from '../../server/src/core/command-line/model.ts';
import { literalOf, parseShell, type ShellCommand } from '../../server/src/core/command-line/shell.ts';
import { shellTextsOf } from '../../server/src/core/command-line/shell-texts.ts';
import { defaultSettings } from '../../server/src/core/lint/settings.ts';
import { randomFrom } from '../support/random.ts';

const parse = (text: string) => parseShell({ text, offsetOf: index => index });
const wordsOf = (commands: readonly ShellCommand[]) => commands.map(({ words }) => words.map(({ text }) => text));

describe('shell commands', () => {
  const cases: readonly (readonly [string, readonly (readonly string[])[]])[] = [
    ['curl -s  url', [['curl', '-s', 'url']]],
    ['a "b c" \'d $e\' f\\ g', [['a', 'b c', 'd $e', 'f g']]],
    ['a \\\n  b # c\nd', [['a', 'b'], ['d']]],
    ['a | b && c; d & (e)', [['a'], ['b'], ['c'], ['d'], ['e']]],
    ['if a; then b; fi', [['a'], ['b']]],
    ['a 3 > out 2>&1 b', [['a', '3', 'b']]],
    ['cat <<EOF | a b\nnats jwt issue\nEOF\nc', [['cat'], ['a', 'b'], ['c']]],
    ['cat <<-"X"\n\tnats\n\tX\nc', [['cat'], ['c']]],
    [
      'a "$(b c)" d',
      [
        ['a', '$(b c)', 'd'],
        ['b', 'c'],
      ],
    ],
    [
      'a `b c`',
      [
        ['a', '`b c`'],
        ['b', 'c'],
      ],
    ],
    ["a 'b", [['a', 'b']]],
    ['a "b', [['a', 'b']]],
    ['', []],
  ];
  for (const [text, words] of cases) it(JSON.stringify(text), () => assert.deepEqual(wordsOf(parse(text)), words));

  it('knows variables, and which words hold nothing unknown', () => {
    const [command] = parse('NAME=x a "$B-${C:-d}" \'$E\' $$');
    assert.deepEqual(
      command?.assignments.map(({ text }) => text),
      ['NAME=x'],
    );
    assert.deepEqual(command?.words.map(literalOf), ['a', undefined, '$E', undefined]);
    assert.deepEqual(
      command?.words.map(({ unknowns }) => unknowns.map(({ variable }) => variable)),
      [[], ['B', 'C'], [], [undefined]],
    );
  });

  it('keeps the place of each character through quotes, in any text', () => {
    const atoms = ['a', 'nats ', '"', "'", '\\', '$', '${', '}', '$(', ')', '`', '\n', ' ', '|', '<<E', '\nE\n', '#', '=', '-H', 'é🔑'];
    const random = randomFrom(7);
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: random.below(14) }, () => random.pick(atoms)).join('');
      for (const { words, assignments } of parse(text)) {
        for (const word of [...words, ...assignments]) {
          assert.equal(word.offsets.length, word.text.length);
          assert.equal(word.offsets.map(offset => text[offset]).join(''), word.text, JSON.stringify(text));
          assert.ok(word.span.start <= word.span.end && word.span.end <= text.length, JSON.stringify(text));
        }
      }
    }
  });
});

describe('files that hold commands', () => {
  const commandsIn = (name: string, text: string) => {
    const { invocations } = buildModel({ id: `file:///w/${name}`, text }, { settings: defaultSettings });
    return invocations.map(({ span }) => text.slice(span.start, span.end));
  };

  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['a.sh', '#!/bin/sh\nexport A=1\nsudo nats pub a b\n', ['nats pub a b']],
    ['run', '#!/usr/bin/env bash\nnats pub a b\n', ['nats pub a b']],
    ['notes.txt', 'nats pub a b\n', []],
    ['a.md', 'nats pub a b\n\n```sh\nnats pub c d\n```\n\n```go\nnats pub e f\n```\n', ['nats pub c d']],
    ['a.md', '```console\n$ nats pub a b\nnats pub is what it said\n$ curl x\n```\n', ['nats pub a b', 'curl x']],
    ['a.md', '1. Do it:\n   ```bash\n   nats pub \\\n     a b\n   ```\n', ['nats pub \\\n     a b']],
    ['Makefile', 'all:\n\t@nats pub a b\nnats pub c d\n', ['nats pub a b']],
    ['Dockerfile', 'FROM x\nRUN apk add curl && \\\n  curl -u a:b x\n', ['curl -u a:b x']],
    [
      'ci.yml',
      'jobs:\n  a:\n    steps:\n      - run: nats pub a b\n      - run: |\n          curl x\n    script: ["nats"]\n',
      ['nats pub a b', 'curl x'],
    ],
    ['compose.yaml', 'services:\n  a:\n    command: nats sub x\n', ['nats sub x']],
    ['package.json', '{ "scripts": { "scan": "nat scan --header \\"A: b\\"" } }', ['nat scan --header \\"A: b\\"']],
    ['a.sh', 'docker compose exec -T api nats pub a b\n', ['nats pub a b']],
    ['a.sh', 'echo nats pub a b; mynats pub\n', []],
    ['a.sh', 'TOKEN=$(nemo auth token)\n', ['nemo auth token']],
  ];
  for (const [name, text, commands] of cases) {
    it(`${name}: ${JSON.stringify(text.slice(0, 40))}`, () => assert.deepEqual(commandsIn(name, text), commands));
  }

  it('undoes the escapes of JSON and keeps the places', () => {
    const text = '{ "scripts": { "scan": "nat scan --header \\"A: \\u0062\\"" } }';
    const [one] = shellTextsOf({ id: 'file:///w/package.json', text });
    assert.equal(one?.text, 'nat scan --header "A: b"');
    assert.equal(text[one?.offsetOf('nat scan --header "'.length) ?? 0], 'A');
  });

  it('reads options as the programs do', () => {
    const text = 'curl -sSLHA:b -X POST --data=x=y -u ada:pw https://a\n';
    const [curl] = buildModel({ id: 'file:///w/a.sh', text }, { settings: defaultSettings }).invocations;
    assert.deepEqual(
      curl?.options.map(({ name, value }) => [name, value?.text]),
      [
        ['--silent', undefined],
        ['--show-error', undefined],
        ['--location', undefined],
        ['--header', 'A:b'],
        ['--request', 'POST'],
        ['--data', 'x=y'],
        ['--user', 'ada:pw'],
      ],
    );
    assert.deepEqual(
      curl?.arguments.map(word => word.text),
      ['https://a'],
    );
  });
});
