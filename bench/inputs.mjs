// Generates what is measured, the same each time: Compose files with merge keys, NATS configurations, logs with tokens, a workspace.
import { createHash, createHmac } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const encode = value => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A signed token of an invented issuer. */
function token(i) {
  const header = encode({ alg: 'HS256', typ: 'JWT', kid: `k${i}` });
  const claims = { sub: `user-${i}`, iss: 'https://tenant.auth0.com/', aud: ['api://svc'], iat: 1_700_000_000 + i, exp: 1_700_003_600 + i };
  const signed = `${header}.${encode({ ...claims, scope: 'openid profile', permissions: ['read:things', 'write:things'] })}`;
  return `${signed}.${createHmac('sha256', 'a secret of the measurements only').update(signed).digest('base64url')}`;
}

const listed = i => `    environment:
      - NODE_ENV=production
      - LOG_LEVEL=info
      - JWT_SECRET=\${JWT_SECRET:-secret-number-${i}-padpadpadpadpadpadpad}
      - JWT_ISSUER=https://tenant.us.auth0.com/
      - JWT_AUDIENCE=api://svc
      - DATABASE_URL=postgres://u:p@db:5432/app${i}
      - REDIS_URL=redis://redis:6379/${i % 16}
      - DEVELOPMENT_AUTH_ENABLED=${i % 7 === 0}
`;
const mapped = i => `    environment:
      <<: *auth
      NODE_ENV: production
      LOG_LEVEL: info
      JWKS_URI: https://tenant.auth0.com/.well-known/jwks.json
      OIDC_CLIENT_ID: client-${i}
      OIDC_CLIENT_SECRET: \${OIDC_CLIENT_SECRET_${i}:?must be set}
      DATABASE_URL: postgres://u:p@db:5432/app${i}
${i % 10 === 0 ? `      SERVICE_TOKEN: ${token(i)}\n` : ''}`;
const service = (i, n) => `  svc-${i}:
    image: ghcr.io/acme/svc-${i}:1.${i % 20}.0
    restart: unless-stopped
    depends_on:
      - svc-${(i + 1) % n}
    ports:
      - "${20_000 + i}:8080"
${i % 2 ? listed(i) : mapped(i)}    networks:
      - backend
    healthcheck:
      test: ["CMD", "curl", "-f", "http://localhost:8080/health"]
      interval: 10s
      timeout: 3s
      retries: 3
    labels:
      traefik.enable: "true"
      traefik.http.routers.svc-${i}.rule: Host(\`svc-${i}.example.com\`)
`;

/** `n` services; every second one merges an anchor. */
function compose(n) {
  const services = Array.from({ length: n }, (_, i) => service(i, n)).join('');
  return `x-auth: &auth\n  JWT_ISSUER: https://tenant.auth0.com/\n  JWT_AUDIENCE: api://svc\n\nservices:\n${services}networks:\n  backend: {}\n`;
}

const user = (i, u) => {
  const hash = createHash('sha512').update(`${i}.${u}`).digest('base64').replace(/[+=]/g, '.').slice(0, 53);
  const publish = `publish { allow: ["app.${i}.>", "events.${u}.*.created"], deny: ["app.${i}.admin.>"] }`;
  const permissions = `permissions { ${publish}, subscribe: ["_INBOX.>", "app.${i}.replies.>"], allow_responses: true }`;
  return `      { user: "svc-${i}-${u}", password: "$2a$11$${hash}", ${permissions} }\n`;
};

/** Accounts with five users each, about `size` bytes. */
function nats(size) {
  let text = 'port: 4222\nserver_name: bench\njetstream { store_dir: "/data/js", max_memory_store: 1GB }\n\naccounts {\n';
  for (let i = 0; text.length < size - 60; i++) {
    const users = [0, 1, 2, 3, 4].map(u => user(i, u)).join('');
    const exports = `exports [ { stream: "app.${i}.events.>" }, { service: "app.${i}.api.*" } ]`;
    text += `  ACC_${i} {\n    jetstream: enabled\n    users [\n${users}    ]\n    ${exports}\n  }\n`;
  }
  return `${text}}\nsystem_account: ACC_0\n`;
}

const words =
  'request accepted user session bearer GET POST /api/v1/items 200 404 upstream a.b.c com.example.Service INFO eyJust.kidding'.split(' ');

/** A log of `size` bytes with `count` tokens, among words that look a little like one. */
function log(size, count) {
  const lines = [];
  let length = 0;
  for (let i = 0, placed = 0; length < size; i++) {
    let line = Array.from({ length: 14 }, (_, k) => words[(i * 7 + k * 5 + (i >> 3)) % words.length]).join(' ');
    if (placed < count && length >= (placed * size) / count) line += ` Authorization: Bearer ${token(placed++)}`;
    lines.push(line);
    length += line.length + 1;
  }
  return `${lines.join('\n')}\n`;
}

const sizes = { '1kb': 1e3, '100kb': 1e5, '1mb': 1e6, '10mb': 1e7, '100mb': 1e8 };

/** Makes an input below `folder` unless it is there, and returns its path. Each has a folder of its own: a server may read all of it. */
export function makeInput(folder, name) {
  const path = join(folder, name.replace(/\.\w+$/, ''), name);
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  const workspace = /^workspace-(\d+)$/.exec(name);
  if (workspace) return makeWorkspace(path, Number(workspace[1]));
  const [, kind, size] = /^(\w+)-(\w+)\./.exec(name);
  const bytes = sizes[size] ?? Number(size);
  const makers = { compose, nats, log: length => log(length, length / 10_000), plain: length => log(length, 0) };
  writeFileSync(path, makers[kind](bytes));
  return path;
}

/** Small configurations of all kinds, one in ten of them in a folder of its own. */
function makeWorkspace(path, count) {
  rmSync(path, { recursive: true, force: true });
  const kinds = [
    i => ['nats.conf', nats(900 + (i % 300))],
    () => ['docker-compose.yml', compose(2)],
    i => ['.env', `JWT_SECRET=secret-number-${i}-padpadpadpadpadpadpad\nPORT=80\n`],
    i => ['notes.txt', `nothing here but ${i}\n`],
    i => ['token.txt', `${token(i)}\n`],
  ];
  for (let i = 0; i < count; i++) {
    const folder = join(path, `group-${i % 100}`, `project-${Math.floor(i / 5)}`);
    const [name, text] = kinds[Math.floor(i / 100) % 5](i);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name.includes('.txt') ? `${i}-${name}` : name), text);
  }
  return path;
}
