import { standInTenant } from '../../local/stack/stand-in-credential.ts';
import { synthesize } from '../../local/stack/synthesize.ts';

/** Jest calls it before the first test: what most tests deploy is made once, not by all of them at once. */
export default () => synthesize(standInTenant);
