// When an event comes again whose order or payment is not there yet: soon at first, because events that are sent together
// overtake each other by moments, and then each minute, which is the time of the queue.

/** The first so many receives are followed by the short pause. */
export const quickReceives = 6;
export const quickPauseSeconds = 5;

/** All in all for so long. Then it is a dead letter. */
export const redeliveryHours = 6;
