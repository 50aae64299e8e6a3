import { stackNameOf, type StageName } from '../../../../lib/stages.ts';
import { account, region, type Workshop } from '../workshop.ts';
import type { Fillings } from './fill-in.ts';

/** What the placeholders of every block are. Others are added where a block is run. */
export function fillingsOf({ endpoint }: Workshop, stage: StageName): Fillings {
  const apis = `aws apigateway get-rest-apis --output text --query "items[?name=='${stackNameOf(stage)}'].id"`;
  // The emulator serves the addresses of API Gateway here, because their names lead to AWS.
  const url = `${endpoint}/restapis/$(${apis})/${stage}/_user_request_`;
  return {
    STAGE: stage,
    ACCOUNT: account,
    REGION: region,
    'https://API_ID.execute-api.REGION.amazonaws.com/STAGE': url,
    'https://DOMAIN': url,
  };
}
