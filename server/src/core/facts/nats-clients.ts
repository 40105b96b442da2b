// How programs use NATS: the calls of its client libraries, language by language.
import table from './nats-clients.json';

export type SourceSyntax = 'go' | 'typescript' | 'python' | 'java' | 'rust' | 'csharp';

/** What a variable of a program holds. */
export type ClientObject = 'connection' | 'jetstream' | 'service' | 'group';

/** How a program says who it is: by a user's name or public key, by a file of credentials, or by something that names nobody. */
export type LoginKind = 'user' | 'credentials' | 'other';

/** What a call does; `service` starts a service, `endpoint` adds one of its subjects. */
export type ClientCall = 'publish' | 'request' | 'subscribe' | 'respond' | 'stream' | 'filter' | 'service' | 'endpoint';

export interface CallFact {
  readonly methods: readonly string[];
  readonly use: ClientCall;
  /** Index of the subject among the arguments, a leading context not counted. */
  readonly argument: number;
  /** Names by which the subject may be given. */
  readonly names: readonly string[];
  /** Index of the queue group among the arguments. */
  readonly queue: number | undefined;
  readonly queueNames: readonly string[];
  /** Names that must stand in front of the method; undefined: an object that is a connection or JetStream. */
  readonly on: readonly string[] | undefined;
  /** What the chain of calls begins with whose last one this is. */
  readonly chain: string | undefined;
  /** A name whose presence in the chain gives the subject another beginning, which is not seen from here. */
  readonly unless: string | undefined;
  /** Whether it is a function or constructor, with nothing in front. */
  readonly bare: boolean;
  /** Whether every argument is a subject. */
  readonly all: boolean;
}

export interface FieldFact {
  readonly names: readonly string[];
  /** Of what it must be a field: tested on the path in front of the bracket. */
  readonly within: RegExp;
  readonly use: ClientCall;
}

export interface ClientFacts {
  readonly syntax: SourceSyntax;
  readonly imports: RegExp;
  readonly calls: ReadonlyMap<string, readonly CallFact[]>;
  readonly fields: ReadonlyMap<string, readonly FieldFact[]>;
  /** By the last part of the path of a function or type, the whole paths and what they give. Nothing stands in front of a path with `^`. */
  readonly makers: ReadonlyMap<string, readonly (readonly [path: string, kind: ClientObject])[]>;
  readonly types: ReadonlyMap<string, readonly (readonly [path: string, kind: ClientObject])[]>;
  readonly logins: {
    readonly calls: ReadonlyMap<string, readonly (readonly [path: string, kind: LoginKind])[]>;
    readonly fields: ReadonlyMap<string, LoginKind>;
    readonly within: RegExp;
  };
  readonly inboxPrefixes: ReadonlySet<string>;
}

type Row = (typeof table.languages)[number];
type CallRow = Partial<CallFact> & Pick<CallFact, 'methods' | 'use'>;

const lastOf = (path: string) => path.slice(path.lastIndexOf('.') + 1).replace('^', '');

function grouped<Key, Item>(pairs: Iterable<readonly [Key, Item]>): ReadonlyMap<Key, readonly Item[]> {
  const map = new Map<Key, Item[]>();
  for (const [key, item] of pairs) map.set(key, [...(map.get(key) ?? []), item]);
  return map;
}

function byPath<Kind>(paths: Iterable<readonly [path: string, kind: Kind]>) {
  return grouped([...paths].map(pair => [lastOf(pair[0]), pair] as const));
}

function byKind(kinds: Readonly<Record<string, readonly string[]>>) {
  return byPath(Object.entries(kinds).flatMap(([kind, paths]) => paths.map(path => [path, kind as ClientObject] as const)));
}

function factsOf(row: Row): ClientFacts {
  const calls = (row.calls as readonly CallRow[]).map(call => ({
    argument: 0,
    names: ['subject'],
    queue: undefined,
    queueNames: [],
    on: undefined,
    chain: undefined,
    unless: undefined,
    bare: false,
    all: false,
    ...call,
  }));
  const fields = row.fields.map(field => ({ names: field.names, within: new RegExp(field.within), use: field.use as ClientCall }));
  return {
    syntax: row.syntax as SourceSyntax,
    imports: new RegExp(row.imports, 'm'),
    calls: grouped(calls.flatMap(call => call.methods.map(method => [method, call] as const))),
    fields: grouped(fields.flatMap(field => field.names.map(name => [name, field] as const))),
    makers: byKind(row.makers),
    types: byKind(row.types),
    logins: {
      calls: byPath(Object.entries(row.logins.calls as Record<string, LoginKind>)),
      fields: new Map(Object.entries(row.logins.fields as Record<string, LoginKind>)),
      within: new RegExp(row.logins.within),
    },
    inboxPrefixes: new Set(row.inboxPrefixes),
  };
}

const byExtension = new Map<string, ClientFacts>();
for (const row of table.languages) {
  const facts = factsOf(row);
  for (const extension of row.extensions) byExtension.set(extension, facts);
}

/** The client library of the language in which files of this name are written; undefined where none is known. */
export function clientFacts(fileName: string): ClientFacts | undefined {
  return byExtension.get(fileName.slice(fileName.lastIndexOf('.') + 1));
}

const brokerNames = new RegExp(table.otherBrokers, 'i');
const brokerImports = new RegExp(
  `^[^\\n]*\\b(?:import|from|using|use|require)\\b[^\\n]*(?:${table.otherBrokers})|^\\s*(?:\\w+\\s+)?"[^"\\n]*(?:${table.otherBrokers})[^"\\n]*"\\s*$`,
  'im',
);

/** Whether a program imports a library with calls of the same names that has nothing to do with NATS. */
export function importsOtherBroker(text: string): boolean {
  return brokerNames.test(text) && brokerImports.test(text);
}
