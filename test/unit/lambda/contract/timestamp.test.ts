import { describe, expect, test } from '@jest/globals';
import { formatTimestamp, isTimeZone } from '../../../../lambda/contract/timestamp.ts';

const winterMs = Date.parse('2025-12-30T21:14:13.909Z');
const summerMs = Date.parse('2025-07-01T00:30:00.000Z');

describe('a timestamp is ISO 8601 with milliseconds in the asked zone', () => {
  test.each([
    [undefined, '2025-12-30T21:14:13.909Z'],
    ['UTC', '2025-12-30T21:14:13.909Z'],
    ['Asia/Seoul', '2025-12-31T06:14:13.909+09:00'],
    ['America/New_York', '2025-12-30T16:14:13.909-05:00'],
    ['Asia/Kolkata', '2025-12-31T02:44:13.909+05:30'],
    ['Asia/Kathmandu', '2025-12-31T02:59:13.909+05:45'],
    ['America/St_Johns', '2025-12-30T17:44:13.909-03:30'],
    ['Pacific/Kiritimati', '2025-12-31T11:14:13.909+14:00'],
    ['Etc/GMT+5', '2025-12-30T16:14:13.909-05:00'],
  ])('%p: %s', (timeZone, text) => {
    expect(formatTimestamp(winterMs, timeZone)).toBe(text);
    expect(Date.parse(text)).toBe(winterMs);
  });

  test.each([
    ['Europe/London', '2025-07-01T01:30:00.000+01:00'],
    ['America/New_York', '2025-06-30T20:30:00.000-04:00'],
    ['Australia/Lord_Howe', '2025-07-01T11:00:00.000+10:30'],
  ])('with the summer time of %s: %s', (timeZone, text) => {
    expect(formatTimestamp(summerMs, timeZone)).toBe(text);
  });
});

test('where a zone has the time of UTC, the offset is Z or +00:00', () => {
  expect(formatTimestamp(winterMs, 'Europe/London')).toMatch(/^2025-12-30T21:14:13\.909(?:Z|\+00:00)$/);
});

test.each(['UTC', 'Asia/Seoul', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'America/Port-au-Prince'])(
  '%s is a time zone',
  (name) => {
    expect(isTimeZone(name)).toBe(true);
  },
);

test.each(['', '+09:00', '-0500', 'Mars/Olympus', 'Asia/Seoul ', 'Asia/Seoul\n', '__proto__', 'A'.repeat(5000), '9'])(
  '%p is no time zone',
  (name) => {
    expect(isTimeZone(name)).toBe(false);
  },
);
