import { refusalEnvelope } from '../../../lambda/contract/envelope.ts';
import type { Language } from '../../../lambda/contract/language.ts';
import type { DocumentedRoute } from './documented-route.ts';
import { byFirewall, etagHeader, retryAfter } from './texts.ts';
import { describeViolation, type Reason, reasons } from '../../../lambda/contract/violations.ts';
import { gatewayRefusals, refusals, type ResponseKind } from '../../../lambda/contract/result-codes.ts';

export interface OpenApiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content: { readonly 'application/json': { readonly schema: object; readonly examples: object } };
}

type RouteRefusals = Pick<DocumentedRoute, 'refusals' | 'samples'>;

/** The responses that are no success, by status: those of the function, and those that the gateway makes itself. */
export function refusalResponses(route: RouteRefusals): Record<string, OpenApiResponse> {
  const rows = [...rowsOfFunction(route), ...rowsOfGateway()];
  const statuses = [...new Set(rows.map(({ status }) => status))].sort();
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      responseOf(
        rows.filter((row) => row.status === status),
        route,
      ),
    ]),
  );
}

/** One way in which a request is refused. */
interface Row {
  readonly status: string;
  readonly resultCode: string;
  readonly message: string;
  readonly messageKo?: string;
  readonly reasons: readonly Reason[];
  readonly retryAfterSeconds: number | undefined;
  /** Examples by name, which has letters, digits and underscores. */
  readonly examples: Readonly<Record<string, unknown>>;
  readonly isOfFirewallToo?: boolean;
  readonly hasEtag?: boolean;
}

const stamp = { requestId: '76a38f71-3e0f-4e26-b5fe-6734dc4ad75b', timestamp: '2025-12-31T06:14:13.909+09:00' };

function rowsOfFunction({ refusals: names, samples }: RouteRefusals): Row[] {
  return names.map((refusal) => {
    const { status, resultCode, message, retryAfterSeconds }: ResponseKind = refusals[refusal];
    const ofRefusal = reasons.filter((reason) => samples[reason].refusal === refusal);
    const example = (listed: readonly Reason[], language: Language = 'en') =>
      refusalEnvelope(
        refusal,
        listed.map((reason) => ({ reason, ...samples[reason].violation })),
        language,
        stamp,
      );
    const examples: Record<string, unknown> = Object.fromEntries(
      ofRefusal.flatMap((reason) => [
        [reason, example([reason])] as const,
        ...Object.entries(samples[reason].others ?? {}).map(
          ([name, violation]) => [name, refusalEnvelope(refusal, [{ reason, ...violation }], 'en', stamp)] as const,
        ),
      ]),
    );
    if (ofRefusal.length === 0) examples[refusal] = example([]);
    if (refusal === 'RULES_BROKEN') examples['TOTAL_MISMATCH_in_Korean'] = example(['TOTAL_MISMATCH'], 'ko');
    return {
      status: String(status),
      resultCode,
      message: message.en,
      messageKo: message.ko,
      reasons: ofRefusal,
      retryAfterSeconds,
      examples,
      hasEtag: refusal === 'ORDER_CHANGED',
    };
  });
}

/** The messages are in both languages, and the timestamp has the gateway's own format. */
function rowsOfGateway(): Row[] {
  const statusOf = { DEFAULT_4XX: '4XX', DEFAULT_5XX: '5XX' } as const;
  return Object.entries(gatewayRefusals).map(([type, { status, resultCode, message }]) => ({
    status: status === undefined ? statusOf[type as keyof typeof statusOf] : String(status),
    resultCode,
    message,
    reasons: [],
    retryAfterSeconds: type === 'THROTTLED' ? 1 : undefined,
    examples: {
      [`GATEWAY_${type}`]: {
        resultCode,
        message,
        requestId: stamp.requestId,
        timestamp: '30/Dec/2025:21:14:13 +0000',
        data: null,
        errors: [],
      },
    },
    isOfFirewallToo: type === 'THROTTLED' || type === 'REQUEST_TOO_LARGE',
  }));
}

function responseOf(rows: readonly Row[], { samples }: RouteRefusals): OpenApiResponse {
  const listed = rows.flatMap((row) => row.reasons);
  const hasRetryAfter = rows.some(({ retryAfterSeconds }) => retryAfterSeconds !== undefined);
  const headers = {
    ...(hasRetryAfter && { 'Retry-After': { description: retryAfter, schema: { type: 'string', pattern: '^\\d+$' } } }),
    ...(rows.some(({ hasEtag }) => hasEtag) && { ETag: etagHeader('Names the present state of the order.') }),
  };
  const isOfFirewallToo = rows.some((row) => row.isOfFirewallToo);
  const refusal = {
    allOf: [
      { $ref: '#/components/schemas/Refusal' },
      {
        properties: {
          resultCode: { enum: [...new Set(rows.map(({ resultCode }) => resultCode))] },
          errors: listed.length === 0 ? { maxItems: 0 } : { items: { properties: { reason: { enum: listed } } } },
        },
      },
    ],
  };
  const examples = rows.flatMap((row) => Object.entries(row.examples));
  return {
    description: [tableOfCodes(rows), tableOfReasons(listed, samples), ...(isOfFirewallToo ? [byFirewall] : [])]
      .filter((part) => part !== '')
      .join('\n\n'),
    ...(Object.keys(headers).length > 0 && { headers }),
    content: {
      'application/json': {
        schema: isOfFirewallToo ? { anyOf: [refusal, { $ref: '#/components/schemas/BlockedByFirewall' }] } : refusal,
        examples: Object.fromEntries(examples.map(([name, value]) => [name, { summary: name, value }])),
      },
    },
  };
}

function tableOfCodes(rows: readonly Row[]): string {
  const lines = rows.map(({ resultCode, message, messageKo = '' }) => `| ${resultCode} | ${message} | ${messageKo} |`);
  return ['| resultCode | message | in Korean |', '|---|---|---|', ...new Set(lines)].join('\n');
}

function tableOfReasons(listed: readonly Reason[], samples: RouteRefusals['samples']): string {
  if (listed.length === 0) return '';
  const lines = listed.flatMap((reason) => {
    const { violation, others = {} } = samples[reason];
    return [violation, ...Object.values(others)].map((sample) => {
      const [en, ko] = (['en', 'ko'] as const).map((language) => describeViolation({ reason, ...sample }, language));
      return `| ${reason} | ${en?.message} | ${ko?.message} |`;
    });
  });
  return ['| reason | message, for example | in Korean |', '|---|---|---|', ...lines].join('\n');
}
