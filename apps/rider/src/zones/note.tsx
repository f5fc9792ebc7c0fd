import type { ReactNode } from 'react'

/** A highlighted note. */
export function Note({ children }: { children: ReactNode }) {
  return <p className="rounded-plate border-s-4 border-amber bg-amber-tint px-3 py-2">{children}</p>
}
