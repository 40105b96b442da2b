// Where shell commands stand in files: scripts, Markdown fences, Makefiles, Dockerfiles, YAML of pipelines and Compose, package.json.
import type { SourceFile } from '../language.ts';
import { nameOf } from '../text/file-id.ts';
import type { ShellText } from './shell.ts';

/** Shell texts of a file, in order; none for a file that is no place for commands. */
export function shellTextsOf({ id, text }: SourceFile): readonly ShellText[] {
  const name = nameOf(id);
  if (/\.(sh|bash|zsh|ksh|command|bats)$|^\.(bash|zsh)?(rc|profile|_profile|aliases)$|^\.envrc$/i.test(name)) return [whole(text)];
  if (/\.(md|markdown|mdx)$/i.test(name)) return fencesOf(text);
  if (/^(gnu)?makefile$|\.mk$/i.test(name)) return linesOf(text, /^\t[@+-]*/);
  if (/^(docker|container)file(\..*)?$|\.(docker|container)file$/i.test(name))
    return linesOf(text, /^\s*(?:RUN|CMD|ENTRYPOINT|HEALTHCHECK.*?CMD)\s+(?!\[)(?:--\S+\s+)*/i);
  if (/\.ya?ml$/i.test(name)) return yamlLinesOf(text);
  if (name === 'package.json') return scriptsOf(text);
  return /^#!.*\b(?:ba|da|z|k)?sh\b/.test(text) ? [whole(text)] : [];
}

function whole(text: string): ShellText {
  return { text, offsetOf: index => index };
}

function part(text: string, start: number, end: number): ShellText {
  return { text: text.slice(start, end), offsetOf: index => start + index };
}

const shellFence = /^(sh|bash|zsh|shell|console|terminal|shell-session|shellsession|sh-session|)$/i;

/** Fences of shells, and those without a language. Prompts are left out, and so is what a console answered. */
function fencesOf(text: string): readonly ShellText[] {
  const texts: ShellText[] = [];
  const fence = /^([ \t]*(?:[-*+>]\s+)?)(`{3,}|~{3,})[ \t]*([\w-]*)[^\n]*\n([\s\S]*?)(?:^[ \t>]*\2[`~]*[ \t]*$|$(?![\s\S]))/gm;
  for (const match of text.matchAll(fence)) {
    if (!shellFence.test(match[3] ?? '')) continue;
    const body = match[4] ?? '';
    const start = match.index + match[0].indexOf('\n') + 1;
    const prompts = /^[ \t>]*(?:\$|%|\u276F|[\w.@~:/-]*[$#])[ \t]+/;
    texts.push(
      ...(body.split('\n').some(line => prompts.test(line))
        ? promptedLines(text, start, start + body.length, prompts)
        : [part(text, start, start + body.length)]),
    );
  }
  return texts;
}

function promptedLines(text: string, start: number, end: number, prompt: RegExp): readonly ShellText[] {
  return linesOf(text.slice(start, end), prompt).map(one => ({ text: one.text, offsetOf: index => start + one.offsetOf(index) }));
}

/** Lines that begin with a prefix, which is left out, with the lines that continue them. */
function linesOf(text: string, prefix: RegExp): readonly ShellText[] {
  const texts: ShellText[] = [];
  let at = 0;
  while (at < text.length) {
    const before = prefix.exec(text.slice(at, endOf(text, at)))?.[0];
    let end = endOf(text, at);
    if (before !== undefined) {
      while (/\\\r?$/.test(text.slice(at, end)) && end < text.length) end = endOf(text, end + 1);
      texts.push(part(text, at + before.length, end));
    }
    at = end + 1;
  }
  return texts;
}

function endOf(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Every line by itself: commands stand behind keys, behind dashes and in block texts, and what is no command has no known name. */
function yamlLinesOf(text: string): readonly ShellText[] {
  return linesOf(text, /^[ \t]*(?:- +)*(?:["']?[\w.-]+["']?: +)?(?:[|>][+-]?[ \t]*$|["'](?=[^"']*$)|)/);
}

/** Values of `scripts`; their escapes are undone. */
function scriptsOf(text: string): readonly ShellText[] {
  const scripts = /"scripts"\s*:\s*\{([^}]*)\}/.exec(text);
  if (!scripts) return [];
  const from = scripts.index + scripts[0].indexOf('{') + 1;
  return [...(scripts[1] as string).matchAll(/"(?:[^"\\]|\\.)*"\s*:\s*"((?:[^"\\]|\\.)*)"/g)].map(match => {
    const start = from + match.index + match[0].length - 1 - (match[1] as string).length;
    return unescaped(match[1] as string, start);
  });
}

/** A JSON string without its quotes. */
function unescaped(raw: string, start: number): ShellText {
  let text = '';
  const offsets: number[] = [];
  for (let i = 0; i < raw.length; i++) {
    offsets.push(start + i);
    if (raw[i] !== '\\') text += raw[i];
    else if (raw[i + 1] === 'u') {
      text += String.fromCharCode(Number.parseInt(raw.slice(i + 2, i + 6), 16) || 0);
      i += 5;
    } else {
      text += ({ n: '\n', t: '\t', r: '\r' } as Record<string, string>)[raw[i + 1] as string] ?? raw[i + 1];
      i++;
    }
  }
  return { text, offsetOf: index => offsets[index] ?? start + raw.length };
}
