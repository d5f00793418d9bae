import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SuperOfficeFault } from './faults.ts';
import { redirectedPath } from './routes.ts';
import { reset } from './tls.ts';
import {
  emptyAnswer,
  htmlAnswer,
  jsonAnswer,
  superOfficeError,
  type WireAnswer,
} from './wire-answer.ts';

/** One request's connection and what can be put on it. */
export interface Wire {
  response: ServerResponse;
  /** Applies the call, once however often it is asked, and says the true answer. */
  answer(): WireAnswer;
  /** What another session's successful answer would look like. */
  otherSession(): WireAnswer;
  /** Another host name of this server. */
  elsewhere: string;
  /** Told as soon as the status is on its way. */
  onStatus(status: number): void;
  /** Makes the connection die at its next request. */
  doom(): void;
  closing: AbortSignal;
}

/** Answers one request, well or as the fault says. Settles when nothing is left to send. */
export async function play(fault: SuperOfficeFault | undefined, wire: Wire): Promise<void> {
  switch (fault?.kind) {
    case undefined:
      return send(wire, wire.answer());
    case 'status':
      return send(wire, toStatusAnswer(fault));
    case 'delay':
      await sleep(fault.delayMs, undefined, { signal: wire.closing });
      return play(fault.next, wire);
    case 'apply-then':
      wire.answer();
      return play(fault.fault, wire);
    case 'hang':
      return;
    case 'reset':
      if (wire.response.socket) reset(wire.response.socket);
      return;
    case 'half-body':
      return sendHalf(wire, wire.answer());
    case 'slow-loris':
      return drip(wire, fault.everyMs);
    case 'redirect': {
      const location = fault.location ?? `${wire.elsewhere}${redirectedPath}`;
      return send(wire, { ...emptyAnswer(fault.status ?? 302), headers: { location } });
    }
    case 'wrong-content-type':
      return send(wire, { ...wire.answer(), headers: { 'content-type': 'text/plain' } });
    case 'body-null':
      return send(wire, jsonAnswer(null));
    case 'other-session':
      return send(wire, wire.otherSession());
    case 'huge-body':
      return flood(wire, fault.bytes ?? 30_000_000);
    case 'html-not-found':
      return send(wire, htmlAnswer(404, 'File or directory not found.'));
    case 'truncate-keep-alive':
      wire.doom();
      return send(wire, wire.answer());
  }
}

function toStatusAnswer(fault: Extract<SuperOfficeFault, { kind: 'status' }>): WireAnswer {
  const { status, body = 'json', headers = {} } = fault;
  const answer = () => {
    if (body === 'json') return superOfficeError(status, 'SoException');
    if (body === 'html') return htmlAnswer(status, 'The page cannot be displayed.');
    if (body === 'empty') return emptyAnswer(status);
    const type = { 'content-type': body.type ?? 'text/plain' };
    return { status, headers: type, body: body.text };
  };
  const { headers: own, ...rest } = answer();
  return { ...rest, headers: { ...own, ...headers } };
}

/** Status line and headers; a length is named unless the body has no end. */
function begin(wire: Wire, answer: WireAnswer, length?: number): void {
  if (!wire.response.destroyed) wire.onStatus(answer.status);
  const headers = length === undefined ? {} : { 'content-length': String(length) };
  if (answer.reason !== undefined) wire.response.statusMessage = answer.reason;
  wire.response.writeHead(answer.status, { ...answer.headers, ...headers });
}

function send(wire: Wire, answer: WireAnswer): void {
  begin(wire, answer, Buffer.byteLength(answer.body));
  wire.response.end(answer.body);
}

function sendHalf(wire: Wire, answer: WireAnswer): void {
  const body = Buffer.from(answer.body);
  begin(wire, answer, body.length);
  // Only once it is out: destroyed at once, not even the head would arrive.
  wire.response.write(body.subarray(0, body.length / 2), () => wire.response.socket?.destroy());
}

function drip(wire: Wire, everyMs: number): void {
  begin(wire, jsonAnswer(null));
  const timer = setInterval(() => wire.response.write(' '), everyMs);
  wire.response.once('close', () => clearInterval(timer));
}

async function flood(wire: Wire, bytes: number): Promise<void> {
  const chunk = 'x'.repeat(65_536);
  begin(wire, jsonAnswer(null));
  await pipeline(
    Readable.from(
      (function* () {
        yield '{"LastMessage":"';
        for (let sent = 0; sent < bytes; sent += chunk.length) yield chunk;
        yield '"}';
      })(),
    ),
    wire.response,
  );
}
