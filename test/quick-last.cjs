const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Jest begins with the files that took longest, or on a fresh clone with the largest. A short file can start processes and
 * wait for them, so the tiers that do so come first: what ends last, while other cores have nothing to do, is then quick.
 */
module.exports = class QuickLast extends Sequencer {
  async sort(tests) {
    const slowestFirst = await super.sort(tests);
    return slowestFirst.toSorted((one, other) => Number(isQuick(one)) - Number(isQuick(other)));
  }
};

function isQuick({ context }) {
  return ['unit', 'property'].includes(context.config.displayName?.name);
}
