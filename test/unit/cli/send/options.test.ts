import { describe, expect, it } from '@jest/globals';
import { parseSendOptions } from '../../../../cli/send/options.ts';

const parse = (line: string) => parseSendOptions(line.split(' ').filter(Boolean));

describe('parseSendOptions', () => {
  it('reads an event from its words and flags', () => {
    const { events } = parse('648 ann --reason vip --source me --request-id r-1 --expires-in 5m');

    expect(events).toEqual({
      kind: 'one',
      event: {
        chatSessionId: 648,
        toAssociate: 'ann',
        reason: 'vip',
        source: 'me',
        requestId: 'r-1',
        expiresInSeconds: 300,
      },
    });
  });

  it('takes a number for an associate id, and leaves other words to the check of the event', () => {
    expect(parse('648 8').events).toMatchObject({ event: { chatSessionId: 648, toAssociate: 8 } });
    expect(parse('64b -- ann').events).toMatchObject({ event: { chatSessionId: '64b' } });
  });

  it.each([
    ['648 ann --wait', 360],
    ['648 ann --wait --expires-in 30s', 90],
    ['648 ann --wait --expires-in 30s --timeout 2m', 120],
    ['648 ann', undefined],
  ])('waits as long as it makes sense: %s', (line, seconds) => {
    expect(parse(line).waitSeconds).toBe(seconds);
  });

  it.each([
    ['--events f --trickle', 1.5],
    ['--trickle --events f', 1.5],
    ['--events f --trickle --wait', 1.5],
    ['--events f --trickle 3', 3],
    ['--events f --trickle=0.5', 0.5],
    ['--events f', undefined],
  ])('trickles at its own pace or the one it is given: %s', (line, perSecond) => {
    expect(parse(line).trickle?.perSecond).toBe(perSecond);
  });

  it.each([
    ['', 'such as 648 ann (a name with blanks in quotes); found nothing.'],
    ['648', 'found 648.'],
    ['648 ann ben', 'found 648 ann ben.'],
    ['648 ann --expires-in 5', '--expires-in: expected a time such as 90s, 5m or 1h; found "5".'],
    ['648 ann --timeout 5m', '--timeout: expected along with --wait; found without it.'],
    ['648 ann --wait --timeout x', '--timeout: expected a time'],
    ['648 ann --trickle', '--trickle: expected along with --events; found without it.'],
    ['--trickle 648 ann', '--trickle: expected along with --events; found without it.'],
    ['--events f --trickle 0', '--trickle: expected a number from 0.1 to 1000; found "0".'],
    ['--events f --trickle -1', '--trickle: expected a number from 0.1 to 1000; found "-1".'],
    ['--events f 648 ann', '--events: expected no chat and associate beside it; found 648 ann.'],
    ['--events=', '--events: expected a file, or -; found nothing.'],
    ['--events f --reason x', '--reason: expected in the events themselves; found with --events.'],
    ['--events f --expires-in 5m', '--expires-in: expected in the events themselves'],
    ['648 ann --stack=', '--stack: expected the name of a stack; found nothing.'],
    ['648 ann --dryrun', "Unknown option '--dryrun'. Did you mean --dry-run?"],
    ['648 ann --wait=5', "Option '--wait' does not take an argument"],
  ])('refuses "%s"', (line, says) => {
    expect(() => parse(line)).toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(says) }),
    );
  });
});
