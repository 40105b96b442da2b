// A Compose project as its containers see it: which files belong together, what each variable becomes, and where it comes from.
import assert from 'node:assert/strict';
import { chainsOf } from '../../server/src/core/compose/chains.ts';
import { parseComposeFile } from '../../server/src/core/compose/model.ts';
import { evaluateProject } from '../../server/src/core/compose/project.ts';
import type { SourceFile } from '../../server/src/core/language.ts';

const root = 'file:///work/';

function filesOf(texts: Readonly<Record<string, string>>) {
  const sources = new Map(Object.entries(texts).map(([name, text]): [string, SourceFile] => [root + name, { id: root + name, text }]));
  return (id: string) => sources.get(id) ?? ('absent' as const);
}

function evaluate(texts: Readonly<Record<string, string>>, ...names: readonly string[]) {
  return evaluateProject(
    (names.length > 0 ? names : ['compose.yaml']).map(name => root + name),
    filesOf(texts),
  );
}

describe('origin of a variable', () => {
  const texts = {
    'compose.yaml':
      'x-auth: &auth\n  JWT_ISSUER: https://id.example.com/\nservices:\n  gateway:\n    image: example/gateway:1\n    env_file: gateway.env\n    environment:\n      <<: *auth\n      JWT_SECRET: ${JWT_SECRET}\n',
    'compose.prod.yaml': 'services:\n  gateway:\n    environment:\n      - LOG_LEVEL=warn\n',
    'gateway.env': 'LOG_LEVEL=debug\nPORT=8080\n',
    '.env': 'JWT_SECRET=abc\n',
  };
  const project = evaluate(texts, 'compose.yaml', 'compose.prod.yaml');
  const entryOf = (name: string) => {
    const entry = project.services.get('gateway')?.environment.get(name);
    assert.ok(entry, name);
    return entry;
  };
  const textAt = (file: string, span: { start: number; end: number }) =>
    texts[file.slice(root.length) as keyof typeof texts].slice(span.start, span.end);

  it('is where it is written, with the way it came', () => {
    const issuer = entryOf('JWT_ISSUER');
    assert.equal(textAt(issuer.file, issuer.valueSpan), 'https://id.example.com/');
    assert.deepEqual(
      issuer.through.map(via => [via.how, textAt(via.file, via.span)]),
      [['alias', '*auth']],
    );
  });

  it('names the variable that gives the value, and where that is set', () => {
    const [use] = entryOf('JWT_SECRET').uses;
    assert.equal(use && textAt(use.file, use.span), '${JWT_SECRET}');
    const place = use?.definition?.place;
    assert.equal(place && textAt(place.file, place.statement.valueSpan), 'abc');
  });

  it('keeps what it hides', () => {
    const level = entryOf('LOG_LEVEL');
    assert.deepEqual(
      [level.value, level.file, level.hides?.value, level.hides?.file],
      ['warn', `${root}compose.prod.yaml`, 'debug', `${root}gateway.env`],
    );
    assert.equal(entryOf('PORT').form, 'env-file');
  });
});

