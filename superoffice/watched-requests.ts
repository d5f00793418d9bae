import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';

/** Told what becomes of the requests that one call to fetch makes: more than one after a 421. */
export type RequestWatcher = {
  /** fetch has a request; it waits for a connection that stands. */
  onCreated(): void;
  /** Its first byte is about to leave. */
  onSent(): void;
};

const current = new AsyncLocalStorage<RequestWatcher>();
const watcherOf = new WeakMap<object, RequestWatcher>();

/**
 * Makes a call to fetch and watches its requests. fetch's own promise tells neither when a request
 * left, since a connection may first have to be made, nor that it was repeated: a request answered
 * 421 is sent again at once, as the Fetch standard asks.
 * @see https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md
 */
export const watchRequests = <Value>(watcher: RequestWatcher, call: () => Promise<Value>) =>
  current.run(watcher, call);

subscribe('undici:request:create', (message) => {
  const watcher = current.getStore();
  if (!watcher) return;
  watcherOf.set((message as { request: object }).request, watcher);
  watcher.onCreated();
});

subscribe('undici:client:sendHeaders', (message) => {
  watcherOf.get((message as { request: object }).request)?.onSent();
});
