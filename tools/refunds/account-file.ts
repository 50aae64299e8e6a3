import { readFileSync, statSync } from 'node:fs';
import { Ajv } from 'ajv';
import { acceptedByCancelField } from '../../lambda/cancel/cancel-request.ts';
import { cancelRequestSchema, formats } from '../../lambda/cancel/cancel-request.schema.ts';
import { checkBody } from '../../lambda/contract/check-body.ts';
import type { RequestShape } from '../../lambda/contract/request-shape.ts';
import { describeViolation, type Violation } from '../../lambda/contract/violations.ts';
import type { RefundAccount } from '../../lambda/domain/cancellation.ts';
import { UsageError } from '../command-line.ts';

/** An account that a bank can pay: complete. */
export type CompleteAccount = Required<RefundAccount>;

const { refundAccount } = cancelRequestSchema.properties;
const fields = ['accountNumber', 'bankCode', 'accountHolderName'] as const satisfies Array<keyof RefundAccount>;

const shape: RequestShape<CompleteAccount> = {
  isRequest: new Ajv({ allErrors: true, allowUnionTypes: true, formats }).compile<CompleteAccount>({
    ...refundAccount,
    required: fields,
  }),
  fields: {
    accepted: acceptedByCancelField,
    namesAt: () => fields,
    depth: 1,
    mayBeText: new Set(['accountNumber']),
  },
};

const maxBytes = 10_000;

/**
 * Reads the file of --account: by the rules of `refundAccount` in a cancel request, with every field.
 * @throws UsageError in one line that names each field and what it accepts, and no value of the file
 */
export function readAccountFile(file: string): CompleteAccount {
  const text = textOf(file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Without the cause: it quotes the text.
    throw new UsageError(`The account file ${file} is not valid JSON.`);
  }
  const checked = checkBody({ text, value, isSurelyLossless: false }, shape);
  if (checked.ok) return checked.body;
  const problems = new Set(checked.violations.map(messageOf));
  throw new UsageError(`The account file ${file}: ${[...problems].join(' ')}`);
}

function messageOf(violation: Violation): string {
  const isWhole = 'field' in violation.at && violation.at.field === '';
  if (isWhole) return `it must be a JSON object with ${fields.join(', ')}.`;
  // A name that is not known may be a part of an account that was put in the wrong place.
  if (violation.reason === 'FIELD_UNKNOWN') return `it has a field that is none of ${fields.join(', ')}.`;
  return describeViolation(violation, 'en').message;
}

function textOf(file: string): string {
  try {
    const { size } = statSync(file);
    if (size <= maxBytes) return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`The account file ${file} cannot be read (${code}).`, { cause: error });
  }
  throw new UsageError(`The account file ${file} has more than ${maxBytes} bytes: one account has fewer.`);
}
