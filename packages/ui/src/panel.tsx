import { useEffect, useRef, useState, type CSSProperties, type PointerEvent, type ReactNode } from 'react'
import { nearestStep, PANEL_STEPS, type PanelStep } from './panel-steps.ts'

type PanelProps = {
  readonly label: string
  readonly step: PanelStep
  readonly onStep: (step: PanelStep) => void
  readonly tallerLabel: string
  readonly shorterLabel: string
  /** Changes with the content; the panel then scrolls to its top. */
  readonly contentKey: string
  readonly children: ReactNode
}

/**
 * The bottom sheet of a phone with three heights. Its handle can be dragged, tapped or moved with the arrow keys. On a
 * wide screen the style sheet makes it a side rail without a handle.
 */
export function Panel({ label, step, onStep, tallerLabel, shorterLabel, contentKey, children }: PanelProps) {
  const drag = useDrag(step, onStep)
  const scroller = useRef<HTMLDivElement>(null)
  useEffect(() => {
    scroller.current?.scrollTo(0, 0)
  }, [contentKey])
  const next: PanelStep = step === 2 ? 1 : step === 1 ? 2 : 1
  const style: CSSProperties & { '--panel-size': string } = { '--panel-size': drag.size }
  return (
    <section className="panel" aria-label={label} style={style} data-dragging={drag.active || undefined}>
      <button
        type="button"
        className="panel-handle grid h-8 w-full flex-none place-items-center wide:hidden"
        aria-label={next > step ? tallerLabel : shorterLabel}
        onClick={() => drag.wasTap() && onStep(next)}
        onKeyDown={(event) => {
          const move = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
          if (move === 0) return
          event.preventDefault()
          onStep(nearestStep(step + move))
        }}
        {...drag.handlers}
      >
        <span className="h-1.5 w-11 rounded-full bg-edge" />
      </button>
      <div ref={scroller} className="panel-scroll">
        {children}
      </div>
    </section>
  )
}

const TAP_SLOP = 6

function useDrag(step: PanelStep, onStep: (step: PanelStep) => void) {
  const [share, setShare] = useState<number | null>(null)
  const start = useRef<{ y: number; share: number; moved: boolean } | null>(null)
  const moved = useRef(false)
  function shareAt(y: number, from: { y: number; share: number }): number {
    return Math.min(PANEL_STEPS[2], Math.max(0.12, from.share + (from.y - y) / window.innerHeight))
  }
  return {
    active: share !== null,
    size: `${((share ?? PANEL_STEPS[step]) * 100).toFixed(2)}%`,
    /** False right after a drag, because the browser also fires a click at its end. */
    wasTap: () => !moved.current,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { y: event.clientY, share: PANEL_STEPS[step], moved: false }
        moved.current = false
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const from = start.current
        if (!from) return
        if (Math.abs(event.clientY - from.y) > TAP_SLOP) moved.current = true
        if (moved.current) setShare(shareAt(event.clientY, from))
      },
      onPointerUp: () => {
        if (share !== null) onStep(stepForShare(share))
        start.current = null
        setShare(null)
      },
      onPointerCancel: () => {
        start.current = null
        setShare(null)
      },
    },
  }
}

function stepForShare(share: number): PanelStep {
  const distances = PANEL_STEPS.map((size) => Math.abs(size - share))
  return nearestStep(distances.indexOf(Math.min(...distances)))
}
