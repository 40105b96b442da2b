// Writing authentication into Compose files and environment files: proposals, hovers, links, lenses.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { LineMap } from '../../server/src/core/text/line-map.ts';

const root = 'file:///work/';
type Texts = Readonly<Record<string, string>>;

/** Made up on the spot: nobody's. */
const secret = Array.from({ length: 40 }, () => Math.random().toString(36).charAt(2) || 'x').join('');

function analyzerOf(texts: Texts): Analyzer {
  const analyzer = new Analyzer(() => 0);
  for (const [name, text] of Object.entries(texts)) analyzer.setFile({ id: root + name, text });
  for (let wanted = analyzer.wanted(); wanted.length > 0; wanted = analyzer.wanted()) for (const id of wanted) analyzer.setAbsent(id);
  return analyzer;
}

/** The same texts with the caret, written as `|`, taken out of one of them. */
function withCaret(texts: Texts): { analyzer: Analyzer; id: string; offset: number; text: string } {
  const [name, marked] = Object.entries(texts).find(([, text]) => text.includes('|')) ?? [];
  assert.ok(name && marked);
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { analyzer: analyzerOf({ ...texts, [name]: text }), id: root + name, offset, text };
}

function proposals(texts: Texts | string) {
  const { analyzer, id, offset } = withCaret(typeof texts === 'string' ? { 'compose.yaml': texts } : texts);
  return analyzer.completions(id, offset);
}

const labels = (texts: Texts | string) => proposals(texts).map(({ label }) => label);

/** The text after a proposal was taken. */
function taken(texts: Texts | string, label: string): string {
  const files = typeof texts === 'string' ? { 'compose.yaml': texts } : texts;
  const { analyzer, id, offset, text } = withCaret(files);
  const found = analyzer.completions(id, offset).find(one => one.label === label);
  assert.ok(found, label);
  return applyEdits(text, [{ file: id, span: found.span, newText: found.insertText }]);
}

const gateway = (...lines: readonly string[]) =>
  `services:\n  gateway:\n    image: example/gateway:1\n    environment:\n${lines.map(line => `      ${line}\n`).join('')}`;

