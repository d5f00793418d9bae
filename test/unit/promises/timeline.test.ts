import { describe, expect, it } from '@jest/globals';
import { timelineOf } from '../../../promises/timeline.ts';
import {
  at,
  invocation,
  keptRecord,
  lookCall,
  looked,
  seenResult,
  sentEvent,
  sessionState,
  transferCall,
} from '../../support/run-records.ts';
import { noChat } from '../../support/told-records.ts';

const ofOther = { chatSessionId: 649 };
const record = keptRecord({
  events: [sentEvent(), sentEvent({ messageId: 'b', sentAt: at(5), ...ofOther })],
  calls: [
    lookCall(120, { status: undefined, fault: 'hang' }),
    lookCall(130, { chatSessionId: undefined }),
    transferCall(),
    transferCall(110, ofOther),
  ],
  sessionStates: [
    sessionState({}, { at: at(101) }),
    sessionState({}, { at: at(111), ...ofOther }),
    looked(121, { pending: null }),
    { ...noChat, at: at(122) },
  ],
  invocations: [invocation(['a', 'b']), { ...invocation(['b'], 'killed'), endedAt: at(300) }],
  results: [seenResult(), seenResult({ eventMessageId: 'b' }, 160)],
});

describe('timelineOf', () => {
  it('tells a chat in the order of time', () => {
    expect(timelineOf(record, 648)).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d\.000 sent a in group 648: \{\}$/),
      expect.stringMatching(/\.100 transfer 648 8: 200 $/),
      expect.stringMatching(
        /\.101 SuperOffice: transfer 648 8 applied: CustomerLast, owner 7, pending 8$/,
      ),
      expect.stringMatching(/\.120 session 648 : lost \(hang\)$/),
      expect.stringMatching(/\.121 SuperOffice: look 648 : CustomerLast, owner 7, pending null$/),
      expect.stringMatching(/\.122 SuperOffice: look 648 : no such chat$/),
      expect.stringMatching(/\.150 result: \{"version":1,.*"outcome":"transfer-pending"/),
      expect.stringMatching(/\.200 invocation of a ended: well$/),
    ]);
  });

  it('tells a whole run', () => {
    const timeline = timelineOf(record);

    expect(timeline).toHaveLength(14);
    expect(timeline).toContainEqual(expect.stringMatching(/\.130 session +: 200 $/));
    expect(timeline.slice(-2)).toEqual([
      expect.stringContaining('invocation of a, b ended: well'),
      expect.stringContaining('invocation of b ended: killed'),
    ]);
  });
});
