// As much of JSON Schema (draft 7) as our own schemas use; a keyword it does not know is an error, so that nothing passes unchecked.

type Schema = Record<string, unknown>;

/** What is wrong with `value`, one line each; empty when it is valid. */
export function violations(schema: Schema, value: unknown, root: Schema = schema, path = '$'): string[] {
  const found: string[] = [];
  const check = (ok: boolean, what: string) => void (ok || found.push(`${path}: ${what}`));
  for (const [keyword, wanted] of Object.entries(schema)) {
    switch (keyword) {
      case '$schema':
      case '$id':
      case 'title':
      case 'description':
      case 'definitions':
        break;
      case '$ref':
        found.push(...violations(definition(root, wanted as string), value, root, path));
        break;
      case 'type':
        check(typeOf(value) === wanted || (wanted === 'number' && typeOf(value) === 'integer'), `is ${typeOf(value)}, not ${wanted}`);
        break;
      case 'const':
        check(value === wanted, `is not ${wanted}`);
        break;
      case 'enum':
        check((wanted as unknown[]).includes(value), `${value} is none of ${(wanted as unknown[]).join(', ')}`);
        break;
      case 'minimum':
        check(typeof value !== 'number' || value >= (wanted as number), `is less than ${wanted}`);
        break;
      case 'minLength':
        check(typeof value !== 'string' || value.length >= (wanted as number), `is shorter than ${wanted}`);
        break;
      case 'pattern':
        check(typeof value !== 'string' || new RegExp(wanted as string).test(value), `does not match ${wanted}`);
        break;
      case 'items':
        if (Array.isArray(value)) value.forEach((item, i) => void found.push(...violations(wanted as Schema, item, root, `${path}[${i}]`)));
        break;
      case 'required':
        if (typeOf(value) === 'object') for (const key of wanted as string[]) check(key in (value as object), `has no ${key}`);
        break;
      case 'properties':
      case 'additionalProperties':
        if (keyword === 'properties' && typeOf(value) === 'object') found.push(...inProperties(schema, value as Schema, root, path));
        break;
      default:
        throw new Error(`the keyword ${keyword} is not supported`);
    }
  }
  return found;
}

function inProperties(schema: Schema, value: Schema, root: Schema, path: string): string[] {
  const known = schema.properties as Record<string, Schema>;
  return Object.entries(value).flatMap(([key, item]) => {
    const own = Object.hasOwn(known, key) ? known[key] : undefined;
    if (own) return violations(own, item, root, `${path}.${key}`);
    return schema.additionalProperties === false ? [`${path}: ${key} is unknown`] : [];
  });
}

function definition(root: Schema, pointer: string): Schema {
  const name = /^#\/definitions\/(\w+)$/.exec(pointer)?.[1];
  const found = name === undefined ? undefined : (root.definitions as Record<string, Schema>)[name];
  if (!found) throw new Error(`no definition ${pointer}`);
  return found;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