describe('proposals in Compose files', () => {
  it('are the usual names, without those that are set', () => {
    const found = labels(gateway('JWKS_URI: https://id.example.com/jwks.json', '|'));
    assert.deepEqual(found.slice(0, 3), ['JWT_SECRET', 'JWT_ACCESS_SECRET', 'JWT_REFRESH_SECRET']);
    assert.ok(found.includes('JWT_ISSUER') && !found.includes('JWKS_URI'));
  });

  it('bring the separator of the form', () => {
    assert.equal(taken(gateway('JWT_IS|'), 'JWT_ISSUER'), gateway('JWT_ISSUER: '));
    assert.equal(taken(gateway('- JWT_IS|'), 'JWT_ISSUER'), gateway('- JWT_ISSUER='));
    assert.equal(taken(gateway('JWT_IS|: x'), 'JWT_ISSUER'), gateway('JWT_ISSUER: x'));
    assert.equal(taken(gateway('- "JWT_IS|=x"'), 'JWT_ISSUER'), gateway('- "JWT_ISSUER=x"'));
  });

  it('are those of the product first, by its image or its neighbours', () => {
    const cube = (image: string, ...lines: readonly string[]) => gateway(...lines).replace('example/gateway:1', image);
    assert.equal(labels(cube('hasura/graphql-engine:v2', '|'))[0], 'HASURA_GRAPHQL_JWT_SECRET');
    assert.equal(labels(cube('example/bi:1', 'CUBEJS_API_SECRET: ${X:?}', 'C|'))[0], 'CUBEJS_JWT_KEY');
  });

  it('say what a variable means and demands', () => {
    const found = proposals(gateway('|')).find(({ label }) => label === 'JWT_SECRET');
    assert.match(found?.documentation ?? '', /signs and checks tokens/);
    assert.match(found?.documentation ?? '', /At least 32 bytes/);
    const zero = proposals(gateway('|').replace('example/gateway:1', 'rocicorp/zero:1')).find(({ label }) => label === 'ZERO_AUTH_SECRET');
    assert.match(zero?.documentation ?? '', /Not together with `ZERO_AUTH_JWK` or `ZERO_AUTH_JWKS_URL`/);
  });

  it('are values that fit the neighbours', () => {
    assert.deepEqual(labels(gateway('JWKS_URI: https://id.example.com/jwks.json', 'JWT_ALGORITHM: |')).slice(0, 2), ['RS256', 'ES256']);
    assert.deepEqual(labels(gateway('JWT_SECRET: ${S:?}', 'JWT_ALGORITHM: |')), ['HS256', 'HS384', 'HS512']);
    const derived = gateway('JWT_ISSUER: https://tenant.us.auth0.com/', 'JWKS_URI: |');
    assert.equal(taken(derived, 'https://tenant.us.auth0.com/.well-known/jwks.json').includes('.com/.well-known/jwks.json'), true);
    assert.equal(labels(derived)[0], 'https://tenant.us.auth0.com/.well-known/jwks.json');
    const keycloak = gateway('- JWKS_URI=https://h/realms/r/protocol/openid-connect/certs', '- JWT_ISSUER=|');
    assert.equal(labels(keycloak)[0], 'https://h/realms/r');
    const entra = gateway('JWT_ISSUER: https://login.microsoftonline.com/t/v2.0', 'JWKS_URI: |');
    assert.equal(labels(entra)[0], 'https://login.microsoftonline.com/t/discovery/v2.0/keys');
  });

  it('are templates of providers with places to fill in', () => {
    const auth0 = proposals(gateway('JWT_ISSUER: |')).find(({ detail }) => detail === 'Auth0');
    assert.equal(auth0?.label, 'https://TENANT.REGION.auth0.com/');
    assert.equal(auth0?.snippet, 'https://${1:TENANT}.${2:REGION}.auth0.com/');
  });

  it('are what other services have', () => {
    const other = '  orders:\n    image: example/orders:1\n    environment:\n      JWT_AUDIENCE: https://api.example.com\n';
    const [first] = proposals(`${gateway('JWT_AUDIENCE: |')}${other}`);
    assert.deepEqual([first?.label, first?.detail], ['https://api.example.com', 'as in orders']);
  });

  it('are the right spellings of switches, the safe one first', () => {
    const found = proposals(gateway('DEVELOPMENT_AUTH_ENABLED: |'));
    assert.deepEqual(
      found.map(({ insertText }) => insertText),
      ['"false"', '"true"'],
    );
    assert.deepEqual(
      proposals(gateway('- DEVELOPMENT_AUTH_ENABLED=|')).map(({ insertText }) => insertText),
      ['false', 'true'],
    );
  });

  it('are variables of .env, and never a secret', () => {
    const texts = { '.env': `JWT_SECRET=${secret}\nOTHER=1\n`, 'compose.yaml': gateway('JWT_SECRET: |') };
    const found = proposals(texts);
    assert.deepEqual(
      found.map(({ label }) => label),
      ['${JWT_SECRET:?set JWT_SECRET in .env}'],
    );
    assert.ok(!JSON.stringify(found).includes(secret));
    assert.deepEqual(labels({ ...texts, 'compose.yaml': gateway('NAME: ${O|') }), ['${JWT_SECRET}', '${OTHER}', '${COMPOSE_PROJECT_NAME}']);
    assert.equal(taken({ ...texts, 'compose.yaml': gateway('NAME: ${O|}') }, '${OTHER}'), gateway('NAME: ${OTHER}'));
    assert.equal(taken({ ...texts, 'compose.yaml': gateway('NAME: ${O|:-x}') }, 'OTHER'), gateway('NAME: ${OTHER:-x}'));
  });

  it('stand in brackets too, with the quotes that they need there', () => {
    const inline = (entry: string) =>
      `services:\n  gateway:\n    image: example/gateway:1\n    environment: ${entry}\n    ports: ["8080:8080"]\n`;
    assert.equal(taken(inline('{JWT_IS|}'), 'JWT_ISSUER'), inline('{JWT_ISSUER: }'));
    assert.equal(taken(inline('{A: b, JWT_IS|'), 'JWT_ISSUER'), inline('{A: b, JWT_ISSUER: '));
    assert.equal(taken(inline('{A: b, "JWT_IS|": x}'), 'JWT_ISSUER'), inline('{A: b, "JWT_ISSUER": x}'));
    assert.equal(taken(inline('{\n      JWT_ALGORITHM: H|,\n      A: b}'), 'HS256'), inline('{\n      JWT_ALGORITHM: HS256,\n      A: b}'));
    assert.equal(taken(inline('["A=b", "JWT_IS|"]'), 'JWT_ISSUER'), inline('["A=b", "JWT_ISSUER="]'));
    assert.equal(taken(inline('["JWT_ALGORITHM=|"]'), 'HS256'), inline('["JWT_ALGORITHM=HS256"]'));
    const required = '${JWT_SECRET:?set JWT_SECRET in .env}';
    assert.equal(taken(inline('{JWT_SECRET: |}'), required), inline(`{JWT_SECRET: "${required}"}`));
    assert.equal(taken(inline('[A=b, JWT_SECRET=x|]'), required), inline(`[A=b, "JWT_SECRET=${required}"]`));
    assert.deepEqual(labels(inline('{A: b} # |')), []);
    assert.deepEqual(labels(inline('{A: b}').replace('["8080', '["|8080')), []);
    assert.ok(labels('services:\n  gateway: {image: x, environment: {|}}\n').includes('JWT_ISSUER'));
  });

  it('stand in JSON', () => {
    const json = (entry: string) => ({
      'compose.json': `{"services": {"gateway": {\n  "image": "example/gateway:1",\n  "environment": ${entry}\n}}}\n`,
    });
    const inserted = (entry: string, label: string) => taken(json(entry), label);
    assert.equal(inserted('{"JWT_IS|"}', 'JWT_ISSUER'), json('{"JWT_ISSUER"}')['compose.json']);
    assert.equal(inserted('{"A": "b", |}', 'JWT_ISSUER'), json('{"A": "b", "JWT_ISSUER": }')['compose.json']);
    assert.equal(inserted('{"JWT_ALGORITHM": "|"}', 'HS256'), json('{"JWT_ALGORITHM": "HS256"}')['compose.json']);
    assert.equal(inserted('{"JWT_ALGORITHM":"|"}', 'HS256'), json('{"JWT_ALGORITHM":"HS256"}')['compose.json']);
    assert.equal(inserted('{"JWT_ALGORITHM": |}', 'HS256'), json('{"JWT_ALGORITHM": "HS256"}')['compose.json']);
    const issuer = proposals(json('{"JWT_ISSUER": |}')).find(({ detail }) => detail === 'Auth0');
    assert.equal(issuer?.snippet, '"https://${1:TENANT}.${2:REGION}.auth0.com/"');
    assert.equal(inserted('["JWT_ALGORITHM=|"]', 'HS256'), json('["JWT_ALGORITHM=HS256"]')['compose.json']);
    assert.deepEqual(labels({ 'compose.json': '{"services": {"gateway": {"|"}}}\n' }), []);
  });

  it('are nowhere else: keys of Compose belong to others', () => {
    for (const text of [
      'services:\n  |',
      'services:\n  a:\n    |',
      'services:\n  a:\n    image: |',
      gateway('# |'),
      gateway('A: $$|'),
      '|',
    ]) {
      assert.deepEqual(labels(text.includes('services') ? text : `services: {}\n${text}`), [], text);
    }
    assert.deepEqual(labels('services:\n  a:\n    image: x\n    build:\n      args:\n        |'), []);
  });

  it('are there in a line that no tree holds yet', () => {
    assert.ok(labels(`${gateway('JWT_ISSUER: https://id.example.com/', 'JWKS|')}    ports: ["8080:8080"]\n`).includes('JWKS_URI'));
    assert.ok(labels('services:\r\n  a:\r\n    image: x\r\n    environment:\r\n    - JW|\r\n').includes('JWT_SECRET'));
    assert.ok(labels('x-auth: &auth\n  environment:\n    J|\nservices:\n  a:\n    image: x\n').includes('JWT_SECRET'));
  });
});

