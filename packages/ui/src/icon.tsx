const SHAPES = {
  locate: 'M12 2v4m0 12v4M2 12h4m12 0h4M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2m0 16v2M4.9 4.9l1.4 1.4m11.4 11.4 1.4 1.4M2 12h2m16 0h2M4.9 19.1l1.4-1.4M17.7 6.300l1.4-1.4',
  moon: 'M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500z',
  back: 'M15 5l-7 7 7 7',
  filter: 'M4 7h16M7 12h10M10 17h4',
  close: 'M6 6l12 12M18 6 6 18',
  minus: 'M5 12h14',
  plus: 'M5 12h14M12 5v14',
  turn: 'M6 21v-9a3 3 0 0 1 3-3h10m-4-4 4 4-4 4',
  alert: 'M12 4 2.5 20h19L12 4zm0 6v5m0 2.500v.5',
  opposed: 'M4 8h14m-5-5 5 5-5 5M20 16H6m5-5-5 5 5 5',
  cross: 'M12 2v7m0 6v7M2 12h7m6 0h7M12 11.500v1',
  parked: 'M12 3v12m-5-5 5 5 5-5M5 20h14',
  left: 'M12 15V3m-5 5 5-5 5 5M5 20h14',
} as const

export type IconName = keyof typeof SHAPES

/** A decorative icon, hidden from screen readers. */
export function Icon({ name, className = 'size-5' }: { name: IconName; className?: string }) {
  const mirrors = name === 'back' || name === 'turn' ? 'rtl:-scale-x-100' : ''
  return (
    <svg
      viewBox="0 0 24 24"
      className={`${className} ${mirrors} flex-none`}
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="square"
    >
      <path d={SHAPES[name]} />
    </svg>
  )
}