describe('values of a project', () => {
  it('an environment file does not feed substitution', () => {
    const project = evaluate({
      'compose.yaml': 'services:\n  a:\n    image: x\n    env_file: a.env\n    environment:\n      B: ${B}\n',
      'a.env': 'B=1\n',
    });
    const entry = project.services.get('a')?.environment.get('B');
    assert.deepEqual([entry?.value, entry?.guess, entry?.hides?.value], ['', true, '1']);
  });

  it('a file that is not loaded yet leaves the project incomplete', () => {
    const source = { id: `${root}compose.yaml`, text: 'services:\n  a:\n    image: x\n    env_file: a.env\n' };
    assert.equal(evaluateProject([source.id], id => (id === source.id ? source : 'unknown')).complete, false);
    assert.equal(evaluateProject([source.id], id => (id === source.id ? source : 'absent')).complete, true);
  });

  it('an included file has its own folder and its own .env', () => {
    const project = evaluate({
      'compose.yaml': 'include: [infra/compose.yaml]\nservices: {}\n',
      'infra/compose.yaml': 'services:\n  id:\n    image: x\n    env_file: id.env\n    environment: ["NAME=${NAME}"]\n',
      'infra/.env': 'NAME=infra\n',
      'infra/id.env': 'REALM=app\n',
    });
    const environment = project.services.get('id')?.environment;
    assert.deepEqual([environment?.get('NAME')?.value, environment?.get('REALM')?.value], ['infra', 'app']);
  });

  it('the environment file of an included file is read once: a default that is not needed then is not looked at', () => {
    const project = evaluate({
      'compose.yaml': 'include:\n  - path: auth/compose.yaml\n    env_file: auth.env\n',
      'auth/compose.yaml': 'services:\n  auth:\n    image: example/auth:1\n    environment:\n      SECRET: ${SECRET}\n',
      'auth.env': 'SECRET=${NAME+${}}\nNAME=auth\n',
    });
    assert.deepEqual([project.services.get('auth')?.environment.get('SECRET')?.value, project.problems], ['', []]);
  });

  it('a tag below `!override` means nothing', () => {
    const project = evaluate(
      {
        'compose.yaml': 'services:\n  auth:\n    image: example/auth:1\n    environment: [JWT_SECRET=one]\n',
        'prod.yaml': 'services:\n  auth:\n    environment: !override\n      - !reset JWT_SECRET=two\n',
      },
      'compose.yaml',
      'prod.yaml',
    );
    assert.equal(project.services.get('auth')?.environment.get('JWT_SECRET')?.value, 'two');
  });

  it('cycles end and are said', () => {
    const text = 'include: [compose.yaml]\nservices:\n  a:\n    image: x\n    extends: b\n  b:\n    image: x\n    extends: a\n';
    assert.equal(evaluate({ 'compose.yaml': text }).problems.length, 2);
  });
});

describe('sets of files', () => {
  const base = 'services:\n  api:\n    image: example/api:1\n    ports: ["80:80"]\n    environment:\n      A: "1"\n      B: "2"\n';
  const overlay = 'services:\n  api:\n    environment:\n      A: "3"\n';
  const complete = 'services:\n  api:\n    image: example/api:2\n    ports: ["443:443"]\n    environment:\n      A: "1"\n      B: "2"\n';
  const setsOf = (texts: Readonly<Record<string, string>>, name: string) => {
    const read = filesOf(texts);
    const source = read(root + name);
    assert.ok(typeof source !== 'string');
    return chainsOf(parseComposeFile(source), read).map(
      ({ why, files }) => `${why}: ${files.map(id => id.slice(root.length)).join(' + ')}`,
    );
  };

  it('Compose takes its first base and its first override', () => {
    const texts = { 'compose.yaml': base, 'docker-compose.yml': base, 'docker-compose.override.yml': overlay };
    assert.deepEqual(setsOf(texts, 'compose.yaml'), ['default: compose.yaml + docker-compose.override.yml', 'base: compose.yaml']);
  });

  it('a file that cannot stand alone lies over the base, one that can stands alone', () => {
    assert.deepEqual(setsOf({ 'compose.yaml': base, 'compose.prod.yaml': overlay }, 'compose.prod.yaml'), [
      'variant: compose.yaml + compose.prod.yaml',
    ]);
    assert.deepEqual(setsOf({ 'compose.yaml': base, 'compose.prod.yaml': complete }, 'compose.prod.yaml'), ['alone: compose.prod.yaml']);
    assert.deepEqual(setsOf({ 'compose.prod.yaml': overlay }, 'compose.prod.yaml'), ['alone: compose.prod.yaml']);
  });

  it('a comment and COMPOSE_FILE say which files go together', () => {
    const commented = `# docker compose -f deploy/compose.yaml -f deploy/compose.prod.yaml up -d\n${complete}`;
    assert.deepEqual(setsOf({ 'compose.yaml': base, 'compose.prod.yaml': commented }, 'compose.prod.yaml'), [
      'named: compose.yaml + compose.prod.yaml',
    ]);
    const texts = { 'compose.yaml': base, 'compose.sso.yaml': complete, '.env': 'COMPOSE_FILE=compose.yaml:compose.sso.yaml\n' };
    assert.deepEqual(setsOf(texts, 'compose.sso.yaml'), ['named: compose.yaml + compose.sso.yaml']);
    const own = { 'base.yaml': base, 'sso.yaml': overlay, '.env': 'COMPOSE_FILE="base.yaml:sso.yaml"\n' };
    for (const name of ['base.yaml', 'sso.yaml']) assert.deepEqual(setsOf(own, name), ['named: base.yaml + sso.yaml']);
  });
});
