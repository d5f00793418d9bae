import { describe, expect, it } from '@jest/globals';
import { isMalformed, isUnexpectedError, malformedLogLines } from '../../../promises/log-lines.ts';
import { keptRecord } from '../../support/run-records.ts';

describe('isMalformed', () => {
  it.each([
    ['{"level":"INFO"}', false],
    ['{"level":"IN', true],
    ['INFO', true],
    ['7', true],
    ['null', true],
  ])('judges %s', (line, expected) => {
    expect(isMalformed(line)).toBe(expected);
  });
});

describe('isUnexpectedError', () => {
  it.each([
    ['{"message":"an attempt broke off unexpectedly"}', true],
    ['{"message":"the ticket was refused"}', false],
  ])('judges %s', (line, expected) => {
    expect(isUnexpectedError(line)).toBe(expected);
  });
});

describe('malformedLogLines', () => {
  it.each([
    ['none', [], 0],
    ['one', ['INFO'], 1],
  ])('judges %s', (_, lines, breaches) => {
    expect(malformedLogLines(keptRecord({ malformedLogLines: lines }))).toHaveLength(breaches);
  });
});
