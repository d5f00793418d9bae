import * as v from 'valibot';

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/i;

/**
 * The moment an RFC 3339 `date-time` names, in epoch milliseconds; undefined where the text is none.
 * Date.parse alone will not do: it takes dates without an offset, and the 30th of February.
 */
export function instantOf(text: string): number | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [offsetHours, offsetMinutes] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60 || offsetHours > 23 || offsetMinutes > 59) {
    return undefined;
  }

  // setUTCFullYear, because Date.UTC reads the years 0 to 99 as 1900 to 1999.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A day that the month does not have lies in another month.
  if (date.getUTCMonth() !== month - 1) return undefined;

  const offset = (match[8] === '-' ? -1 : 1) * (offsetHours * 60 + offsetMinutes);
  const minuteStart = date.getTime() + (hour * 60 + minute - offset) * 60_000;
  // A leap second exists at 23:59 UTC only.
  if (second === 60 && new Date(minuteStart).toISOString().slice(11, 16) !== '23:59') {
    return undefined;
  }
  const milliseconds = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000);
  return minuteStart + second * 1000 + milliseconds;
}

const expectedDateTime = 'an RFC 3339 date and time with offset, e.g. 2026-11-22T09:15:00Z';

/** Text that names a moment. JSON Schema's word for it goes along as metadata. */
export const dateTime = v.pipe(
  v.string(expectedDateTime),
  v.check((text) => instantOf(text) !== undefined, expectedDateTime),
  v.metadata({ format: 'date-time' }),
);
