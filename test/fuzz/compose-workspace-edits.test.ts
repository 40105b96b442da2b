// Typing into a project whose services, tokens, broker and environment file have to do with one another: whatever is taken over from
// before an edit, everything that is said and shown is what a fresh look at the texts says.
import assert from 'node:assert/strict';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import type { FileId } from '../../server/src/core/text/file-id.ts';
import type { Span } from '../../server/src/core/text/span.ts';
import { type Random, randomFrom } from '../support/random.ts';
import { signed, unverifiable } from '../support/tokens.ts';

const now = 1_750_000_000_000;
const compose = 'file:///project/compose.yaml';
const dotenv = 'file:///project/.env';
const notes = 'file:///project/notes.sh';

const secrets = ['shared-by-everybody-in-this-test-0123456789', 'another-one-of-this-test-0123456789abcdef', 'short', ''];
const issuers = ['https://issuer.example.com/', 'https://issuer.example.com', 'https://issuer.example.co/', 'https://tenant.auth0.com/'];

async function someTokens(): Promise<readonly string[]> {
  const claims = { sub: 'a', iss: issuers[1], aud: 'orders-api', iat: now / 1000 - 60, exp: now / 1000 + 3600 };
  const key = new TextEncoder().encode(secrets[0]);
  return [
    await signed(claims, key, { alg: 'HS256' }),
    await signed({ ...claims, aud: 'orders-apj', exp: 1_600_000_000 }, new TextEncoder().encode('short'), { alg: 'HS256' }),
    unverifiable({ sub: 'b', iss: issuers[3], password: 'in-the-open', exp: 1_600_000_000 }),
  ];
}

/** Lines of an `environment:` map, each of some matter to another service or another file. */
function variable(random: Random, tokens: readonly string[]): string {
  const value = random.pick([
    () => `JWT_SECRET: ${JSON.stringify(random.pick(secrets))}`,
    () => `JWT_SECRET: \${JWT_SECRET${random.pick(['', ':?', ':-', `:-${secrets[0]}`, '-x'])}}`,
    () => `JWT_SECRET_FILE: /run/secrets/jwt`,
    () => `OIDC_CLIENT_SECRET: \${OIDC_CLIENT_SECRET${random.pick(['', ':-'])}}`,
    () => `JWT_ISSUER: ${random.pick(issuers)}`,
    () => `JWT_AUDIENCE: ${random.pick(['orders-api', 'Orders-API', 'orders-apj', 'else'])}`,
    () => `JWKS_URI: ${random.pick(issuers)}.well-known/jwks.json`,
    () => `JWT_ALGORITHM: ${random.pick(['HS256', 'RS256'])}`,
    () => `BRIDGE_API_KEY: \${BRIDGE_API_KEY:-}`,
    () => `BRIDGE_URL: http://svc-${random.below(4)}:80`,
    () => `DEV_AUTH: "${random.pick(['true', 'false'])}"`,
    () => `NATS_URL: nats://broker:4222`,
    () => `SERVICE_TOKEN: ${random.pick(tokens)}`,
    () => `LOG_LEVEL: ${random.pick(['info', 'debug'])}`,
  ]);
  return `      ${value()}\n`;
}

function service(i: number, random: Random, tokens: readonly string[]): string {
  const variables = Array.from({ length: 1 + random.below(4) }, () => variable(random, tokens)).join('');
  const merge = random.next() < 0.3 ? '      <<: *auth\n' : '';
  const more = random.pick(['', '    env_file: .env\n', '    ports: ["80:80"]\n', '    extends: svc-0\n', '    secrets: [jwt]\n']);
  return `  svc-${i}:\n    image: acme/svc-${i}\n${more}    environment:\n${merge}${variables}`;
}

function project(random: Random, tokens: readonly string[]): string {
  const services = Array.from({ length: 2 + random.below(4) }, (_, i) => service(i, random, tokens)).join('');
  const broker = `  broker:\n    image: nats\n    ports: ["4222:4222"]\n`;
  return `x-auth: &auth\n  JWT_ISSUER: ${random.pick(issuers)}\n\nservices:\n${services}${broker}secrets:\n  jwt: { file: ./jwt }\n`;
}

function edited(text: string, random: Random, tokens: readonly string[]): string {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const line = lines[at] as string;
  const kind = random.below(7);
  if (kind === 0) lines.splice(at, 1);
  else if (kind === 1) lines.splice(at, 0, line);
  else if (kind === 2) lines.splice(at, 0, random.pick(['', '# authlint: allow jwt/expired', '    # nats pub a b', '      # later']));
  else if (kind === 3) lines.splice(at, 0, service(random.below(6), random, tokens).trimEnd());
  else if (kind === 4) {
    const column = random.below(line.length + 1);
    lines[at] = line.slice(0, column) + random.pick(['x', ' ', '"', '.', '']) + line.slice(column + random.below(2));
  } else if (/^ {6}\S/.test(line)) lines[at] = variable(random, tokens).trimEnd();
  return lines.join('\n');
}

