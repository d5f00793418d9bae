import { describe, expect, it } from '@jest/globals';
import { explain } from '../../../../cli/send/explanation.ts';
import { logged } from '../../../support/logged.ts';

describe('explain', () => {
  it.each([
    [
      'a chat of somebody else',
      { outcome: 'not-applied', cause: 'owned-by-another', userId: 12, actingAsId: 31 },
      "chat 648 is associate 12's; the credential is associate 31's: the transfer did nothing",
    ],
    [
      'somebody else who is asked',
      { outcome: 'not-applied', cause: 'other-transfer-pending', transferToId: 9 },
      'associate 9 has been asked to take chat 648, and has not answered: the transfer did nothing',
    ],
    [
      'a chat whose owner was not shown',
      { outcome: 'not-applied', cause: 'owned-by-another', actingAsId: 31 },
      "somebody else's chat; session.user says whose, actingAs whose credential was used",
    ],
    ['an associate who is asked', {}, 'the associate is asked, and has to accept'],
  ])('says whose chat and whose credential it is, where the log has it: %s', (_, given, says) => {
    expect(explain({ chatSessionId: 648 }, logged(given)).happened).toBe(says);
  });

  it('says of a dry run what a transfer would do', () => {
    const line = logged({
      outcome: 'not-applied',
      cause: 'owned-by-another',
      userId: 12,
      actingAsId: 31,
    });

    expect(explain({ chatSessionId: 648, dryRun: true }, line)).toEqual({
      happened:
        "chat 648 is associate 12's; the credential is associate 31's: a transfer would do nothing",
      doNow: "use the owner's credential, or ask the owner",
      lastError: null,
    });
  });

  it('says what was in the way of an event that ran out of time, and who mends that', () => {
    const line = logged({ outcome: 'expired', error: 'unauthorized', httpStatus: 401 });

    expect(explain({ chatSessionId: 648 }, line)).toMatchObject({
      happened: 'the time was over, and it was surely not applied',
      lastError:
        'unauthorized: the secret cannot be used; SuperOffice refuses the credential (mended by: whoever keeps the credential: operations)',
    });
  });

  it.each([
    [{ outcome: 'failed', error: 'http-403', httpStatus: 403 }, 'SuperOffice refused for good'],
    [{ outcome: 'gone-fishing', error: 'http-403' }, null],
  ])('names an error that there are no words for: %j', (given, happened) => {
    expect(explain({ chatSessionId: 648 }, logged(given))).toMatchObject({
      happened,
      lastError: 'http-403',
    });
  });
});
