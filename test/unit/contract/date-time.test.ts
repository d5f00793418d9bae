import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf } from '../../../contract/date-time.ts';

describe('instantOf', () => {
  it('reads back every moment that Date writes', () => {
    const dates = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });

    fc.assert(
      fc.property(dates, (date) => {
        expect(instantOf(date.toISOString())).toBe(date.getTime());
      }),
    );
  });

  it.each([
    ['2026-11-22T09:15:00+01:30', '2026-11-22T07:45:00.000Z'],
    ['2026-11-22T23:15:00-01:30', '2026-11-23T00:45:00.000Z'],
    ['2026-11-22t09:15:00z', '2026-11-22T09:15:00.000Z'],
    ['2026-11-22T09:15:00.1234567Z', '2026-11-22T09:15:00.123Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2017-01-01T00:59:60+01:00', '2017-01-01T00:00:00.000Z'],
  ])('reads %s', (text, moment) => {
    expect(instantOf(text)).toBe(Date.parse(moment));
  });

  it.each([
    '2026-11-22',
    '2026-11-22T09:15Z',
    '2026-11-22T09:15:00',
    '2026-11-22 09:15:00Z',
    '2026-11-22T09:15:00+0100',
    '2026-11-22T09:15:00.Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22T09:60:00Z',
    '2026-11-22T09:15:61Z',
    '2026-11-22T09:15:60Z',
    '2026-11-22T09:15:00+24:00',
    '2026-11-22T09:15:00+01:60',
    '2026-02-29T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-13-10T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '+02026-11-22T09:15:00Z',
    '2026-11-22T09:15:00Z\n',
    'tomorrow',
    '',
  ])('finds no moment in %j', (text) => {
    expect(instantOf(text)).toBeUndefined();
  });
});
