import { Brand, Button, Dialog, SkipLink, ToastRegion } from '@kickstand/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useLocation, useRouter } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import { showAccount } from '#api/account.ts'
import { server } from '#api/call.ts'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { ConsoleIcon } from '#parts/icon.tsx'
import { AccountMenu } from '#shell/account-menu.tsx'
import { ThemeButton } from '#shell/appearance.tsx'
import { KeysDialog } from '#shell/keys-dialog.tsx'
import { Nav } from '#shell/nav.tsx'
import { OrganisationSwitcher } from '#shell/organisation-switcher.tsx'
import { Palette } from '#shell/palette.tsx'
import { useShortcuts } from '#shell/shortcuts.ts'
import { StepUp } from '#step-up/step-up-dialog.tsx'
import { CONTENT_ID } from './content-id.ts'
import { upFrom } from './up-from.ts'
import { usePaletteEntries } from './use-palette-entries.ts'

/** Header, navigation and dialogs around a page. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { t } = useI18n()
  const client = useQueryClient()
  const router = useRouter()
  const [open, setOpen] = useState<'palette' | 'keys' | 'menu' | null>(null)
  const close = () => setOpen(null)
  const pathname = useLocation({ select: (location) => location.pathname })
  const href = useLocation({ select: ({ publicHref }) => publicHref })
  // The last address of each list with its filters, to which the person returns.
  const listAddresses = useRef(new Map<string, string>())
  useEffect(() => void listAddresses.current.set(pathname, href), [pathname, href])
  const signOut = useChange(() => server.signOut(), { onDone: () => showAccount(client, null) })
  const entries = usePaletteEntries(() => signOut.run())
  useShortcuts({
    openPalette: useCallback(() => setOpen('palette'), []),
    openKeys: useCallback(() => setOpen('keys'), []),
    goUp: useCallback(() => {
      const up = upFrom(router.state.location.pathname)
      if (up === null) return
      const seen = listAddresses.current.get(up)
      if (seen === undefined) void router.navigate({ to: up })
      else router.history.push(seen)
    }, [router]),
  })
  return (
    <div className="grid min-h-full grid-rows-[auto_1fr]">
      <SkipLink target={CONTENT_ID}>{t('console.skipToContent')}</SkipLink>
      <header className="flex flex-wrap items-center gap-1 border-b border-line bg-surface px-2 py-2 wide:gap-2 wide:px-3">
        <Button
          className="px-2.5 wide:hidden"
          aria-label={t('console.menu')}
          aria-haspopup="dialog"
          onClick={() => setOpen('menu')}
        >
          <ConsoleIcon name="menu" />
        </Button>
        <Brand name="Kickstand" />
        <div className="order-last flex min-w-0 basis-full wide:order-none wide:basis-auto">
          <OrganisationSwitcher />
        </div>
        <div className="ms-auto flex items-center gap-1 wide:gap-2">
          <Button aria-keyshortcuts="Control+K Meta+K" className="px-2.5" onClick={() => setOpen('palette')}>
            <ConsoleIcon name="search" />
            <span className="sr-only items-center gap-2 font-medium text-ink-soft wide:not-sr-only wide:flex">
              {t('console.paletteShort')}
              <kbd className="rounded-[4px] border border-line bg-raised px-1.5 font-sans text-sm">
                {t('console.paletteKey')}
              </kbd>
            </span>
          </Button>
          <div className="hidden gap-2 wide:flex">
            <Button
              aria-label={t('console.keys')}
              title={t('console.keys')}
              className="px-3.5"
              onClick={() => setOpen('keys')}
            >
              <span aria-hidden="true">?</span>
            </Button>
            <ThemeButton />
          </div>
          <AccountMenu onSignOut={() => signOut.run()} />
        </div>
      </header>
      <div className="grid wide:grid-cols-[14rem_1fr]">
        <aside className="hidden border-e border-line bg-surface py-3 wide:block">
          <Nav />
        </aside>
        <main
          id={CONTENT_ID}
          tabIndex={-1}
          className="w-full max-w-[70rem] min-w-0 px-3 py-4 focus-visible:outline-none wide:px-6"
        >
          {children}
        </main>
      </div>
      <ToastRegion closeLabel={t('console.close')} />
      {open === 'menu' && (
        <Dialog title={t('console.menu')} closeLabel={t('console.close')} onClose={close}>
          <Nav onGo={close} />
          <ThemeButton />
        </Dialog>
      )}
      {open === 'keys' && <KeysDialog onClose={close} />}
      {open === 'palette' && <Palette entries={entries} onClose={close} />}
      <StepUp />
    </div>
  )
}
