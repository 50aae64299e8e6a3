import { createApp } from '../../lib/app.ts';
import { unfilledStage } from './unfilled-stage.ts';

// bin/app.ts, but of stages that nobody has filled in.
createApp(unfilledStage);
