import type { ReactNode } from 'react'

/** A message for an empty or failed state, with actions as `children`. */
export function Message({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-start gap-2 rounded-lg border border-line bg-surface p-4">
      <p className="text-lg font-bold">{title}</p>
      {text && <p className="text-ink-soft">{text}</p>}
      {children}
    </div>
  )
}
