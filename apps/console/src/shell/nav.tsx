import { permissionFor, type Action } from '@kickstand/domain'
import { Link } from '@tanstack/react-router'
import { useSignedIn } from '#api/account.ts'
import { useI18n } from '#i18n/i18n.ts'
import { pages } from '#paths.ts'

/**
 * The pages of the navigation. `action`: the action that a person must be allowed to perform; null for all people who have
 * signed in.
 */
export const NAV = [
  { to: pages.start, id: 'console.home', action: null },
  { to: pages.organisations, id: 'organisations.title', action: 'organisations:read' },
  { to: pages.accounts, id: 'people.accounts', action: 'accounts:read' },
  { to: pages.audit, id: 'audit.title', action: 'audit:read' },
  { to: pages.account, id: 'account.title', action: null },
] as const satisfies readonly { to: string; id: string; action: Action | null }[]

const LINK =
  'grid min-h-11 items-center border-s-4 border-transparent px-3 font-bold text-ink no-underline hover:bg-raised aria-[current=page]:border-sign aria-[current=page]:bg-tint'

/** Links to the pages that the person may use. Those that only need a second factor are shown with that reason. */
export function Nav({ onGo }: { readonly onGo?: () => void }) {
  const { t } = useI18n()
  const { principal } = useSignedIn()
  return (
    <nav aria-label={t('console.pages')}>
      <ul className="grid gap-0.5">
        {NAV.map(({ to, id, action }) => {
          const permission = action === null ? 'allow' : permissionFor(principal, action)
          if (permission === 'allow') {
            return (
              <li key={to}>
                <Link to={to} activeOptions={{ exact: to === pages.start }} className={LINK} onClick={onGo}>
                  {t(id)}
                </Link>
              </li>
            )
          }
          if (permission !== 'second-factor') return null
          return (
            <li key={to} className="border-s-4 border-transparent px-3 py-2">
              <span aria-disabled="true" className="font-bold text-ink-soft">
                {t(id)}
              </span>
              <span className="block text-sm text-ink-soft">{t('console.navSecondFactor')}</span>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
