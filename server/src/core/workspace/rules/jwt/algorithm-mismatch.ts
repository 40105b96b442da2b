// A token of one family of algorithms beside a gateway that takes the other: "invalid algorithm", whatever else is right.
import { algorithmNamed } from '../../../facts/jwt-algorithms.ts';
import { algorithmAdvice } from '../../../jwt/advice.ts';
import { defineRule } from '../../../lint/rule.ts';
import { allRefuseAlgorithm } from '../../token-takers.ts';
import { takersInWords, tokenUses, tokenUsesInSteps } from '../../token-uses.ts';
import type { WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'jwt/algorithm-mismatch',
  severity: 'warning',
  since: '0.1.0',
  prepare: tokenUsesInSteps,
  *check(view) {
    for (const { file, token, takers, severity } of tokenUses(view)) {
      const alg = token.alg as string;
      if (!allRefuseAlgorithm(takers, alg)) continue;
      const taker = takers[0] as (typeof takers)[number];
      const named = taker.algorithms[0];
      const isShared = algorithmNamed(alg)?.family === 'HMAC';
      const has = named
        ? `takes ${taker.algorithms.map(({ value }) => value).join(' and ')} only`
        : isShared
          ? 'checks tokens with public keys'
          : 'checks tokens with a shared secret';
      yield {
        file,
        span: token.headerSpan,
        message: `This token is signed with ${alg}, and ${takersInWords(takers)} ${has}, so it is refused as "invalid algorithm". ${algorithmAdvice(alg)}`,
        related: [{ ...(named ?? (taker.keys[0] as (typeof taker.keys)[number])).at, message: `This decides what ${taker.name} takes.` }],
        ...severity,
      };
    }
  },
});
