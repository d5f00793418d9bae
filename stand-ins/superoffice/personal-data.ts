/**
 * What a session says about the customer. Plainly fake, and spelled so that a search of logs,
 * results and errors for any of it finds nothing by accident.
 */
export const customer = {
  alias: 'zz-fake-alias-quagga',
  host: '203.0.113.77',
  name: 'Zz Fake Customer Quagga',
  email: 'zz.fake.quagga@customer.invalid',
  phone: '+00 000 555 0177',
  company: 'Zz Fake Company Okapi Ltd',
  firstMessage: 'zz-fake-first-message about my axolotl',
  lastMessage: 'zz-fake-last-message about my pangolin',
  sessionKey: 'zz-fake-session-key-0badc0de',
} as const;

/** Free text SuperOffice may put into an error; it can quote anything, so it may not leak either. */
export const errorText = 'zz-fake-error-text naming Zz Fake Customer Quagga';

/** Every string of which not one character may reach a log, a result or an error of ours. */
export const personalData: readonly string[] = [...Object.values(customer), errorText];
