import { readBoolean } from '@kickstand/domain'
import type { PredecessorFields } from './predecessor-fields.ts'

/** Whether the predecessor no longer used a zone or a user. */
export function isOff(fields: PredecessorFields): boolean {
  const active = readBoolean(fields.raw('isactive', 'active', 'enabled')).value
  const status = fields.text('status')?.toLowerCase() ?? ''
  return active === false || fields.raw('deletedat') !== null || ['inactive', 'deleted', 'disabled'].includes(status)
}
