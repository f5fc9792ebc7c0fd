import type { ZoneBody } from '@kickstand/contract'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { ViewSearch } from '#paths.ts'
import { parseFull, pointText, withFull } from '#plan/plan-address.ts'
import { useReporting } from '#reports/reporting.tsx'

type Stop = Pick<ZoneBody, 'id' | 'lat' | 'lng'>

/** Taps are ignored this long after a step: a second tap of a glove would hit whatever has moved there. */
const SETTLE_MS = 800

/** The steps of a plan. Each sends a report and changes the address; undo reverts both. */
export function usePlanSteps() {
  const { full, until } = useSearch({ strict: false })
  const navigate = useNavigate()
  const { report } = useReporting()
  const [isSettling, setSettling] = useState(false)
  useEffect(() => {
    if (!isSettling) return
    const timer = setTimeout(() => setSettling(false), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [isSettling])

  function go(change: (before: ViewSearch) => ViewSearch, replace = false): void {
    void navigate({ to: '.', search: change, replace })
  }
  function once(step: () => void): void {
    if (isSettling) return
    setSettling(true)
    step()
  }
  return {
    full: parseFull(full),
    soonest: until === 'parked',
    /** True just after a step, while taps are ignored. */
    isSettling,
    reportFull: (zone: Stop) =>
      once(() => {
        report(zone.id, { kind: 'level', level: 'full' }, () =>
          go(
            (before) =>
              withFull(
                before,
                parseFull(before.full).filter((id) => id !== zone.id),
              ),
            true,
          ),
        )
        go((before) => withFull({ ...before, from: pointText(zone) }, [...parseFull(before.full), zone.id]))
      }),
    reportParked: (zone: Stop) =>
      once(() => {
        const open = ({ parked: _parked, ...before }: ViewSearch): ViewSearch => before
        report(zone.id, { kind: 'arrived' }, () => go(open, true))
        go((before) => ({ ...before, parked: zone.id }))
      }),
    startAgain: () => once(() => go((before) => withFull(before, []))),
    toggleSoonest: () =>
      go(({ until: before, ...rest }) => (before === 'parked' ? rest : { ...rest, until: 'parked' }), true),
  }
}

export type PlanSteps = ReturnType<typeof usePlanSteps>
