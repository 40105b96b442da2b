// Recognises Compose files under other names: a map of services, one of which has an image or is built.

/** Lines that are looked at; services stand at the top of a file or nowhere. */
const mostLines = 400;

/** Whether a YAML text is a Compose file. Other programs have `services` too: as a list, or without images. */
export function looksLikeCompose(text: string): boolean {
  if (!/^services:[ \t]*(?:#.*)?$/m.test(text)) return false;
  let inside = false;
  let serviceIndent = 0;
  let keyIndent = 0;
  for (const line of text.split('\n', mostLines)) {
    const content = line.trim();
    if (content === '' || content.startsWith('#')) continue;
    const indent = line.length - line.trimStart().length;
    if (indent === 0) {
      inside = /^services:\s*(?:#.*)?$/.test(content);
      serviceIndent = 0;
      continue;
    }
    if (!inside) continue;
    if (serviceIndent === 0) serviceIndent = indent;
    if (indent === serviceIndent) {
      if (!/^["']?[\w.-]+["']?:/.test(content)) return false;
      keyIndent = 0;
    } else if (indent > serviceIndent) {
      if (keyIndent === 0) keyIndent = indent;
      if (indent === keyIndent && /^(?:image|build):(?:\s|$)/.test(content)) return true;
    }
  }
  return false;
}
