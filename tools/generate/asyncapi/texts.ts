import { reportType, requestTypes, serviceSource } from '../../../lambda/events/event-names.ts';

// The sentences of docs/asyncapi.json. CommonMark.

export interface OperationText {
  readonly summary: string;
  readonly description: string;
}

export const introduction = `Orders and payments come in as events of a platform. A canceled payment has to be paid back: this service records the
cancellation, and asks an executor on the same event bus to move the money; the executor reports what became of it.

- **At least once, in no order.** An event may come twice, late, and after those that follow it. Equal \`id\`s are equal
  events; \`attempt\` and \`sequence\` order the state of a refund.
- **Additive.** An event may get more fields within its version: ignore those that you do not know.
- **No bank account.** No event and no report contains one. \`accountRef\` names its row in a table.

What a platform sends is in \`docs/orders.md\`. What an executor has to do is in \`docs/executors.md\`, and \`npm run conformance\` tests one.`;

export const server = 'Amazon EventBridge: events are put by the call `PutEvents`, and delivered by rules.';

export const sigV4 = `Calls of AWS are signed with the credentials of a role. The bus policy says which roles may send which \`Source\`.`;

export const channel = `One event bus per stage, with an archive of 30 days. A message is the \`Detail\` of an EventBridge entry: a CloudEvent 1.0
in JSON. The entry's \`Source\` is the event's \`source\`, and its \`DetailType\` the event's \`type\`. A rule for requests has the
pattern \`${JSON.stringify({ source: [serviceSource], 'detail-type': requestTypes })}\`.`;

export const takeOrders: OperationText = {
  summary: 'Takes what platforms say of orders and payments',
  description: `In any sequence, and however often: the payment ends in the same state. An event that comes before what it is about is
delivered again for six hours. One that contradicts what is known goes to the dead letters, and somebody looks at it.`,
};

export const askForRefunds: OperationText = {
  summary: 'Asks an executor to let money go back',
  description: `Sent for each cancellation, for each retry of a refund that failed, and again whenever an operator republishes a
request: then it is the same event byte for byte.`,
};

export const announceOutcomes: OperationText = {
  summary: 'Announces what became of a refund',
  description: 'Sent for each report that changes the state of a refund, and when an operator settles one by hand.',
};

export const takeReports: OperationText = {
  summary: 'Takes what executors report',
  description: `A report is taken if it is of the present attempt and has a higher number than the last one. One of another amount or
currency, or that contradicts what the same number said before, is refused: it goes to the dead letters, and somebody looks
at it.`,
};

export const report = {
  title: 'An executor reports',
  description: `What became of one attempt: \`${reportType}\`. The executor numbers its reports from 1 in each attempt. It sends the last one
again when the request comes again.`,
};

/** How a message is put on the bus. */
export function entry(source: string, type: string): string {
  return `Its EventBridge entry has \`Source\` \`${source}\` and \`DetailType\` \`${type}\`.`;
}
