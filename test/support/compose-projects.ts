// Makes up Compose projects that use everything that changes an environment: maps and lists, nulls, anchors, merge keys, `extends`,
// `include`, chains of overrides, `!reset`, `!override`, several documents, JSON, `env_file` with its formats, profiles, secrets, configs,
// `.env` and nested `${…}`. The same seed gives the same project.

export interface GeneratedProject {
  /** Texts by path below the project's folder. */
  readonly files: ReadonlyMap<string, string>;
  /** Sets of files that are merged, as `-f a -f b`. */
  readonly sets: readonly (readonly string[])[];
}

export function generateProject(seed: number): GeneratedProject {
  return new Generator(seed).project();
}

const variables = ['A', 'B', 'C', 'D', 'E', 'JWT_SECRET', 'X1', 'lower'];
const names = ['K1', 'K2', 'K3', 'K4', 'JWT_SECRET', 'A', 'Z'];
const pieces = ['x', 'val', '1', 'a b', 'a=b', 'q:', '-', '_', 'é', '😀', '}', '{', "'", '#', '.'];
const plainScalars = [
  ...['true', 'True', 'TRUE', 'no', 'yes', 'on', '1', '017', '0x1F', '1.50', '1e3', '1000000.0', '~', 'null', '', '2026-01-01', 'plain'],
  ...['plain text', '1_000', '.5', '-0', '+7', '08', '12:30', '"quoted"', '${A}', '${B:-z}', '$C', 'x$$y', 'http://h:1/p', '!!str 5'],
];

class Generator {
  #state: number;
  #override = false;

  constructor(seed: number) {
    this.#state = (seed * 2654435761) | 0;
  }

