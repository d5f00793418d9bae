import { describe, expect, it } from '@jest/globals';
import { eventRecords } from '../../../promises/event-record.ts';
import { keptRecord, sentEvent } from '../../support/run-records.ts';

describe('eventRecords', () => {
  it('holds nothing of an event of which nothing was seen', () => {
    const event = sentEvent({ messageId: 'b', chatSessionId: 649 });

    expect(eventRecords(keptRecord({ events: [event] }))).toEqual([
      {
        event,
        eventsOfChat: [event],
        callsOfChat: [],
        statesOfChat: [],
        transfers: [],
        invocations: [],
        results: [],
      },
    ]);
  });
});
