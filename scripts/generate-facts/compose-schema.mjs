// Writes `facts/compose-schema.json`, the shapes that Compose accepts, from the JSON schema that Compose itself holds files against.
//   node scripts/generate-facts/compose-schema.mjs SOURCE VERSION     SOURCE: a checkout or an unpacked Go module of compose-spec/compose-go
// Descriptions are left out, `allOf` is resolved, and so is what Compose forgives: it drops repeated items of most lists before it looks.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bundle.mjs';

const [source, version] = process.argv.slice(2);
const { $defs: definitions, ...file } = JSON.parse(readFileSync(join(source, 'schema/compose-spec.json'), 'utf8'));

const kept = ['type', 'properties', 'patternProperties', 'additionalProperties', 'required', 'items', 'oneOf', 'enum', 'pattern'];
/** Lists of a service in which Compose refuses an item that stands twice. */
const withoutTwins = new Set([
  'depends_on',
  'device_cgroup_rules',
  'external_links',
  'extra_hosts',
  'group_add',
  'models',
  'networks',
  'security_opt',
]);

/** As long as a service, new and rarely met: that they are maps is all that is said of them. */
const beyond = new Set(['job', 'pre_start_hook']);

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
const head = `  "source": ${JSON.stringify(`compose-spec/compose-go ${version}, schema/compose-spec.json (Apache-2.0), without its descriptions`)}`;
const lines = Object.entries(shapes).map(([name, shape]) => `    ${JSON.stringify(name)}: ${JSON.stringify(shape)}`);
writeFileSync(`${root}server/src/core/facts/compose-schema.json`, `{\n${head},\n  "shapes": {\n${lines.join(',\n')}\n  }\n}\n`);
console.log(`${lines.length} shapes`);
