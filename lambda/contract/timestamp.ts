/** Whether a name is an IANA time zone that this runtime knows. Plain offsets such as +09:00 are not. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) return false;
  try {
    offsetFormat(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** ISO 8601 with milliseconds in an IANA zone: 2025-12-19T14:24:00.000+09:00, and with Z in UTC. */
export function formatTimestamp(epochMs: number, timeZone: string | undefined): string {
  if (timeZone === undefined) return new Date(epochMs).toISOString();
  const offset = offsetAt(epochMs, timeZone);
  if (offset === 'Z') return new Date(epochMs).toISOString();
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  const offsetMs = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(epochMs + offsetMs).toISOString().replace('Z', offset);
}

function offsetAt(epochMs: number, timeZone: string): string {
  const parts = offsetFormat(timeZone).formatToParts(epochMs);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  // UTC has the one or the other name, depending on the ICU version.
  return name === 'GMT' || name === 'GMT+00:00' ? 'Z' : name.replace('GMT', '');
}

function offsetFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
}
