// Variables of a Compose project: from a use to the `.env` that sets it, all uses, and another name for it.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import type { Name } from '../../server/src/core/language.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import type { Place } from '../../server/src/core/text/place.ts';

const root = 'file:///work/';
type Texts = Readonly<Record<string, string>>;

function analyzerOf(texts: Texts): Analyzer {
  const analyzer = new Analyzer(() => 0);
  for (const [name, text] of Object.entries(texts)) analyzer.setFile({ id: root + name, text });
  for (let wanted = analyzer.wanted(); wanted.length > 0; wanted = analyzer.wanted()) for (const id of wanted) analyzer.setAbsent(id);
  return analyzer;
}

/** `file:line:column` of each place, from 1. */
function placesOf(places: readonly Place[], texts: Texts): string[] {
  return places
    .map(({ file, span }) => {
      const name = file.slice(root.length);
      const before = (texts[name] ?? '').slice(0, span.start).split('\n');
      return `${name}:${before.length}:${(before.at(-1) as string).length + 1} ${texts[name]?.slice(span.start, span.end)}`;
    })
    .sort();
}

function shown(texts: Texts): string[] {
  return analyzerOf(texts)
    .names()
    .map(
      ({ name, definitions, references, rename }) =>
        `${name}${rename ? '' : '!'} ${placesOf(definitions, texts)} <- ${placesOf(references, texts)}`,
    )
    .sort();
}

function nameAt(texts: Texts, file: string, word: string): Name {
  const offset = (texts[file] as string).indexOf(word);
  const [name] = analyzerOf(texts).namesAt(root + file, offset + 2);
  assert.ok(name, word);
  return name;
}

function renamed(texts: Texts, file: string, word: string, newName: string): Texts | string {
  const renaming = nameAt(texts, file, word).rename?.(newName);
  assert.ok(renaming, `${word} cannot be renamed`);
  if ('problem' in renaming) return renaming.problem;
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      applyEdits(
        text,
        renaming.edits.filter(edit => edit.file === root + name),
      ),
    ]),
  );
}

const texts: Texts = {
  'compose.yaml': `x-auth: &auth
  JWT_SECRET: \${JWT_SECRET:?set it}
services:
  gateway:
    image: example/gateway:\${TAG:-\${OTHER:-1}}
    environment:
      <<: *auth
      ISSUER: https://\${HOST}/realms/\${REALM}
  users:
    image: example/users:1
    labels: ["traefik.rule=Host(\`\${HOST}\`)"]
    environment:
      - JWT_SECRET
      - COPY=$HOST
`,
  'compose.prod.yaml': 'services:\n  gateway:\n    environment:\n      JWT_SECRET: ${JWT_SECRET}\n',
  '.env': 'JWT_SECRET=abc\nHOST=id.example.com\nURL=https://${HOST}/\n',
};

