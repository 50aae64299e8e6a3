import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Entry, LocalBus } from './local-bus.ts';
import type { MessageQueue } from './message-queue.ts';

const maxBytes = 1024 * 1024;

/**
 * The calls of AWS that functions and commands make of the chain, over HTTP as the SDK sends them: PutEvents of
 * EventBridge, SendMessage and ChangeMessageVisibility of SQS. Signatures are not checked.
 * @param queues by name, which is the end of a queue's URL
 */
export function createEventApi(bus: LocalBus, queues: ReadonlyMap<string, MessageQueue>): Server {
  const queueAt = (url: string) => queues.get(url.split('/').at(-1) ?? '');
  const calls: Calls = {
    'AWSEvents.PutEvents': ({ Entries = [] }: { readonly Entries?: readonly Entry[] }) => {
      const results = Entries.map((entry) => bus.put(entry));
      return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
    },
    'AmazonSQS.SendMessage': ({ QueueUrl, MessageBody, MessageAttributes }: SendMessageInput) => {
      const queue = queueAt(QueueUrl);
      if (queue === undefined) return undefined;
      const id = queue.send(MessageBody, MessageAttributes?.['reason']?.StringValue);
      return { MessageId: id, MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
    },
    'AmazonSQS.ChangeMessageVisibility': ({ QueueUrl, ReceiptHandle, VisibilityTimeout }: ChangeVisibilityInput) => {
      queueAt(QueueUrl)?.changeVisibility(ReceiptHandle, VisibilityTimeout * 1000);
      return {};
    },
  };
  const server = createServer((request, response) => {
    respond(request, response, calls).catch(() => response.destroy());
  });
  server.requestTimeout = 10_000;
  server.headersTimeout = 10_000;
  return server;
}

type Calls = Readonly<Record<string, (input: never) => object | undefined>>;

interface SendMessageInput {
  readonly QueueUrl: string;
  readonly MessageBody: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
}

interface ChangeVisibilityInput {
  readonly QueueUrl: string;
  readonly ReceiptHandle: string;
  /** Seconds. */
  readonly VisibilityTimeout: number;
}

async function respond(request: IncomingMessage, response: ServerResponse, calls: Calls): Promise<void> {
  const { status, body } = await answer(request, calls);
  response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}

async function answer(request: IncomingMessage, calls: Calls): Promise<{ status: number; body: object }> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return refused('RequestTooLarge');
  const call = calls[String(request.headers['x-amz-target'])];
  const input: unknown = JSON.parse(await text(request));
  const body = call?.(input as never);
  return body === undefined ? refused('UnknownOperationException') : { status: 200, body };
}

const refused = (type: string) => ({ status: 400, body: { __type: type, message: type } });
