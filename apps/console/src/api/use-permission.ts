import { permissionFor, type Action, type ActionObject, type Permission } from '@kickstand/domain'
import { useI18n } from '#i18n/i18n.ts'
import { useSignedIn } from './account.ts'

export type Allowed = {
  readonly isAllowed: boolean
  /** The reason why it is not allowed, shown to the person; null if it is allowed. */
  readonly reason: string | null
  readonly permission: Permission
}

/** Whether the person may do something, by the same rules as on the server. */
export function usePermission(action: Action, object?: ActionObject): Allowed {
  const { t } = useI18n()
  const permission = permissionFor(useSignedIn().principal, action, object)
  if (permission === 'allow') return { isAllowed: true, reason: null, permission }
  const reason = t(permission === 'second-factor' ? 'people.needsSecondFactor' : 'people.notYourRole')
  return { isAllowed: false, reason, permission }
}
