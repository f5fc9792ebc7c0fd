import { paths, type NewTokenBody, type TokenInput, type TokenListBody, type TokenRoll } from '@kickstand/contract'
import type { Call } from '../call.ts'

/** Tokens of an organisation. All throw `ApiError`. */
export function tokenCalls(call: Call) {
  return {
    getTokens: (organisationId: string, signal?: AbortSignal) =>
      call<TokenListBody>(paths.tokens(organisationId), { signal }),
    /** The answer shows the token, once. */
    createToken: (organisationId: string, input: TokenInput) =>
      call<NewTokenBody>(paths.tokens(organisationId), { method: 'POST', body: input }),
    /** Replaces a token; the old one works beside the new one until the overlap ends. */
    rollToken: (organisationId: string, id: string, roll: TokenRoll) =>
      call<NewTokenBody>(paths.tokenRoll(organisationId, id), { method: 'POST', body: roll }),
    revokeToken: (organisationId: string, id: string) =>
      call<void>(paths.token(organisationId, id), { method: 'DELETE' }),
  }
}
