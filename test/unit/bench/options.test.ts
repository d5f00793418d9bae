import { describe, expect, it } from '@jest/globals';
import { parts, readOptions } from '../../../bench/options.ts';

describe('readOptions', () => {
  it('measures every part unless told otherwise', () => {
    expect(readOptions([])).toMatchObject({ only: [...parts], isQuick: false });
    expect(readOptions(['--quick', '--only=size,cost'])).toMatchObject({
      only: ['size', 'cost'],
      isQuick: true,
    });
  });

  it('knows --help', () => {
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it('names a part it does not know', () => {
    expect(() => readOptions(['--only', 'size,speed'])).toThrow(
      'expected some of size,cold,first,warm,latency,burst,faults,cost,offers; found "speed".',
    );
  });
});
