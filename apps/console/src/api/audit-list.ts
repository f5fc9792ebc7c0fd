import type { AuditEntryBody, AuditQuery } from '@kickstand/contract'
import { server } from './call.ts'
import { KEYS } from './keys.ts'
import { useList, type List, type ListPage } from './use-list.ts'

const LIMIT = 50

export type AuditFilters = Omit<AuditQuery, 'cursor' | 'limit'>

/** A page of the audit log with these filters. */
export async function readAuditPage(
  filters: AuditFilters,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<ListPage<AuditEntryBody>> {
  const query = { ...filters, limit: LIMIT, ...(cursor === undefined ? {} : { cursor }) }
  const { entries, nextCursor } = await server.getAudit(query, signal)
  return { rows: entries, nextCursor }
}

export function useAudit(filters: AuditFilters): List<AuditEntryBody> {
  return useList([KEYS.audit, filters], (cursor, signal) => readAuditPage(filters, cursor, signal))
}