/** A line of a service that refers to another one, or to a section of the file, which may have it or not. */
function reference(random: Random): string {
  const value = random.pick([
    () => `depends_on: [svc-${random.below(4)}]`,
    () => `depends_on: [svc-${random.below(4)}, svc-${random.below(5)}]`,
    () => `networks: [${random.pick(['back', 'bakc', 'default'])}]`,
    () => `secrets: [${random.pick(['jwt', 'jtw'])}]`,
    () => `profiles: [debug]`,
  ]);
  return `    ${value()}`;
}

/** Each line of services that refer to one another and to sections, without its line feed. */
function references(random: Random): string[] {
  const services = [0, 1, 2, 3].flatMap(i => [`  svc-${i}:`, '    image: acme/svc', reference(random)]);
  return ['services:', ...services, 'networks:', '  back:', 'secrets:', '  jwt: { file: ./jwt }', 'x-last:', '  end: 1'];
}

/** One line says something else of the same kind, or goes and comes as a comment. */
function rewritten(lines: readonly string[], random: Random): string[] {
  const at = 1 + random.below(lines.length - 3);
  const line = lines[at] as string;
  const other = () => {
    if (/^ {2}svc/.test(line)) return line.endsWith('x:') ? line.replace('x:', ':') : line.replace(':', 'x:');
    if (/^ {4}(?:depends|net|secrets|prof)/.test(line)) return reference(random);
    if (/^ {2}(?:back|bakc):/.test(line)) return random.pick(['  back:', '  bakc:']);
    if (/^ {2}j/.test(line)) return `  ${random.pick(['jwt', 'jtw'])}: ${random.pick(['{ file: ./jwt }', '{}'])}`;
    return line.includes('image') ? random.pick(['    image: acme/svc', '    # no image']) : line;
  };
  return lines.map((same, i) => (i === at ? other() : same));
}

/** Spans as they are now, whatever keeps them, and changes in place of the functions that make them. */
function settled(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner) => {
      if (key === 'span' && inner) return [(inner as Span).start, (inner as Span).end];
      return key === 'edits' && typeof inner === 'function' && inner.length === 0 ? settled(inner()) : inner;
    }) ?? 'null',
  );
}

class Editor {
  readonly analyzer = new Analyzer(() => now);

  look(texts: ReadonlyMap<FileId, string>, offset: number): unknown {
    const { analyzer } = this;
    for (const [id, text] of texts) analyzer.setFile({ id, text });
    for (let wanted = analyzer.wanted(); wanted.length > 0; wanted = analyzer.wanted()) for (const id of wanted) analyzer.setAbsent(id);
    assert.deepEqual(analyzer.faults(), []);
    return [...texts].map(([id, text]) => {
      const at = Math.min(offset, text.length);
      return settled({
        findings: analyzer.result(id).findings,
        lenses: analyzer.lenses(id),
        hints: analyzer.hints(id, { start: 0, end: text.length }),
        hovers: analyzer.hovers(id, at),
        completions: analyzer.completions(id, at),
        lines: analyzer.linesOf(id)?.positionAt(at),
      });
    });
  }
}

describe('edits of a project with tokens', () => {
  it('show what a fresh look shows', async function () {
    this.timeout(180_000);
    const random = randomFrom(31);
    const tokens = await someTokens();
    for (let round = 0; round < 10; round++) {
      const editor = new Editor();
      const texts = new Map([
        [compose, project(random, tokens)],
        [dotenv, `JWT_SECRET=${random.pick(secrets)}\nBRIDGE_API_KEY=\n`],
        [notes, `curl -H "Authorization: Bearer ${random.pick(tokens)}" http://localhost/\n`],
      ]);
      for (let edit = 0; edit < 14; edit++) {
        const offset = random.below((texts.get(compose) as string).length);
        assert.deepEqual(editor.look(texts, offset), new Editor().look(texts, offset), JSON.stringify([...texts]));
        const file = random.next() < 0.85 ? compose : random.pick([dotenv, notes]);
        texts.set(file, edited(texts.get(file) as string, random, tokens));
      }
    }
  });

  it('show what a project lacks as a fresh look does', () => {
    const random = randomFrom(32);
    for (let round = 0; round < 10; round++) {
      const editor = new Editor();
      let lines = references(random);
      for (let edit = 0; edit < 20; edit++) {
        const texts = new Map([[compose, lines.join('\n')]]);
        assert.deepEqual(editor.look(texts, 0), new Editor().look(texts, 0), JSON.stringify([...texts]));
        lines = rewritten(lines, random);
      }
    }
  });
});
