import { paths, type PlanBody, type PlanQuery } from '@kickstand/contract'
import type { Call } from './call.ts'

export function planCalls(call: Call) {
  return {
    /** Which zones to try, in order. Throws `ApiError`. */
    getPlan: (query: PlanQuery, signal?: AbortSignal) => call<PlanBody>(paths.plan(), { query, signal }),
  }
}
