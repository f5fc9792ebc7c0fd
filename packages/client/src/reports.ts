import { paths, type ReportCreatedBody, type ReportInput } from '@kickstand/contract'
import type { Call } from './call.ts'
import { riderAuth, writeAuth, type RiderKey } from './rider-auth.ts'

/** The reports of one rider. All throw `ApiError`. */
export function reportCalls(call: Call, riderKey: RiderKey) {
  return {
    /** Sends a report. Requests with the same key count once. */
    postReport: (input: ReportInput, idempotencyKey: string) =>
      call<ReportCreatedBody>(paths.reports(), {
        method: 'POST',
        body: input,
        headers: writeAuth(riderKey, idempotencyKey),
      }),
    /** Undoes the rider's own report. */
    deleteReport: (id: string) => call<void>(paths.report(id), { method: 'DELETE', headers: riderAuth(riderKey) }),
  }
}