describe('proposals in environment files', () => {
  const compose = gateway('JWT_SECRET: ${GATEWAY_SECRET:?}', 'JWT_ISSUER: ${JWT_ISSUER}');

  it('are first what the Compose files ask for and nobody sets', () => {
    const found = proposals({ 'compose.yaml': compose, '.env': 'JWT_ISSUER=https://id.example.com/\n|' });
    assert.deepEqual(
      [found[0]?.label, found[0]?.detail, found[0]?.insertText],
      ['GATEWAY_SECRET', 'asked for by gateway', 'GATEWAY_SECRET='],
    );
    assert.ok(!found.some(({ label }) => label === 'JWT_ISSUER'));
    assert.equal(new Set(found.map(({ label }) => label)).size, found.length);
  });

  it('are those of the product that reads the file', () => {
    const reader = 'services:\n  db:\n    image: hasura/graphql-engine:v2\n    env_file: db.env\n';
    assert.equal(labels({ 'compose.yaml': reader, 'db.env': 'HAS|' })[0], 'HASURA_GRAPHQL_JWT_SECRET');
  });

  it('are values, and none for secrets', () => {
    assert.deepEqual(labels({ '.env': 'DEVELOPMENT_AUTH_ENABLED=|' }), ['false', 'true']);
    assert.deepEqual(labels({ '.env': 'JWT_SECRET=|' }), []);
    assert.equal(labels({ '.env': 'JWKS_URI=https://t.us.auth0.com/.well-known/jwks.json\nJWT_ISSUER=|' })[0], 'https://t.us.auth0.com/');
    assert.deepEqual(labels({ '.env': '# JWT|' }), []);
  });
});

