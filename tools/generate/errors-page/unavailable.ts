import type { IntegratorMistake } from './commit-mistake.ts';

/** What is nobody's mistake, but has to be understood: nothing was canceled, or it is not known. */
export const unavailable: readonly IntegratorMistake[] = [
  {
    title: 'Too many cancellations of one order at once, or a busy database',
    before: async (service) => {
      service.repository.commit = async () => ({ kind: 'BUSY', isConflict: true, isOpen: false });
    },
    response: [503],
  },
  {
    title: 'A write that the database did not answer',
    before: async (service) => {
      service.repository.commit = async () => ({ kind: 'UNANSWERED', isOpen: true });
    },
    response: [503],
  },
];
