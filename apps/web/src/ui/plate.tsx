export type PlateTone = 'solid' | 'outlined' | 'amber' | 'asphalt' | 'hatched' | 'struck'

type PlateProps = {
  readonly tone: PlateTone
  readonly above?: string | undefined
  readonly main: string
  readonly below?: string | undefined
  /** Share [0, 1] of the edge to draw at full strength; null draws none. */
  readonly edge: number | null
  readonly faded?: boolean
  readonly large?: boolean
}

/** The longest text that fits at full size. */
const FULL_SIZE_CHARACTERS = 3

/** A road plate with one big figure. It is a picture to the screen reader: whoever shows it says the same in words. */
export function Plate({ tone, above, main, below, edge, faded = false, large = false }: PlateProps) {
  const chip = tone === 'hatched' ? 'plate-chip' : ''
  return (
    <div
      className={`plate ${large ? 'plate-large' : ''}`}
      data-tone={tone}
      data-faded={faded || undefined}
      aria-hidden="true"
    >
      {edge !== null && <PlateEdge share={edge} />}
      {above && <span className={`plate-small ${chip}`}>{above}</span>}
      <span className={`plate-main ${chip}`} data-long={main.length > FULL_SIZE_CHARACTERS || undefined}>
        {main}
      </span>
      {below && <span className={`plate-small ${chip}`}>{below}</span>}
    </div>
  )
}

/** Begins at the top middle and goes clockwise, as the plates on the map do. */
function PlateEdge({ share }: { share: number }) {
  const path = 'M42 4h35q3 0 3 3v70q0 3-3 3h-70q-3 0-3-3v-70q0-3 3-3z'
  return (
    <svg className="plate-edge" viewBox="0 0 84 84" preserveAspectRatio="none">
      <path d={path} strokeWidth="1.5" opacity="0.35" vectorEffect="non-scaling-stroke" />
      <path d={path} strokeWidth="3" pathLength="100" strokeDasharray={`${Math.round(share * 100)} 100`} />
    </svg>
  )
}
