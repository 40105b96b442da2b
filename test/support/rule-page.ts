// Reads the executable page of a rule: which texts it shows, what is found in them, and what the fix makes of them.
//
// A page is Markdown. Under "Example", "Use instead", "Configuration" and "Cases" stand scenarios: one fence for each file, with
// nothing between them, then (except under "Use instead", where nothing may be found) a `findings` fence, then any number of `fixed` fences.
//   ```nats-conf file=nats.conf          language and file name; further words: language=ID now=ISO-TIME natsServer=2.10,
//                                        and for a file on a disk tracking=kept|ignored|outside mode=0644|0600
//   ```findings                          one line for each finding: [file:]line:column «text» message   (1-based, column in UTF-16 units)
//   ```fixed Title of the fix            a file's text after the fix with that title (default: the first fix of the first finding);
//                                        `fixed file=.env Title` where another file changes

export interface PageFile {
  readonly name: string;
  readonly text: string;
  readonly options: ReadonlyMap<string, string>;
}

export interface Fence {
  /** Offset of the first character of the content in the page. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Fixed extends Fence {
  /** Undefined: the scenario's first file. */
  readonly file: string | undefined;
  /** Undefined: the first fix of the first finding. */
  readonly title: string | undefined;
}

export interface Scenario {
  readonly section: string;
  /** 1-based line of the page. */
  readonly line: number;
  readonly files: readonly PageFile[];
  /** Undefined under "Use instead" and where the page shows no result: nothing may be found. */
  readonly findings: Fence | undefined;
  readonly fixed: readonly Fixed[];
}

export interface RulePage {
  readonly id: string;
  readonly sections: readonly string[];
  readonly scenarios: readonly Scenario[];
}

const defaultNames: Record<string, string> = {
  'nats-conf': 'nats.conf',
  yaml: 'compose.yaml',
  dotenv: '.env',
  sh: 'request.sh',
  text: 'notes.txt',
  json: 'data.json',
};

export function parseRulePage(text: string): RulePage {
  const scenarios: Scenario[] = [];
  const sections: string[] = [];
  let section = '';
  let open: { section: string; line: number; files: PageFile[]; findings?: Fence; fixed: Fixed[] } | undefined;
  const close = () => {
    if (open) scenarios.push({ ...open, findings: open.findings });
    open = undefined;
  };
  let lastEnd = 0;
  const token = /^## (.*)$|^(`{3,})([^\n`]*)\n([\s\S]*?)^\2[ \t]*$/gm;
  for (const match of text.matchAll(token)) {
    if (match[1] !== undefined) {
      close();
      section = match[1].trim();
      sections.push(section);
      continue;
    }
    const info = (match[3] as string).trim();
    const content = match[4] as string;
    const start = match.index + (match[2] as string).length + (match[3] as string).length + 1;
    const fence = { start, end: start + content.length, text: content };
    const adjacent = text.slice(lastEnd, match.index).trim() === '';
    lastEnd = match.index + match[0].length;
    const [language = '', ...words] = info.split(/\s+/);
    if (language === 'findings') {
      if (!open || open.findings) throw new Error(`a findings fence without a text before it, line ${lineOf(text, match.index)}`);
      open.findings = fence;
    } else if (language === 'fixed') {
      if (!open?.findings) throw new Error(`a fixed fence without findings before it, line ${lineOf(text, match.index)}`);
      const file = words[0]?.startsWith('file=') ? words.shift()?.slice('file='.length) : undefined;
      open.fixed.push({ ...fence, file, title: words.join(' ') || undefined });
    } else if (words.includes('ignore') || !['Example', 'Use instead', 'Configuration', 'Cases'].includes(section)) {
      // A fence that only illustrates.
    } else {
      if (open && (open.findings || !adjacent)) close();
      open ??= { section, line: lineOf(text, match.index), files: [], fixed: [] };
      const options = new Map(words.map(word => word.split(/=(.*)/s, 2) as [string, string]));
      open.files.push({ name: options.get('file') ?? defaultNames[language] ?? `example.${language}`, text: content, options });
    }
  }
  close();
  return { id: /^# (\S+)/m.exec(text)?.[1] ?? '', sections, scenarios };
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
