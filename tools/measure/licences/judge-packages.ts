import { ALLOWED_LICENCES, EXEMPTIONS } from './allowed.ts'
import { allowsLicence } from './allows-licence.ts'

/** `licence`: as its package.json states it; null if it states none. */
export type InstalledPackage = { readonly name: string; readonly version: string; readonly licence: string | null }

/**
 * Packages that may not be part of the product, one sentence each: those with another licence than the list or an exemption allows
 * (`forbidden`), and of these the ones without a licence that can be read (`unknown`), which gives nobody any right.
 */
export function judgePackages(packages: readonly InstalledPackage[]): { forbidden: string[]; unknown: string[] } {
  const judged = packages.map((one) => ({ one, allowed: allows(one) }))
  const unknown = judged
    .filter(({ allowed }) => allowed === null)
    .map(
      ({ one }) =>
        `${one.name} ${one.version}: it states no licence (${one.licence ?? 'nothing'}). Use another package.`,
    )
  const other = judged
    .filter(({ allowed }) => allowed === false)
    .map(({ one }) => `${one.name} ${one.version}: the licence ${one.licence} is not allowed. Use another package.`)
  return { forbidden: [...other, ...unknown], unknown }
}

function allows({ name, licence }: InstalledPackage): boolean | null {
  const exempt = EXEMPTIONS.filter(({ packages }) => matches(name, packages)).flatMap(({ licences }) => licences)
  return allowsLicence(licence ?? '', (one) => ALLOWED_LICENCES.has(one) || exempt.includes(one))
}

function matches(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}