describe('hovers over environment files', () => {
  it('say who takes a variable and who has the same secret', () => {
    const texts = {
      'compose.yaml': `${gateway('JWT_SECRET: ${JWT_SECRET:?}')}  worker:\n    image: example/worker:1\n    env_file: worker.env\n`,
      '.env': `JWT_SECRET=${secret}\n`,
      'worker.env': `JWT_SECRET=${secret}\n`,
    };
    const analyzer = analyzerOf(texts);
    const said = (name: string) =>
      analyzer
        .hovers(root + name, 3)
        .map(({ markdown }) => markdown)
        .join('\n\n');
    assert.match(said('.env'), /Taken by `gateway` \(`compose\.yaml`, line 5\)\./);
    assert.match(said('.env'), /The same secret is in `worker`, from elsewhere\./);
    assert.match(said('worker.env'), /Taken by `worker`\./);
    assert.ok(!`${said('.env')}${said('worker.env')}`.includes(secret));
  });

  it('say nothing in a Compose file that another one includes', () => {
    const part = gateway('JWT_SECRET: ${JWT_SECRET:?}');
    const texts = {
      'compose.yaml': 'include:\n  - part.yaml\nservices:\n  a:\n    image: x\n',
      'part.yaml': part,
      '.env': `JWT_SECRET=${secret}\n`,
    };
    const said = analyzerOf(texts).hovers(`${root}part.yaml`, part.indexOf('JWT_SECRET') + 2);
    assert.ok(!said.some(({ markdown }) => markdown.includes('Taken by')));
  });

  it('say what a variable of a product excludes, and what it is called now', () => {
    const text = gateway('ZERO_JWT_SECRET: ${S:?}');
    const [hover] = analyzerOf({ 'compose.yaml': text }).hovers(`${root}compose.yaml`, text.indexOf('ZERO') + 2);
    assert.match(hover?.markdown ?? '', /Since 0\.9, Rocicorp Zero calls it `ZERO_AUTH_SECRET`\./);
  });
});

describe('a Compose file that another one includes', () => {
  const part = gateway('JWT_ISSUER: ${ISSUER}', 'AUTH_|');
  const texts = {
    'compose.yaml': 'include:\n  - path: parts/gateway.yaml\n    project_directory: .\nservices:\n  a:\n    image: x\n',
    'parts/gateway.yaml': part.replace('|', ''),
    '.env': 'ISSUER=https://id.example.com/\n',
  };
  const id = `${root}parts/gateway.yaml`;

  it('takes its values from where it is included', () => {
    const analyzer = analyzerOf(texts);
    const [hover] = analyzer.hovers(id, part.indexOf('JWT_ISSUER') + 2);
    assert.match(hover?.markdown ?? '', /`gateway` gets `https:\/\/id\.example\.com\/`, from `ISSUER` in `\.env`, line 1\./);
    assert.match(analyzer.effective(id) ?? '', /JWT_ISSUER: https:\/\/id\.example\.com\/|JWT_ISSUER: "https:\/\/id\.example\.com\/"/);
    assert.deepEqual(
      analyzer.lenses(id).map(({ title }) => title),
      ['keys as id.example.com says'],
    );
    assert.deepEqual(
      analyzer.result(id).findings.filter(({ rule }) => rule === 'compose/undefined-variable'),
      [],
    );
  });

  it('is offered the variables that count there', () => {
    const marked = part.replace('AUTH_', 'AUTH_URL: ');
    assert.ok(labels({ ...texts, 'parts/gateway.yaml': marked.replace('|', '${|') }).includes('${ISSUER}'));
  });

  it('counts by itself where two include one another', () => {
    const both = { 'compose.yaml': `include: [other.yaml]\n${gateway('JWT_SECRET: ${S}')}`, 'other.yaml': 'include: [compose.yaml]\n' };
    const found = analyzerOf(both)
      .result(`${root}compose.yaml`)
      .findings.map(({ rule }) => rule);
    assert.ok(found.includes('compose/undefined-variable'), found.join(', '));
  });
});

