import { build } from './bundle.mjs';

await build();
