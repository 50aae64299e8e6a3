import { project } from '../../jest.config.js';

/** Apart from the other tiers, because it needs a browser. */
export default { ...project('browser', { rootDir: '../..' }), testTimeout: 120_000 };
