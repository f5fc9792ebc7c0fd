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

/** The font size by text length. */
function sizeOf(text: string): 'full' | 'long' | 'word' {
  if (text.length <= 3) return 'full'
  return text.length <= 4 ? 'long' : 'word'
}

/** A road plate with one big figure. Hidden from screen readers, so show the same in text beside it. */
export function Plate({ tone, above, main, below, edge, faded = false, large = false }: PlateProps) {
  const chip = tone === 'hatched' ? 'plate-chip' : ''
  return (
    <div
      className={`plate ${large ? 'plate-large' : ''}`}
      data-tone={tone}
      data-faded={faded || undefined}
      aria-hidden="true"
    >
      {edge !== null && <PlateEdge share={edge} tone={tone} />}
      {above && <span className={`plate-small ${chip}`}>{above}</span>}
      {/* A range such as "2–6" has the same order as within a sentence, where it is isolated. */}
      <span dir="auto" className={`plate-main ${chip}`} data-size={sizeOf(main)}>
        {main}
      </span>
      {below && <span className={`plate-small ${chip}`}>{below}</span>}
    </div>
  )
}

/** Paths that start at the top middle and run clockwise, like the plates on the map. */
const EDGES: Record<'square' | 'cut' | 'round', string> = {
  square: 'M42 6h33q3 0 3 3v66q0 3-3 3h-66q-3 0-3-3v-66q0-3 3-3z',
  cut: 'M42 6h23.5l12.5 12.5v47l-12.5 12.5h-47l-12.5-12.5v-47l12.5-12.5z',
  round: 'M42 6a36 36 0 1 1 0 72a36 36 0 1 1 0-72z',
}

function PlateEdge({ share, tone }: { share: number; tone: PlateTone }) {
  const path = EDGES[tone === 'amber' ? 'cut' : tone === 'asphalt' ? 'round' : 'square']
  return (
    <svg className="plate-edge" viewBox="0 0 84 84">
      <path d={path} strokeWidth="4" opacity="0.28" />
      <path d={path} strokeWidth="4" pathLength="100" strokeDasharray={`${Math.round(share * 100)} 100`} />
    </svg>
  )
}
