import { refundEventOf } from '../../../lambda/events/refund-event.ts';
import { readWebhook } from '../../../lambda/events/webhook.ts';
import { webhookSchema } from '../../../lambda/events/webhook.schema.ts';
import { failedRefund } from '../asyncapi/examples.ts';

// What the OpenAPI document says of webhooks: what this service sends, and not what it serves.

export const webhookSchemas = { Webhook: webhookSchema };

const headers = [
  { name: 'webhook-id', description: 'The event. The same at every delivery of it: do nothing the second time.' },
  { name: 'webhook-timestamp', description: 'When this delivery was made, in seconds since 1970.' },
  {
    name: 'webhook-signature',
    description:
      '`v1,` and the Base64 of an HMAC-SHA256 over `webhook-id.webhook-timestamp.body`, as Standard Webhooks has it. Two ' +
      'of them, separated by a space, while the secret is rotated.',
  },
];

/** @throws Error when the example is none */
export function webhooks(): object {
  const { body } = readWebhook(refundEventOf(failedRefund)) as { readonly body: string };
  return {
    refundChanged: {
      post: {
        tags: ['Payment'],
        operationId: 'refundChanged',
        summary: 'A refund has changed',
        description:
          'Sent to the URL of the store. At least once, and in no sequence: `attempt` and `sequence` order the events of a ' +
          'refund. Verify the signature before anything else. How, and what comes of other answers: docs/webhooks.md.',
        security: [],
        parameters: headers.map((header) => ({ ...header, in: 'header', required: true, schema: { type: 'string' } })),
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Webhook' },
              examples: { failed: { summary: 'The bank has sent the money back', value: JSON.parse(body) as object } },
            },
          },
        },
        responses: {
          '2XX': { description: 'Taken. Answer within two seconds, and work afterwards. The body is not read.' },
          '410': {
            description: 'No webhooks are wanted any more: nothing is sent until an operator sets the URL again.',
          },
          default: { description: 'Not taken: it comes again, for three days.' },
        },
      },
    },
  };
}
