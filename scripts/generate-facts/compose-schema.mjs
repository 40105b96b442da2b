// Writes `facts/compose-schema.json`, the shapes that Compose accepts, from the JSON schema that Compose itself holds files against.
//   node scripts/generate-facts/compose-schema.mjs SOURCE VERSION     SOURCE: a checkout or an unpacked Go module of compose-spec/compose-go
// Descriptions are left out, `allOf` is resolved, and so is what Compose forgives: it drops repeated items of most lists before it looks.
// The types of its Go fields say what text must hold where the schema takes any (`holds`): a size, a duration, a number in quotes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bundle.mjs';

const [source, version] = process.argv.slice(2);
const { $defs: definitions, ...file } = JSON.parse(readFileSync(join(source, 'schema/compose-spec.json'), 'utf8'));

const kept = ['type', 'properties', 'patternProperties', 'additionalProperties', 'required', 'items', 'oneOf', 'enum', 'pattern'];
/** Lists in which Compose refuses an item that stands twice. */
const withoutTwins = new Set([
  'additional_contexts',
  'capabilities',
  'depends_on',
  'device_cgroup_rules',
  'device_ids',
  'external_links',
  'extra_hosts',
  'group_add',
  'models',
  'networks',
  'no_cache_filter',
  'security_opt',
]);

/** Where the code behind the schema, or that of an earlier release, asks for less or more than the schema says. */
function amend({ container_spec, workload_spec, extra_hosts, service }) {
  const properties = { ...container_spec.properties, ...workload_spec.properties, ...service.properties };
  // `include` is taken out before the file is held against the schema.
  const paths = { oneOf: [{ $ref: '#/$defs/string_or_list' }, { type: 'null' }] };
  definitions.include = { oneOf: [{ type: 'string' }, { type: 'object', properties: { path: paths, env_file: paths } }, { type: 'null' }] };
  properties.extends.oneOf[1].properties.file.type = ['string', 'null'];
  properties.pid.type = 'string';
  // Fractions of ports and groups pass the schema alone.
  for (const { items } of [properties.expose, properties.group_add]) items.type = ['string', 'integer'];
  const [number, , port] = properties.ports.items.oneOf;
  number.type = 'integer';
  port.required = ['target'];
  properties.devices.items.oneOf[1].required = ['source', 'target'];
  // Earlier releases take numbers here.
  const [address] = extra_hosts.oneOf[0].patternProperties['.+'].oneOf;
  address.type = ['string', 'number', 'boolean', 'null'];
}
amend(definitions);

/** As long as a service, new and rarely met: that they are maps is all that is said of them. */
const beyond = new Set(['job', 'pre_start_hook']);

/** What the text of a field must hold, by its Go type. */
const holdings = {
  ...{ UnitBytes: 'size', Duration: 'duration', DeviceCount: 'count', FileMode: 'mode', string: 'text' },
  ...{ int: 'integer', int64: 'integer', uint16: 'natural', uint32: 'natural', uint64: 'natural' },
  ...{ float32: 'number', NanoCPUs: 'number' },
};

const go = readdirSync(join(source, 'types'))
  .filter(name => name.endsWith('.go') && !name.endsWith('_test.go'))
  .map(name => readFileSync(join(source, 'types', name), 'utf8'))
  .join('\n');

/** Go types of the fields of a struct by their names in YAML, those of embedded structs too. */
function fieldsOf(struct) {
  const body = new RegExp(`^type ${struct} struct \\{\\n(.*?)^\\}`, 'ms').exec(go)?.[1];
  if (body === undefined) {
    const other = new RegExp(`^type ${struct} (\\w+)$`, 'm').exec(go)?.[1];
    return other && other !== struct ? fieldsOf(other) : new Map();
  }
  const fields = new Map();
  for (const [, embedded] of body.matchAll(/^\t(\w+)\s+`yaml:",inline"/gm)) for (const field of fieldsOf(embedded)) fields.set(...field);
  for (const [, field, type, name] of body.matchAll(/^\t(\w+)[ \t]+([^\s`]+)(?:\s+`.*?(?:yaml:"(\w+)|`))?/gm))
    fields.set(name ?? field.toLowerCase(), type);
  return fields;
}

/** What a list or map of a Go type holds; the type itself for others. */
function elementOf(type = '') {
  const named = new RegExp(`^type ${type.replace(/\W/g, '')} ((?:map\\[string\\]|\\[\\])\\S+)$`, 'm').exec(go)?.[1];
  return (named ?? type).replace(/^(?:\*|\[\]|map\[string\])+/, '');
}

