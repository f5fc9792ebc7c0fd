import type { ReactNode } from 'react'

const TONES = {
  info: 'border-s-sign bg-tint',
  warning: 'border-s-amber bg-amber-tint',
  problem: 'border-s-stop bg-surface',
} as const

type NoticeProps = {
  readonly tone?: keyof typeof TONES
  readonly title?: string
  /** Screen readers announce it when it appears. */
  readonly announced?: boolean
  readonly children?: ReactNode
}

/** A message within a page. Its title or text says what its colour says. */
export function Notice({ tone = 'info', title, announced = false, children }: NoticeProps) {
  return (
    <div
      role={announced ? 'alert' : undefined}
      className={`grid justify-items-start gap-2 rounded-plate border border-s-4 border-line px-3 py-2.5 wrap-anywhere ${TONES[tone]}`}
    >
      {title !== undefined && <p className="font-bold">{title}</p>}
      {children}
    </div>
  )
}
