import { Bays, Icon } from '@kickstand/ui'
import { usePageText } from '#i18n/i18n.ts'

type Props = {
  /** The zone's name for screen readers, because each stop has the same two buttons. */
  readonly title: string
  readonly onParked: () => void
  readonly onFull: () => void
}

const SHAPE =
  'flex min-h-16 flex-[1_1_8rem] items-center justify-center gap-2 rounded-plate px-2 py-2 text-lg leading-tight font-bold hover:brightness-110 active:translate-y-px'

/** Two buttons, large enough for gloves: the rider has parked, or the zone was full. */
export function StopButtons({ title, onParked, onFull }: Props) {
  const p = usePageText()
  return (
    <div role="group" aria-label={title} className="flex flex-wrap gap-2">
      <button type="button" className={`${SHAPE} bg-sign text-sign-ink`} onClick={onParked}>
        <Icon name="parked" />
        {p('plan.parkedHere')}
      </button>
      <button type="button" className={`${SHAPE} bg-asphalt text-white`} onClick={onFull}>
        <Bays open={0} className="h-4.5" />
        {p('plan.wasFull')}
      </button>
    </div>
  )
}
