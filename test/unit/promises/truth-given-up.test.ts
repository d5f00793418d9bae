import { describe, expect, it } from '@jest/globals';
import { untrueResults } from '../../../promises/truth.ts';
import {
  invocation,
  keptRecord,
  lookCall,
  looked,
  sentEvent,
  transferCall,
} from '../../support/run-records.ts';
import {
  refusedWith,
  soonOver,
  type ToldRow,
  told,
  transferred,
} from '../../support/told-records.ts';

const lost = transferCall(50, { status: 503 });
const refused = transferCall(100, { status: 404 });
const deniedLook = lookCall(100, { status: 403 });
const passing = [401, 408, 421, 429];
const yielding = sentEvent({ yields: true });
const nothingLeft = { events: [soonOver], sessionStates: [] };
const failed = (httpStatus: number, milliseconds?: number) =>
  told('failed', refusedWith(httpStatus), milliseconds);

describe('untrueResults', () => {
  it.each<ToldRow>([
    ['failed, though SuperOffice did not refuse', failed(404)],
    ['failed otherwise than SuperOffice refused', { calls: [refused], ...failed(403) }],
    ['failed, and does not say how', { calls: [refused], ...told('failed') }],
    [
      'failed, as its call lost its answer',
      { calls: [transferCall(100, { status: undefined })], ...told('failed') },
    ],
    ['failed, long after the refusal', { calls: [refused], ...failed(404, 15_151) }],
    ...[302, 500, ...passing].map(
      (status): ToldRow => [
        `failed by what may pass: ${status}`,
        { calls: [transferCall(100, { status })], ...failed(status) },
      ],
    ),
    [
      'failed, though an earlier call may have been applied',
      { calls: [lost, refused], ...failed(404) },
    ],
    [
      'failed, though only a look before that call told anything',
      { calls: [lookCall(50), lost, refused], ...failed(404) },
    ],
    [
      'failed, though only a look after the refusal told anything',
      { calls: [lost, refused, lookCall(100)], ...failed(404) },
    ],
    [
      'failed, though a look in between told nothing',
      { calls: [lost, lookCall(70, { status: 503 }), refused], ...failed(404) },
    ],
    [
      "failed, though only another's transfer was answered in between",
      { calls: [lost, transferCall(70, { target: '09' }), refused], ...failed(404) },
    ],
    ['failed, as only a look was refused', { calls: [deniedLook], ...failed(403) }],
    [
      "failed, as another's transfer was refused",
      {
        events: [yielding],
        calls: [transferCall(100, { target: '09', status: 403 })],
        ...failed(403),
      },
    ],
    [
      'expired, a moment before its deadline',
      {
        events: [sentEvent({ timeToLiveMs: 201 })],
        calls: [],
        sessionStates: [],
        ...told('expired'),
      },
    ],
    [
      'expired, though one of its calls may have been applied',
      { ...nothingLeft, calls: [lost, transferCall(100, { status: 429 })], ...told('expired') },
    ],
    [
      'expired, though one of its calls did nothing',
      { ...nothingLeft, calls: [transferCall()], ...told('expired') },
    ],
    [
      'expired, though it took effect by a call nobody saw',
      { events: [soonOver], calls: [], ...told('expired') },
    ],
    ['unknown, with time left', { calls: [lost], ...told('unknown') }],
    [
      'unknown, with time left, as a look was refused',
      { calls: [lost, deniedLook], ...told('unknown', refusedWith(403)) },
    ],
    [
      'unknown, though SuperOffice had refused',
      { ...nothingLeft, calls: [transferCall(100, { status: 429 })], ...told('unknown') },
    ],
    [
      'unknown, as its call never arrived',
      {
        ...nothingLeft,
        calls: [transferCall(100, { status: undefined, arrivedAt: undefined })],
        ...told('unknown'),
      },
    ],
    [
      'unknown, as a call after it may have been applied',
      { ...nothingLeft, calls: [transferCall(201, { status: 503 })], ...told('unknown') },
    ],
  ])('takes for untrue: %s', (_, changes) => {
    expect(untrueResults(keptRecord(changes))).toHaveLength(1);
  });

  it.each<ToldRow>([
    ['failed', { calls: [refused], ...failed(404) }],
    ['failed as a bad request', { calls: [transferCall(100, { status: 400 })], ...failed(400) }],
    [
      'failed, as a look told what became of the earlier call',
      { calls: [lost, lookCall(70), refused], ...failed(404) },
    ],
    [
      'failed, as the earlier call was surely not applied',
      { calls: [transferCall(50, { status: 429 }), refused], ...failed(404) },
    ],
    [
      'failed, whatever another sandbox calls at once',
      { calls: [refused, transferCall(100, { status: 503, sandbox: 'two' })], ...failed(404) },
    ],
    [
      'failed, as the look of a dry run was refused',
      { events: [sentEvent({ isDryRun: true })], calls: [deniedLook], ...failed(403) },
    ],
    [
      'failed, as the look of one that yields was refused',
      {
        events: [yielding],
        calls: [transferCall(50, { target: '09' }), deniedLook],
        ...failed(403),
      },
    ],
    [
      'expired',
      { ...nothingLeft, calls: [transferCall(100, { status: 429 })], ...told('expired') },
    ],
    [
      'expired, as only others have transferred',
      {
        events: [soonOver],
        calls: [],
        sessionStates: [
          transferred(100, { pending: 9 }, { target: '09' }),
          transferred(110, { pending: 9 }, { applied: false }),
        ],
        ...told('expired'),
      },
    ],
    [
      'unknown, as its call lost its answer',
      {
        ...nothingLeft,
        calls: [transferCall(100, { status: undefined }), transferCall(110, { status: 429 })],
        ...told('unknown'),
      },
    ],
    [
      'unknown, as the call before its last moment may have been applied',
      { ...nothingLeft, calls: [transferCall(200, { status: 503 })], ...told('unknown') },
    ],
    [
      'unknown, as it came before',
      { ...nothingLeft, calls: [], ...told('unknown', { receiveCount: 2 }) },
    ],
    [
      'unknown, as it was in another invocation before',
      {
        ...nothingLeft,
        calls: [],
        invocations: [invocation(['a']), invocation(['a'])],
        ...told('unknown'),
      },
    ],
    [
      'unknown, with time left, as SuperOffice refused what may have been applied before',
      { calls: [lost, transferCall(100, { status: 409 })], ...told('unknown', refusedWith(409)) },
    ],
    [
      'unknown, with time left, as one that yields was refused its look',
      {
        events: [yielding],
        calls: [lost, deniedLook],
        sessionStates: [looked(40, { pending: null })],
        ...told('unknown', refusedWith(403)),
      },
    ],
  ])('takes for true: %s', (_, changes) => {
    expect(untrueResults(keptRecord(changes))).toEqual([]);
  });
});
