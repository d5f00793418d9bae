import type { Associate } from '../../superoffice/associate.ts';

/** Whose ticket the tests use. */
export const router: Associate = {
  associateId: 7,
  ejUserId: 107,
  name: 'router',
  userName: 'router@example.com',
};

export const ann: Associate = {
  associateId: 8,
  ejUserId: 108,
  name: 'ANN',
  userName: 'ann@example.com',
};

export const ben: Associate = { associateId: 9, ejUserId: 8, name: 'ben', userName: null };