describe('variables of Compose projects', () => {
  it('are found in every file of the project, in fragments and in defaults', () => {
    assert.deepEqual(shown(texts), [
      'HOST .env:2:1 HOST <- .env:3:15 HOST,compose.yaml:11:36 HOST,compose.yaml:14:15 HOST,compose.yaml:8:25 HOST',
      'JWT_SECRET .env:1:1 JWT_SECRET <- compose.prod.yaml:4:21 JWT_SECRET,compose.yaml:13:9 JWT_SECRET,compose.yaml:2:17 JWT_SECRET',
      'OTHER!  <- compose.yaml:5:37 OTHER',
      'REALM!  <- compose.yaml:8:40 REALM',
      'TAG!  <- compose.yaml:5:30 TAG',
      'URL .env:3:1 URL <- ',
    ]);
  });

  it('lead from a place to their name, whichever file it is in', () => {
    for (const [file, word] of [
      ['compose.yaml', '{JWT_SECRET'],
      ['compose.yaml', '- JWT_SECRET'],
      ['compose.prod.yaml', '{JWT_SECRET'],
      ['.env', 'JWT_SECRET'],
    ] as const) {
      assert.equal(nameAt(texts, file, word).name, 'JWT_SECRET');
    }
  });

  it('are renamed everywhere, and containers keep what they have', () => {
    const changed = renamed(texts, '.env', 'JWT_SECRET', 'SIGNING_SECRET');
    assert.ok(typeof changed !== 'string', String(changed));
    assert.equal(changed['.env'], texts['.env']?.replace('JWT_SECRET', 'SIGNING_SECRET'));
    assert.equal(changed['compose.prod.yaml'], texts['compose.prod.yaml']?.replace('${JWT_SECRET}', '${SIGNING_SECRET}'));
    assert.equal(
      changed['compose.yaml'],
      texts['compose.yaml']?.replace('${JWT_SECRET:?', '${SIGNING_SECRET:?').replace('- JWT_SECRET\n', '- JWT_SECRET=${SIGNING_SECRET}\n'),
    );
  });

  it('are renamed where a map passes them on', () => {
    const map = (value: string) => `services:\n  a:\n    image: x\n    environment:\n      TOKEN:${value}\n      B: $TOKEN\n`;
    for (const value of ['', ' null', ' ~']) {
      const changed = renamed({ 'compose.yaml': map(value), '.env': 'TOKEN=x\n' }, '.env', 'TOKEN', 'NEW');
      assert.deepEqual(changed, { 'compose.yaml': map(' ${NEW}').replace('$TOKEN', '$NEW'), '.env': 'NEW=x\n' });
    }
  });

  it('are not renamed into trouble', () => {
    assert.match(String(renamed(texts, '.env', 'JWT_SECRET', 'HOST')), /There is a `HOST` already/);
    assert.match(String(renamed(texts, '.env', 'JWT_SECRET', 'TAG')), /something that refers to one/);
    assert.match(String(renamed(texts, '.env', 'JWT_SECRET', 'a-b')), /letters, digits and `_`/);
    assert.match(String(renamed(texts, '.env', 'JWT_SECRET', 'COMPOSE_FILE')), /reads variables/);
    // Quotes have moved its characters, so that its place cannot be told.
    const folded = { 'compose.yaml': 'services:\n  a:\n    image: x\n    environment:\n      A: "x\\n${TOKEN}"\n', '.env': 'TOKEN=x\n' };
    assert.match(String(renamed(folded, '.env', 'TOKEN', 'NEW')), /other values than now/);
  });

  it('lead to an environment file of the container where .env says nothing', () => {
    const files: Texts = {
      'compose.yaml': 'services:\n  a:\n    image: x\n    env_file: a.env\n    environment:\n      B: ${TOKEN}\n',
      'a.env': 'TOKEN=x\nREST=${TOKEN}\n',
    };
    assert.deepEqual(shown(files), ['TOKEN! a.env:1:1 TOKEN <- a.env:2:8 TOKEN,compose.yaml:6:12 TOKEN']);
  });

  it('of an included folder belong to its own .env', () => {
    const files: Texts = {
      'compose.yaml': 'include:\n  - part/compose.yaml\nservices:\n  a:\n    image: ${TAG}\n',
      '.env': 'HOST=h\n',
      'part/compose.yaml': 'services:\n  b:\n    image: ${TAG}\n    environment: ["H=${HOST}"]\n',
      'part/.env': 'TAG=1\n',
    };
    assert.deepEqual(shown(files), [
      'HOST .env:1:1 HOST <- part/compose.yaml:4:24 HOST',
      'HOST!  <- part/compose.yaml:4:24 HOST',
      'TAG part/.env:1:1 TAG <- part/compose.yaml:3:14 TAG',
      'TAG!  <- compose.yaml:5:14 TAG',
    ]);
    assert.deepEqual(
      nameAt(files, 'part/compose.yaml', 'TAG').definitions.map(({ file }) => file),
      [`${root}part/.env`],
    );
  });

  it('hold in the text as it is now', () => {
    const analyzer = analyzerOf(texts);
    assert.equal(analyzer.namesAt(`${root}compose.yaml`, (texts['compose.yaml'] as string).indexOf('JWT_SECRET:?') + 2).length, 1);
    const text = `# a comment\n${texts['compose.yaml']}`;
    analyzer.setText(`${root}compose.yaml`, text);
    const [name] = analyzer.namesAt(`${root}compose.yaml`, text.indexOf('JWT_SECRET:?') + 2);
    assert.deepEqual(placesOf(name?.references ?? [], { ...texts, 'compose.yaml': text }), [
      'compose.prod.yaml:4:21 JWT_SECRET',
      'compose.yaml:14:9 JWT_SECRET',
      'compose.yaml:3:17 JWT_SECRET',
    ]);
    assert.equal(name?.rename?.('NEW') && 'edits' in name.rename('NEW'), true);
  });
});
