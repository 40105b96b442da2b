// Networks, times of day and time zones as Go's standard library reads them: what a user's JWT may be limited to.

/** Whether net.ParseCIDR takes a text: an address and the length of its prefix. */
export function isNetwork(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return false;
  const [address, length] = [text.slice(0, slash), text.slice(slash + 1)];
  if (!/^\d{1,3}$/.test(length)) return false;
  if (isAddress4(address)) return Number(length) <= 32;
  return isAddress6(address) && Number(length) <= 128;
}

/** Four decimal numbers without leading zeros. */
function isAddress4(text: string): boolean {
  const bytes = text.split('.');
  return bytes.length === 4 && bytes.every(byte => /^(0|[1-9]\d{0,2})$/.test(byte) && Number(byte) <= 255);
}

function isAddress6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups: string[] = [];
  for (const [i, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    const last = parts[parts.length - 1] as string;
    // The last four bytes may be written as an address of version 4.
    if (last.includes('.')) {
      if (i !== halves.length - 1 || !isAddress4(last)) return false;
      parts.splice(-1, 1, '0', '0');
    }
    groups.push(...parts);
  }
  if (!groups.every(group => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  if (text === '' || halves.length === 1) return groups.length === 8;
  return groups.length < 8;
}

/** Whether time.Parse takes a text as `15:04:05`: the hour may have one digit, the second a fraction. */
export function isTimeOfDay(text: string): boolean {
  return /^([01]?\d|2[0-3]):[0-5]\d:[0-5]\d([.,]\d+)?$/.test(text);
}

/** Whether time.LoadLocation finds a zone, as it does on Linux, where case matters. */
export function isTimeZone(text: string): boolean {
  if (text === '' || text === 'UTC' || text === 'Local') return true;
  if (!/^[A-Za-z]/.test(text) || text.includes('..')) return false;
  try {
    const canonical = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
    return canonical === text || canonical.toLowerCase() !== text.toLowerCase();
  } catch {
    return false;
  }
}
