import type { ReactNode } from 'react'
import { buttonClass } from './button.tsx'

/**
 * A link that moves the focus past the header. Make it the first element of the page; it is visible only while it has
 * the focus. `target` is the id of the content, which needs `tabIndex={-1}`.
 */
export function SkipLink({ target, children }: { target: string; children: ReactNode }) {
  return (
    <a
      href={`#${target}`}
      className={`${buttonClass('primary')} absolute start-2 top-2 z-10 not-focus:sr-only`}
      onClick={(event) => {
        // Keeps the hash out of the address: a router would treat it as a navigation.
        event.preventDefault()
        document.getElementById(target)?.focus()
      }}
    >
      {children}
    </a>
  )
}
