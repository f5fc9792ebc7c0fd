import type { Config } from '@kickstand/backend/config'
import type { Finding } from './finding.ts'

type Admin = { readonly email: string; readonly hasSecondFactor: boolean }

/** Whether somebody can administer the service, and safely. `admins`: null where the database has no accounts yet. */
export function checkAdmins(admins: readonly Admin[] | null): Finding[] {
  if (admins === null) return []
  if (admins.length === 0) {
    const detail = 'there is no admin; nobody can use the console'
    return [{ name: 'Admins', state: 'weak', detail, fix: 'npx kickstand accounts create-admin EMAIL' }]
  }
  const without = admins.filter(({ hasSecondFactor }) => !hasSecondFactor)
  if (without.length === 0)
    return [{ name: 'Admins', state: 'ok', detail: `${admins.length}, all with a second factor` }]
  return without.map(({ email }) => ({
    name: 'Admins',
    state: 'weak',
    detail: `${email} has no second factor, so the role does not count`,
    fix: `they sign in at /console and add a passkey, or: npx kickstand accounts recover ${email}`,
  }))
}

/** Browsers bind passkeys to an address, which must be known before the first one is made. */
export function checkPublicUrl({ env, publicUrl }: Pick<Config, 'env' | 'publicUrl'>): Finding[] {
  if (env !== 'production' || publicUrl !== '') return []
  const detail = 'KICKSTAND_PUBLIC_URL is not set: passkeys and links to the console need the address of this service'
  return [{ name: 'Address', state: 'weak', detail, fix: 'KICKSTAND_PUBLIC_URL=https://parking.example in .env' }]
}
