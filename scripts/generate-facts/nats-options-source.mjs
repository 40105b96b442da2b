// Reads from nats-server's Go source which option names its configuration reader knows, function by function. Nothing but names is taken.

/** A function that goes over a map key by key says so by one of these; a switch over anything else is over a value. */
const keySwitch = /^(\t+)switch (?:strings\.ToLower\((k|mk|pk)\)|(k|kk)) \{$/;
const caseLabels = /^(\t+)case ((?:"[^"]*"(?:, )?)+):$/;
const literalLookup = /\b(v|m|latency|migrateConfig)\["([a-z_]+)"\]/g;

/** Functions, and sub-maps in them, that look keys up by name instead of going over the map. */
const lookups = { v: 'resolver', m: undefined, latency: 'latency', migrateConfig: 'migrate' };

/**
 * Option names by parse function: `parseCluster -> [["host", "net"], …]`, aliases together. A second map inside of a function is
 * `function/variable`, and maps that are read by literal lookups are `resolver`, `latency`, `migrate`.
 */
export function readOptions(source) {
  const found = new Map();
  const add = (parser, labels) => {
    const groups = found.get(parser) ?? found.set(parser, []).get(parser);
    if (!groups.some(group => group.join() === labels.join())) groups.push(labels);
  };
  let current;
  let open = [];
  for (const line of source.split('\n')) {
    const start = /^func (?:\([^)]*\) )?(\w+)\(/.exec(line);
    if (start) [current, open] = [start[1], []];
    if (!current || !/^(parse|processConfigFileLine)/.test(current)) continue;
    const opened = keySwitch.exec(line);
    if (opened) {
      const variable = opened[2] ?? opened[3];
      const depth = opened[1].length;
      open = open.filter(one => one.depth < depth);
      open.push({ depth, parser: nameOf(current, variable, opened[2] === undefined) });
      continue;
    }
    const labels = caseLabels.exec(line);
    const inner = labels && open.find(one => one.depth === labels[1].length);
    if (inner)
      add(
        inner.parser,
        [...labels[2].matchAll(/"([^"]*)"/g)].map(match => match[1]),
      );
    for (const [, map, key] of line.matchAll(literalLookup)) if (lookups[map]) add(lookups[map], [key]);
  }
  return found;
}

/** `k` and `mk` are the map that a function is for; `pk` and switches without lower-casing are maps inside of it. */
function nameOf(parser, variable, exact) {
  if (variable === 'pk') return `${parser}/proxy`;
  if (!exact) return parser;
  return variable === 'kk' ? `${parser}/ocsp` : `${parser}/certs`;
}
