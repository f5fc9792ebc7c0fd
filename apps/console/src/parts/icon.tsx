const SHAPES = {
  check: 'M4 12.500 9.500 18 20 6.500',
  copy: 'M8 8h12v12H8zM4 16V4h12',
  menu: 'M4 6h16M4 12h16M4 18h16',
  search: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 21 21',
  down: 'M6 9.500l6 6 6-6',
  key: 'M8 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 12h10M18 12v4',
  download: 'M12 4v11m-5-5 5 5 5-5M5 20h14',
  organisation: 'M5 21V4h9v17M14 10h6v11M2 21h20M8.500 8.500h2M8.500 12.500h2M8.500 16.500h2',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 21a7.500 7.500 0 0 1 15 0',
} as const

export type IconName = keyof typeof SHAPES

/** A decorative icon of the console, hidden from screen readers. */
export function ConsoleIcon({ name, className = 'size-5' }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      className={`${className} flex-none`}
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