  project(): GeneratedProject {
    const files = new Map<string, string>();
    if (this.#chance(0.8)) files.set('.env', this.#envFile());
    for (const path of ['one.env', 'two.env', 'inc/one.env', 'inc/two.env']) files.set(path, this.#envFile());
    for (const path of ['raw.env', 'inc/raw.env']) files.set(path, this.#rawFile());
    if (this.#chance(0.5)) files.set('inc/.env', this.#envFile());
    files.set('common.yaml', this.#file(['base', 'other'], []));
    files.set('inc/common.yaml', this.#file(['base', 'deep'], ['../common.yaml']));
    files.set('inc/part.yaml', this.#file(['inner', 'web'], ['common.yaml']));
    const several = this.#chance(0.15);
    let main = this.#file(['web', 'api', 'db'], ['common.yaml', 'inc/common.yaml'], this.#chance(0.5));
    this.#override = true;
    if (several) main += `---\n${this.#file(['web', 'api'], [])}`;
    files.set('compose.yaml', main);
    files.set('compose.prod.yaml', this.#file(['web', 'api', 'extra'], ['common.yaml']));
    files.set('compose.json', this.#json());
    const sets = [
      ['compose.yaml'],
      ['compose.yaml', 'compose.prod.yaml'],
      ['compose.json'],
      ['compose.yaml', 'compose.prod.yaml', 'compose.json'],
    ];
    return { files, sets };
  }

  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  #int(below: number): number {
    return Math.floor(this.#random() * below);
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#int(from.length)] as T;
  }

  #reference(depth: number): string {
    const name = this.#pick(variables);
    const forms = [`\${${name}}`, `\${${name}}`, `$${name}`, `$$${name}`];
    const kind = this.#int(depth > 2 ? 4 : 12);
    if (kind < 4) return forms[kind] as string;
    if (kind < 8) return `\${${name}${[':-', '-', ':+', '+'][kind - 4]}${this.#template(depth + 1)}}`;
    return ['$', `\${${name}:-}`, `{${name}}`, `\${${name}:-a-b:?c}`][kind - 8] as string;
  }

  #template(depth = 0): string {
    let text = '';
    for (let n = 1 + this.#int(3); n > 0; n--) text += this.#chance(0.45) ? this.#reference(depth) : this.#pick(pieces);
    return text;
  }

  #scalar(): string {
    const kind = this.#int(16);
    if (kind < 5) return JSON.stringify(this.#template());
    return kind < 7 ? `'${this.#template().replaceAll("'", "''")}'` : this.#pick(plainScalars);
  }

  #map(indent: number, anchors: readonly string[]): string {
    const pad = ' '.repeat(indent);
    let text = '';
    if (anchors.length > 0 && this.#chance(0.5)) {
      const list = `[${[this.#pick(anchors), this.#pick(anchors)].map(anchor => `*${anchor}`).join(', ')}]`;
      text += `${pad}<<: ${this.#chance(0.5) ? `*${this.#pick(anchors)}` : list}\n`;
    }
    const used = new Set<string>();
    for (let n = 1 + this.#int(4); n > 0; n--) {
      const name = this.#pick(names);
      if (used.has(name)) continue;
      used.add(name);
      text += `${pad}${name}: ${this.#override && this.#chance(0.06) ? '!reset null' : this.#scalar()}\n`;
    }
    return text;
  }

  #list(indent: number): string {
    let text = '';
    for (let n = 1 + this.#int(4); n > 0; n--) {
      const name = this.#pick(names);
      text += `${' '.repeat(indent)}- ${JSON.stringify(this.#chance(0.2) ? name : `${name}=${this.#template()}`)}\n`;
    }
    return text;
  }

  #service(
    name: string,
    others: readonly string[],
    anchors: readonly string[],
    fragments: readonly string[],
    bases: readonly string[],
  ): string {
    let text = `  ${name}:\n`;
    if (fragments.length > 0 && this.#chance(0.3)) text += `    <<: *${this.#pick(fragments)}\n`;
    text += '    image: x\n';
    if (others.length > 0 && this.#chance(0.35)) {
      text += this.#chance(0.3) ? `    extends: ${this.#pick(others)}\n` : `    extends:\n      service: ${this.#pick(others)}\n`;
    } else if (bases.length > 0 && this.#chance(0.35)) text += `    extends:\n      file: ${this.#pick(bases)}\n      service: base\n`;
    const kind = this.#int(5);
    const tag = this.#override && this.#chance(0.12) ? ' !override' : '';
    if (kind < 2) text += `    environment:${tag}\n${this.#map(6, anchors)}`;
    else if (kind < 4) text += `    environment:${tag}\n${this.#list(6)}`;
    else if (this.#override && this.#chance(0.3)) text += '    environment: !reset null\n';
    if (this.#chance(0.1)) text += `    profiles: [${this.#pick(['dev', 'prod', 'debug'])}]\n`;
    if (this.#chance(0.1)) text += '    secrets: [jwt]\n    configs:\n      - source: rules\n        target: /rules\n';
    return text + (this.#chance(0.4) ? this.#envFileKey() : '');
  }

  #envFileKey(): string {
    const file = () => this.#pick(['one.env', './two.env']);
    // What is written for the other format is often refused by this one.
    const raw = () => (this.#chance(0.1) ? file() : 'raw.env');
    const kind = this.#int(6);
    if (kind === 0) return `    env_file: ${file()}\n`;
    if (kind === 4) return `    env_file:\n      - path: ${raw()}\n        format: raw\n`;
    if (kind === 5) return `    env_file:\n      - ${file()}\n      - path: ${raw()}\n        required: true\n        format: raw\n`;
    if (kind === 1) return `    env_file:\n      - ${file()}\n      - ${file()}\n`;
    if (kind === 2)
      return `    env_file:\n      - path: ${file()}\n        required: false\n      - path: missing.env\n        required: false\n`;
    return `    env_file: ["${file()}"]\n`;
  }

  #file(services: readonly string[], bases: readonly string[], including = false): string {
    let text = '';
    const anchors: string[] = [];
    const fragments: string[] = [];
    if (this.#chance(0.6)) {
      for (let n = 0; n < 1 + this.#int(2); n++) {
        text += `x-env${n}: &env${n}\n${this.#map(2, n > 0 ? ['env0'] : [])}`;
        anchors.push(`env${n}`);
      }
    }
    if (this.#chance(0.4)) {
      text += `x-svc: &svc\n  environment:\n${this.#map(4, anchors)}`;
      if (this.#chance(0.4)) text += `  env_file: ${this.#pick(['one.env', './two.env'])}\n`;
      fragments.push('svc');
    }
    if (including) text += this.#include();
    text += 'secrets:\n  jwt:\n    file: ./one.env\nconfigs:\n  rules:\n    file: ./two.env\n';
    text += 'services:\n';
    const done: string[] = [];
    for (const name of services) {
      text += this.#service(name, done, anchors, fragments, bases);
      done.push(name);
    }
    return text;
  }

  /** The same features as far as JSON has them. */
  #json(): string {
    const services: Record<string, unknown> = {};
    for (const name of ['web', 'api']) {
      const entries = Array.from({ length: 1 + this.#int(4) }, () => [this.#pick(names), this.#jsonScalar()] as const);
      const environment = this.#chance(0.5) ? Object.fromEntries(entries) : entries.map(([key]) => `${key}=${this.#template()}`);
      services[name] = {
        image: 'x',
        environment,
        ...(this.#chance(0.3) ? { extends: { file: 'common.yaml', service: 'base' } } : {}),
        ...(this.#chance(0.3) ? { env_file: [{ path: this.#pick(['one.env', 'two.env']), required: this.#chance(0.5) }] } : {}),
      };
    }
    // What an extended service refers to has to be there.
    const sections = { secrets: { jwt: { file: './one.env' } }, configs: { rules: { file: './two.env' } } };
    return JSON.stringify({ ...sections, services }, undefined, this.#int(3));
  }

  #jsonScalar(): unknown {
    return this.#chance(0.6) ? this.#template() : this.#pick([true, false, null, 1, -2.5, 1e21, 0.1, '', 'é', 'a"b', 'x\\y']);
  }

  #include(): string {
    if (this.#chance(0.5)) return 'include:\n  - inc/part.yaml\n';
    const env = this.#chance(0.4) ? `    env_file: ${this.#pick(['one.env', './two.env'])}\n` : '';
    return `include:\n  - path: inc/part.yaml\n${env}${this.#chance(0.3) ? `    project_directory: ${this.#pick(['.', 'inc'])}\n` : ''}`;
  }

  #envFile(): string {
    let text = this.#chance(0.1) ? '\uFEFF' : '';
    for (let n = 2 + this.#int(7); n > 0; n--) text += this.#statement(this.#pick([...variables, ...names]));
    return this.#chance(0.1) ? text.slice(0, -1) : text;
  }

  #rawFile(): string {
    const values = ['plain', '"quoted"', "'q'", 'a b # c', ' lead', 'trail ', '$A', '${B:-x}', '$$', 'a=b', 'cr\r', '', 'é', '\\n'];
    let text = '# a comment\n\n';
    for (let n = 2 + this.#int(5); n > 0; n--) {
      const name = this.#pick([...variables, ...names]);
      text += this.#chance(0.15) ? `${name}\n` : `${this.#chance(0.1) ? '  ' : ''}${name}=${this.#pick(values)}\n`;
    }
    return this.#chance(0.2) ? text.slice(0, -1) : text;
  }

  #statement(name: string): string {
    const kind = this.#int(15);
    if (kind < 4) return `${name}=${this.#template()}\n`;
    if (kind < 6) {
      const escaped = this.#pick(['', '\\n', '\\t', '\\$A', '\\"', '\\\\', '\\0101', '\\q']);
      return `${name}="${this.#template().replaceAll('"', '')}${escaped}"\n`;
    }
    if (kind < 8) return `${name}='${this.#template().replaceAll("'", '')}'${this.#pick([' # c', '', ' '])}\n`;
    const forms = [
      `export ${name}=${this.#template()}\n`,
      `# comment ${name}=1\n\n`,
      `${name} = spaced # comment\n`,
      `${name}\n`,
      `${name}: yaml style\n`,
      `${name}=a#b\r\n`,
      `${name}="multi\nline ${this.#reference(0)}"\n`,
    ];
    return forms[kind - 8] as string;
  }
}
