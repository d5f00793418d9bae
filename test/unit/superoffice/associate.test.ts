import { describe, expect, it } from '@jest/globals';
import { readAssociate, readPrincipal } from '../../../superoffice/associate.ts';

describe('readAssociate', () => {
  it('takes ids and names, and nothing else', () => {
    expect(
      readAssociate({
        AssociateId: 8,
        EjUserId: 108,
        Name: 'ann',
        UserName: 'ann@example.com',
        FullName: 'Ann B',
      }),
    ).toEqual({ associateId: 8, ejUserId: 108, name: 'ann', userName: 'ann@example.com' });
  });

  it.each([
    null,
    undefined,
    'ann',
    8,
    {},
    { AssociateId: 0 },
    { AssociateId: '8' },
    { AssociateId: 8.5 },
  ])('finds nobody in %j', (json) => {
    expect(readAssociate(json)).toBeNull();
  });

  it('cuts a name that no result could carry', () => {
    const name = readAssociate({ AssociateId: 8, Name: 'a'.repeat(600_000) })?.name;

    expect(name).toBe('a'.repeat(512));
  });
});

describe('readPrincipal', () => {
  it('finds the login name where SoPrincipalCarrier has it', () => {
    expect(
      readPrincipal({
        AssociateId: 7,
        EjUserId: 107,
        Associate: 'router',
        UserName: 'r@example.com',
      }),
    ).toEqual({
      ok: true,
      value: { associateId: 7, ejUserId: 107, name: 'router', userName: 'r@example.com' },
    });
  });

  it.each([null, 'router', {}, { AssociateId: 0, Associate: 'router' }])(
    'finds nobody in %j',
    (json) => {
      expect(readPrincipal(json)).toEqual({ ok: false, lacks: 'AssociateId' });
    },
  );
});
