import { describe, expect, it } from '@jest/globals';
import { parseFilterPattern } from '../../../../stand-ins/cloudwatch-logs/filter-pattern.ts';

const line = JSON.stringify({
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  requestParameters: { name: 'trail "1"', logging: true },
  count: 5,
  nothing: null,
});

describe('parseFilterPattern', () => {
  it.each([
    ['', true],
    ['{ $.eventType = "UpdateTrail" }', true],
    ['{$.eventType="UpdateTrail"}', true],
    ['{ $.eventType = "updateTrail" }', false],
    ['{ $.eventType = "Update" }', false],
    ['{ $.sourceIPAddress = "111.111.*" }', true],
    ['{ $.sourceIPAddress = "111?111.*" }', false],
    ['{ $.eventType = "*" }', true],
    ['{ $.missing = "*" }', false],
    ['{ $.requestParameters.name = "trail*" }', true],
    ['{ $.nothing.name = "*" }', false],
    ['{ $.count = "5" }', false],
    ['{ ($.eventType = "x") || ($.eventType = "UpdateTrail") }', true],
    ['{ $.eventType = "x" && $.eventType = "*" || $.sourceIPAddress = "*" }', true],
    ['{ $.eventType = "x" && ($.eventType = "*" || $.sourceIPAddress = "*") }', false],
  ])('%s: %j', (pattern, matches) => {
    expect(parseFilterPattern(pattern)(line)).toBe(matches);
  });

  it.each(['START RequestId: 1', 'null', '["UpdateTrail"]', ''])(
    'finds nothing in what is no JSON object: %s',
    (other) => {
      expect(parseFilterPattern('{ $.eventType = "*" }')(other)).toBe(false);
    },
  );

  it.each([
    'ERROR',
    '{ }',
    '{ $.eventType }',
    '{ $.eventType = }',
    '{ $.eventType = "x" || }',
    '{ ($.eventType = "x" }',
    '{ $.eventType = "x") }',
    '{ eventType = "x" }',
    '{ $.eventType = x }',
    '{ $.count > 4 }',
  ])('refuses what it does not know: %s', (pattern) => {
    expect(() => parseFilterPattern(pattern)).toThrow();
  });
});
