/** How one caller asked for dates. */
export interface DateStyle {
  /** Minutes east of UTC. */
  offsetMinutes: number;
  includeOffset: boolean;
}

/**
 * Without an `SO-TimeZone` header dates come in the tenant's own time zone and without an offset.
 * The tenant's is not UTC on purpose: whoever takes a bare date for UTC is an hour wrong.
 */
export const tenantDates: DateStyle = { offsetMinutes: 60, includeOffset: false };

/** Reads `SO-TimeZone: UTC, includeTZOffset`. Of the time zone codes it knows UTC and GMT alone. */
export function readDateStyle(header: string | undefined): DateStyle {
  const parts = (header ?? '').split(',').map((part) => part.trim().toLowerCase());
  return {
    offsetMinutes: parts.includes('utc') || parts.includes('gmt') ? 0 : tenantDates.offsetMinutes,
    includeOffset: parts.includes('includetzoffset'),
  };
}

/** One date on the wire. An unset one is year 1, never null. */
export function toWireDate(at: number | null, style: DateStyle): string {
  if (at === null) return `0001-01-01T00:00:00${style.includeOffset ? 'Z' : ''}`;
  const local = new Date(at + style.offsetMinutes * 60_000).toISOString().slice(0, 19);
  return style.includeOffset ? `${local}${offset(style.offsetMinutes)}` : local;
}

function offset(minutes: number): string {
  if (minutes === 0) return 'Z';
  const pad = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}
