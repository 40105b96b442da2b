// Many subject patterns at once: which of ten thousand match a subject is answered without looking at each of them.

interface Node<Value> {
  /** By token; `*` and `>` stand among them. */
  readonly next: Map<string, Node<Value>>;
  readonly values: Value[];
}

/** Patterns, each with a value of the caller's. Patterns that are no valid subjects match nothing. */
export class SubjectIndex<Value> {
  readonly #root: Node<Value> = emptyNode();

  add(pattern: string, value: Value): void {
    let node = this.#root;
    for (const token of pattern.split('.')) {
      let next = node.next.get(token);
      if (!next) {
        next = emptyNode();
        node.next.set(token, next);
      }
      node = next;
    }
    node.values.push(value);
  }

  /** Values of the patterns that match a subject whose characters all stand for themselves. In no particular order. */
  matching(subject: string): readonly Value[] {
    const tokens = subject.split('.');
    const found: Value[] = [];
    if (!tokens.includes('')) collect(this.#root, tokens, 0, found);
    return found;
  }

  /** Values of the patterns that match a subject that `pattern` matches as well. In no particular order. */
  overlapping(pattern: string): readonly Value[] {
    const tokens = pattern.split('.');
    const found: Value[] = [];
    if (!tokens.includes('')) collectOverlapping(this.#root, tokens, 0, found);
    return found;
  }
}

function emptyNode<Value>(): Node<Value> {
  return { next: new Map(), values: [] };
}

function collect<Value>(node: Node<Value>, tokens: readonly string[], at: number, found: Value[]): void {
  const token = tokens[at];
  if (token === undefined) {
    found.push(...node.values);
    return;
  }
  found.push(...(node.next.get('>')?.values ?? []));
  const any = node.next.get('*');
  if (any) collect(any, tokens, at + 1, found);
  // Where the text itself says `*` or `>`, the pattern of the same words has been looked at.
  const same = token === '*' || token === '>' ? undefined : node.next.get(token);
  if (same) collect(same, tokens, at + 1, found);
}

function collectOverlapping<Value>(node: Node<Value>, tokens: readonly string[], at: number, found: Value[]): void {
  const token = tokens[at];
  if (token === undefined) {
    found.push(...node.values);
    return;
  }
  if (token === '>') {
    collectAll(node, found);
    return;
  }
  found.push(...(node.next.get('>')?.values ?? []));
  for (const [word, next] of node.next) {
    if (word !== '' && word !== '>' && (token === '*' || word === '*' || word === token)) collectOverlapping(next, tokens, at + 1, found);
  }
}

/** Values of everything below. */
function collectAll<Value>(node: Node<Value>, found: Value[]): void {
  for (const [word, next] of node.next) {
    if (word === '') continue;
    found.push(...next.values);
    collectAll(next, found);
  }
}
