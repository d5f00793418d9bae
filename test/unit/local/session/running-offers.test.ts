import { describe, expect, it } from '@jest/globals';
import {
  createOfferNotices,
  runningOffers,
  statusOf,
} from '../../../../local/session/running-offers.ts';

const endsAt = new Date(2026, 10, 22, 19, 22, 30).getTime();
const asked = (toAssociate: string, answer: string | null = null) => ({ toAssociate, answer });
const body = (chatSessionId: number, who: object[], messageId = `m-${chatSessionId}`) =>
  JSON.stringify({
    carrier: { version: 1, messageId, event: { chatSessionId }, offer: { asked: who, endsAt } },
  });

describe('runningOffers', () => {
  it('finds the offers among what is on the queue, of each what is furthest', () => {
    const offers = runningOffers([
      '{"chatSessionId":640,"toAssociate":"ann"}',
      'no JSON',
      body(648, [asked('ann', 'declined'), asked('ben')]),
      body(641, [asked('cho')]),
      body(648, [asked('ann')]),
    ]);

    expect(offers).toEqual([
      { eventMessageId: 'm-641', chatSessionId: 641, asked: [asked('cho')], endsAt },
      {
        eventMessageId: 'm-648',
        chatSessionId: 648,
        asked: [asked('ann', 'declined'), asked('ben')],
        endsAt,
      },
    ]);
  });
});

describe('statusOf', () => {
  it.each([
    ['nobody, without an offer', [], ''],
    ['nobody, where all have answered', [body(648, [asked('ann', 'declined')])], ''],
    ['who is asked', [body(648, [asked('ann')])], '648: ann is asked, 12 s left'],
    ['an id as one', [body(648, [asked('8')])], '648: associate 8 is asked, 12 s left'],
    [
      'how many others there are',
      [body(648, [asked('ann')]), body(641, [asked('cho')]), body(642, [asked('dee', 'declined')])],
      '641: cho is asked, 12 s left; 1 more',
    ],
  ])('names %s', (_, bodies, status) => {
    expect(statusOf(runningOffers(bodies), endsAt - 11_500)).toBe(status);
  });

  it('counts no time that is over', () => {
    expect(statusOf(runningOffers([body(648, [asked('ann')])]), endsAt + 4_000)).toBe(
      '648: ann is asked, 0 s left',
    );
  });
});

describe('createOfferNotices', () => {
  it('says once of each who is asked until when, and what the one before answered', () => {
    const said: string[] = [];
    const notice = createOfferNotices((text) => said.push(text));
    const steps = [
      [asked('ann')],
      [asked('ann')],
      [asked('ann', 'declined'), asked('9')],
      [asked('ann', 'declined'), asked('9', 'unanswered')],
      [asked('ann', 'declined'), asked('9', 'unanswered'), asked('zoe', 'not-applied')],
      [
        asked('ann', 'declined'),
        asked('9', 'unanswered'),
        asked('zoe', 'not-applied'),
        asked('cho'),
      ],
    ];

    for (const step of steps) notice(runningOffers([body(648, step)]));
    notice([]);

    expect(said).toEqual([
      'chat 648: ann is asked until 19:22:30',
      'chat 648: ann has declined, associate 9 is asked until 19:22:30',
      'chat 648: associate 9 has not answered, zoe could not be asked, cho is asked until 19:22:30',
    ]);
  });
});
