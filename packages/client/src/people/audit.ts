import { paths, type AuditListBody, type AuditQuery } from '@kickstand/contract'
import type { Call } from '../call.ts'

/** The audit log, the newest entries first. Throws `ApiError`. */
export function auditCalls(call: Call) {
  return {
    getAudit: (query: AuditQuery, signal?: AbortSignal) => call<AuditListBody>(paths.audit(), { query, signal }),
  }
}