/** Adds `holds` to the fields of a shape whose Go type is known, and below. */
function withHoldings(shape, type) {
  if (!shape || typeof shape !== 'object') return;
  if (shape.$ref) {
    const name = shape.$ref;
    if (visited.has(name)) return;
    visited.add(name);
    withHoldings(shapes[name], type);
    return;
  }
  const element = elementOf(type);
  const fields = fieldsOf(element);
  for (const [name, part] of Object.entries(shape.properties ?? {})) {
    const own = fields.get(name)?.replace('*', '');
    const text = [part, ...(part.oneOf ?? [])].find(({ type }) => [type].flat().includes('string'));
    if (holdings[own] && text && !text.enum && !text.pattern) text.holds = holdings[own];
    else if (own) withHoldings(part, own);
  }
  for (const part of Object.values(shape.patternProperties ?? {})) {
    withHoldings(part, element);
    // The short form of a map, which is one of its fields.
    const short = part.oneOf?.find(({ type }) => [type].flat().includes('string'));
    if (short && holdings[fields.get('single')]) short.holds = holdings[fields.get('single')];
  }
  for (const part of [shape.items, ...(shape.oneOf ?? [])]) withHoldings(part, element);
}
const visited = new Set();

/** The shape without what only people read. Under a key of `withoutTwins`, definitions are written out, since others share them. */
function shapeOf(schema, strictly = false) {
  if (schema.$ref) {
    const name = schema.$ref.replace('#/$defs/', '');
    if (beyond.has(name)) return { type: 'object' };
    return strictly ? shapeOf(definitions[name], true) : { $ref: name };
  }
  const whole = schema.allOf ? merged(schema) : schema;
  const shape = {};
  for (const key of [...kept, 'minimum', 'maximum']) if (whole[key] !== undefined) shape[key] = whole[key];
  for (const key of ['properties', 'patternProperties']) {
    if (!shape[key]) continue;
    shape[key] = Object.fromEntries(Object.entries(shape[key]).map(([name, part]) => [name, shapeOf(part, withoutTwins.has(name))]));
  }
  if (shape.items) shape.items = shapeOf(shape.items);
  if (shape.oneOf) shape.oneOf = shape.oneOf.map(part => shapeOf(part, strictly));
  if (isTextOfBoolean(whole)) shape.type = whole.type.filter(type => type !== 'string');
  if (strictly && whole.uniqueItems) shape.uniqueItems = true;
  return shape;
}

/** Text is accepted there, and then read as a boolean; what is none is refused by the next step. Attestations are told by `provenance` and `sbom`. */
function isTextOfBoolean({ type, description = '' }) {
  if (!Array.isArray(type) || / attestation$/.test(description)) return false;
  return type.includes('boolean') && type.includes('string') && !type.includes('number');
}

/** `allOf` with `unevaluatedProperties: false` is one map with the keys of all. */
function merged({ allOf, unevaluatedProperties, ...own }) {
  const parts = [...allOf.map(({ $ref }) => definitions[$ref.replace('#/$defs/', '')]), own];
  const all = key => Object.assign({}, ...parts.map(part => part[key]));
  return {
    type: 'object',
    ...own,
    properties: all('properties'),
    patternProperties: all('patternProperties'),
    additionalProperties: false,
  };
}

const shapes = { file: shapeOf(file) };
const used = new Set();
const follow = shape => {
  const name = shape?.$ref;
  if (name && !used.has(name)) {
    used.add(name);
    shapes[name] = shapeOf(definitions[name]);
    follow(shapes[name]);
  }
  if (shape && typeof shape === 'object') for (const part of Object.values(shape)) follow(part);
};
follow(shapes.file);
withHoldings(shapes.service, 'ServiceConfig');
for (const [section, type] of Object.entries({
  network: 'NetworkConfig',
  volume: 'VolumeConfig',
  secret: 'SecretConfig',
  config: 'ConfigObjConfig',
  model: 'ModelConfig',
}))
  withHoldings(shapes[section], type);
const head = `  "source": ${JSON.stringify(`compose-spec/compose-go ${version}, schema/compose-spec.json (Apache-2.0), without its descriptions`)}`;
const lines = Object.entries(shapes).map(([name, shape]) => `    ${JSON.stringify(name)}: ${JSON.stringify(shape)}`);
writeFileSync(`${root}server/src/core/facts/compose-schema.json`, `{\n${head},\n  "shapes": {\n${lines.join(',\n')}\n  }\n}\n`);
console.log(`${lines.length} shapes`);
