import type { OrderRepository } from '../dynamodb/order-repository.ts';
import { createSignedRoute, type Handler, type SignedRouteDependencies } from '../signed-route/signed-route.ts';
import { commandOf } from './cancel-command.ts';
import type { Canceled } from './cancel-outcome.ts';
import { cancelPayment } from './cancel-payment.ts';
import { cancelRequestShape } from './cancel-request.ts';

export interface CancelDependencies extends SignedRouteDependencies<Canceled> {
  readonly orders: OrderRepository;
}

/** POST /api/v2/payment/cancel (EBP_API_232). */
export function createCancelHandler(dependencies: CancelDependencies): Handler {
  const { orders, runtime } = dependencies;
  return createSignedRoute(
    {
      shape: cancelRequestShape,
      act: async (request) => {
        const { stats, remainingMs } = request;
        return await cancelPayment(commandOf(request, runtime.newId()), { orders, runtime, stats, remainingMs });
      },
      outOfTime: 'OUTCOME_UNKNOWN',
    },
    dependencies,
  );
}