describe('links of a Compose file', () => {
  it('lead to the files that it names', () => {
    const text = [
      'include:',
      '  - other/compose.yaml',
      '  - path: [a.yaml]',
      'services:',
      '  gateway:',
      '    extends: { file: "base.yaml", service: gateway }',
      '    env_file:',
      '      - path: ./${STAGE}.env',
      '      - missing.env',
      'secrets:',
      '  jwt: { file: ./jwt.txt }',
      '',
    ].join('\n');
    const service = 'services:\n  gateway:\n    image: x\n';
    const analyzer = analyzerOf({
      'compose.yaml': text,
      '.env': 'STAGE=prod\n',
      'prod.env': '',
      'base.yaml': service,
      'a.yaml': 'services: {}\n',
      'other/compose.yaml': 'services: {}\n',
      'jwt.txt': 'x',
    });
    assert.deepEqual(
      analyzer
        .links(`${root}compose.yaml`)
        .map(({ span, target }) => [text.slice(span.start, span.end), 'file' in target ? target.file.slice(root.length) : '']),
      [
        ['other/compose.yaml', 'other/compose.yaml'],
        ['a.yaml', 'a.yaml'],
        ['base.yaml', 'base.yaml'],
        ['./${STAGE}.env', 'prod.env'],
        ['./jwt.txt', 'jwt.txt'],
      ],
    );
  });
});

describe('lenses of a Compose file', () => {
  function lenses(texts: Texts, file = 'compose.yaml'): string[] {
    const analyzer = analyzerOf(texts);
    const text = texts[file] ?? '';
    const lines = new LineMap(text);
    return analyzer.lenses(root + file).map(({ span, title }) => `${lines.lineAt(span.start) + 1}: ${title}`);
  }

  it('say what each service checks tokens with', () => {
    const text = `x-auth: &auth
  JWT_SECRET: \${JWT_SECRET:?}
services:
  auth: { image: a, environment: { <<: *auth } }
  users: { image: a, environment: { <<: *auth } }
  gateway:
    image: a
    environment:
      <<: *auth
      DEVELOPMENT_AUTH_ENABLED: "false"
  api:
    image: a
    environment:
      JWKS_URI: https://t.us.auth0.com/.well-known/jwks.json
      JWT_ALGORITHM: RS256
      DEV_AUTH: "true"
  db: { image: postgres }
`;
    assert.deepEqual(lenses({ 'compose.yaml': text }), [
      '4: HS256 · secret shared with 2 services',
      '5: HS256 · secret shared with 2 services',
      '6: HS256 · secret shared with 2 services · development bypass off',
      '11: RS256 from t.us.auth0.com · development bypass on',
    ]);
  });

  it('say where a key is that a variable names the file of', () => {
    const service = (variable: string) =>
      gateway(`${variable}: /keys/key`).replace(
        'image: example/gateway:1\n',
        'image: example/gateway:1\n    volumes: ["./key:/keys/key:ro"]\n',
      );
    const text = (variable: string, key: string) => ({ 'compose.yaml': service(variable), key });
    assert.deepEqual(lenses(text('JWT_PUBLIC_KEY_FILE', '-----BEGIN PUBLIC KEY-----')), ['2: public key in a file']);
    assert.deepEqual(lenses(text('JWT_SECRET_FILE', secret)), ['2: HS256, secret in a file']);
  });

  it('count the same secret under several variables, and nothing after merging that an override takes away', () => {
    const texts = {
      'compose.yaml': gateway('JWT_SECRET: ${A}', 'DEV_AUTH: "true"').replace(
        'services:\n',
        'services:\n  auth: { image: a, environment: ["JWT_SECRET=${B}"] }\n',
      ),
      'compose.override.yaml': 'services:\n  gateway:\n    environment:\n      DEV_AUTH: "false"\n',
      '.env': `A=${secret}\nB=${secret}\n`,
    };
    assert.deepEqual(lenses(texts), [
      '2: HS256 · secret shared with 1 service',
      '3: HS256 · secret shared with 1 service · development bypass off',
    ]);
    assert.deepEqual(lenses(texts, 'compose.override.yaml'), ['2: HS256 · secret shared with 1 service · development bypass off']);
  });
});
