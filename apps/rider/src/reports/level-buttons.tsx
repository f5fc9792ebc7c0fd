import { LEVELS, type Level } from '@kickstand/domain'
import { Bays } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'
import { useReporting } from './reporting.tsx'

const OPEN_BAYS: Record<Level, number> = { plenty: 3, some: 2, few: 1, full: 0 }
const LEVEL_CLASSES: Record<Level, string> = {
  plenty: 'bg-sign text-sign-ink',
  some: 'bg-tint text-[light-dark(#0b4ea2,#cfe3ff)] shadow-[inset_0_0_0_2px_light-dark(#0b4ea2,#5f9fef)]',
  few: 'bg-amber text-amber-ink',
  full: 'bg-asphalt text-white',
}

/** The one-tap report: four buttons wide enough for a gloved thumb. `zone` is the place's name for screen readers. */
export function LevelButtons({ zoneId, zone }: { zoneId: string; zone: string }) {
  const { t } = useI18n()
  const { report } = useReporting()
  return (
    <div
      role="group"
      aria-label={t('report.askFor', { zone })}
      className="grid grid-cols-[repeat(auto-fit,minmax(4rem,1fr))] gap-2"
    >
      {LEVELS.map((level) => (
        <button
          key={level}
          type="button"
          aria-label={t('report.levelName', { level })}
          className={`grid min-h-16 place-content-center justify-items-center gap-1 rounded-plate px-1 font-bold hover:brightness-110 active:translate-y-px ${LEVEL_CLASSES[level]}`}
          onClick={() => report(zoneId, { kind: 'level', level })}
        >
          <Bays open={OPEN_BAYS[level]} className="h-4.5" />
          <span>{t(`level.${level}`)}</span>
        </button>
      ))}
    </div>
  )
}
