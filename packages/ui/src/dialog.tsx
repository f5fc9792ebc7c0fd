import { useEffect, useId, useRef, type ReactNode } from 'react'
import { Icon } from './icon.tsx'

type DialogProps = {
  readonly title: string
  readonly closeLabel: string
  /** Called by the close button and the Escape key. Unmount the dialog then. */
  readonly onClose: () => void
  readonly children: ReactNode
  readonly size?: 'normal' | 'wide'
  /** For a secret that is shown only once: neither the Escape key nor a close button closes the dialog, only its content. */
  readonly isKeptOpen?: boolean
}

const WIDTHS = { normal: 'w-[min(34rem,calc(100vw-1rem))]', wide: 'w-[min(56rem,calc(100vw-1rem))]' } as const

/** Browsers fill hidden fields, such as the user name of a password. */
const FIELDS = ':is(input:not([type="radio"], [hidden]), select, textarea)'

/**
 * A modal dialog, open as long as it is mounted. It focuses its first required field, else its first, else its title; the focus returns
 * to where it was. The browser keeps the focus inside and hides the page from screen readers.
 */
export function Dialog({ title, closeLabel, onClose, children, size = 'normal', isKeptOpen = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    if (element === null) return
    const before = document.activeElement
    element.showModal()
    const fields = [...element.querySelectorAll<HTMLInputElement>(FIELDS)]
    ;(fields.find(({ required }) => required) ?? fields[0] ?? heading.current)?.focus()
    return () => {
      element.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      className={`${WIDTHS[size]} m-auto max-h-[calc(100dvh-1rem)] max-w-none overflow-y-auto rounded-lg border border-line bg-surface p-0 text-ink shadow-[0_8px_40px_var(--shade)] backdrop:bg-black/50`}
      // Without it, Chromium closes the dialog at the second Escape key in spite of `preventDefault`.
      closedby={isKeptOpen ? 'none' : 'closerequest'}
      onCancel={(event) => {
        event.preventDefault()
        if (!isKeptOpen) onClose()
      }}
    >
      <div className="sticky top-0 z-10 flex items-start gap-3 border-b border-line bg-surface px-4 py-2.5">
        <h2 ref={heading} id={titleId} tabIndex={-1} className="min-w-0 flex-1 py-1.5 text-lg outline-none">
          {title}
        </h2>
        {!isKeptOpen && (
          <button
            type="button"
            aria-label={closeLabel}
            title={closeLabel}
            className="-me-2 grid size-11 flex-none place-items-center rounded-plate hover:bg-raised"
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        )}
      </div>
      <div className="grid gap-4 p-4">{children}</div>
    </dialog>
  )
}
