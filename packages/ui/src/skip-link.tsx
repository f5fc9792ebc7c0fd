import type { ReactNode } from 'react'
import { buttonClass } from './button.tsx'

/**
 * Moves the focus past the header. It is the first element of the page and visible only with the focus. `target` is the
 * id of the content, which needs `tabIndex={-1}`.
 */
export function SkipLink({ target, children }: { target: string; children: ReactNode }) {
  return (
    <a
      href={`#${target}`}
      className={`${buttonClass('primary')} absolute start-2 top-2 z-10 not-focus:sr-only`}
      onClick={(event) => {
        // Without the hash in the address, which a router would take for a navigation.
        event.preventDefault()
        document.getElementById(target)?.focus()
      }}
    >
      {children}
    </a>
  )
}
