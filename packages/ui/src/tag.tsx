import type { ReactNode } from 'react'

const TONES = {
  plain: 'border-line bg-raised text-ink',
  strong: 'border-sign bg-tint text-ink',
  warning: 'border-amber bg-amber-tint text-ink',
  problem: 'border-stop bg-surface text-stop',
} as const

/** A short word that stands for a state. */
export function Tag({
  tone = 'plain',
  children,
}: {
  readonly tone?: keyof typeof TONES
  readonly children: ReactNode
}) {
  return (
    <span className={`inline-block rounded-[4px] border px-1.5 py-px text-sm leading-snug font-bold ${TONES[tone]}`}>
      {children}
    </span>
  )
}
