const BAYS = 4

type BaysProps = {
  /** How many of the four bays are drawn empty; null draws all as unknown. */
  readonly open: number | null
  readonly struck?: boolean
  readonly className?: string
}

/** Four bays from above, with taken ones filled. Shows the state without relying on colour. */
export function Bays({ open, struck = false, className = 'h-4' }: BaysProps) {
  return (
    <svg
      viewBox="0 0 30 16"
      className={`${className} rtl:-scale-x-100`}
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
    >
      {Array.from({ length: BAYS }, (_, bay) => {
        const taken = open !== null && bay >= open
        return (
          <rect
            key={bay}
            x={1 + bay * 7.5}
            y="1.2"
            width="5.4"
            height="13.6"
            rx="1"
            fill={taken ? 'currentColor' : 'none'}
            strokeDasharray={open === null ? '2 1.8' : undefined}
          />
        )
      })}
      {struck && <path d="M0 15 30 1" strokeWidth="2.4" />}
    </svg>
  )
}
