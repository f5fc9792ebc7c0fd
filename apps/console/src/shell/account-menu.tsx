import { Button, buttonClass } from '@kickstand/ui'
import { Link } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import { useSignedIn } from '#api/account.ts'
import { useI18n } from '#i18n/i18n.ts'
import { ConsoleIcon } from '#parts/icon.tsx'
import { pages } from '#paths.ts'

/** Shows who has signed in, with a link to their account and a button to sign out. */
export function AccountMenu({ onSignOut }: { readonly onSignOut: () => void }) {
  const { t } = useI18n()
  const { account } = useSignedIn()
  const [isOpen, setOpen] = useState(false)
  const container = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  useEffect(() => {
    if (!isOpen) return
    function closeOnEscape(event: KeyboardEvent): void {
      if (event.key !== 'Escape') return
      event.preventDefault()
      setOpen(false)
      button.current?.focus()
    }
    function closeFromOutside({ target }: Event): void {
      if (target instanceof Node && !container.current?.contains(target)) setOpen(false)
    }
    // Runs before the shortcuts of the page, so that Escape only closes the menu.
    document.addEventListener('keydown', closeOnEscape, { capture: true })
    document.addEventListener('pointerdown', closeFromOutside)
    document.addEventListener('focusin', closeFromOutside)
    return () => {
      document.removeEventListener('keydown', closeOnEscape, { capture: true })
      document.removeEventListener('pointerdown', closeFromOutside)
      document.removeEventListener('focusin', closeFromOutside)
    }
  }, [isOpen])
  return (
    <div ref={container} className="relative">
      <button
        ref={button}
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={t('console.accountMenu', { name: account.name })}
        className={`${buttonClass('plain')} max-w-56 max-wide:px-2.5`}
        onClick={() => setOpen(!isOpen)}
      >
        <ConsoleIcon name="person" />
        <bdi className="hidden truncate wide:inline">{account.name}</bdi>
        <ConsoleIcon name="down" className="size-4 max-wide:hidden" />
      </button>
      {isOpen && (
        <div
          id={id}
          className="absolute end-0 top-full z-10 mt-1 grid w-64 gap-1 rounded-lg border border-line bg-surface p-2 shadow-[0_4px_20px_var(--shade)]"
        >
          <p className="px-2 py-1 wrap-anywhere">
            <bdi className="font-bold">{account.name}</bdi>
            <br />
            <bdi className="text-sm text-ink-soft">{account.email}</bdi>
          </p>
          <Link to={pages.account} className={buttonClass('plain')} onClick={() => setOpen(false)}>
            {t('account.title')}
          </Link>
          <Button onClick={onSignOut}>{t('signIn.signOut')}</Button>
        </div>
      )}
    </div>
  )
}
