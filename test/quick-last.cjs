const { default: Sequencer } = require('@jest/test-sequencer');

const quickTiers = new Set(['unit', 'property']);

/**
 * Jest begins with the files that took longest, or on a fresh clone with the largest. A short file can start processes and
 * wait for them, so the tiers that do so come first: what ends last, while one core has nothing to do, is then quick.
 */
module.exports = class QuickLast extends Sequencer {
  sort(tests) {
    const isQuick = ({ context }) => quickTiers.has(context.config.displayName?.name);
    return [...super.sort(tests)].sort((one, other) => isQuick(one) - isQuick(other));
  }
};
