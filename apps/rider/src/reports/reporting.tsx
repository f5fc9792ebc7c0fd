import type { Failure } from '@kickstand/client'
import type { ReportCreatedBody, ReportInput } from '@kickstand/contract'
import { useToasts } from '@kickstand/ui'
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { useI18n } from '#i18n/i18n.ts'
import { deleteReport, postReport } from '../api/client.ts'
import { randomKey } from '../api/device-key.ts'
import { storage } from '../api/safe-storage.ts'
import { serverNow } from '../api/server-clock.ts'
import { createOutbox, type OutboxEvent } from '../offline/outbox.ts'
import { openTabs } from '../offline/tabs.ts'
import { bodyAt, draftText, reportInput, type Draft, type Position } from './draft.ts'

type Sent = {
  readonly key: string
  readonly input: ReportInput
  readonly text: string
  readonly reportId: string | null
  readonly onUndo: (() => void) | undefined
}
/** `waiting`: for a network. `sent`: the server has answered. */
type OwnReportState = { readonly text: string; readonly waiting: boolean; readonly sent: boolean }
type Reporting = {
  /** `onUndo` is called when the rider undoes the report. */
  readonly report: (zoneId: string, draft: Draft, onUndo?: () => void) => void
  /** The rider's latest report of a zone in this visit; null if there is none. */
  readonly ownReportOf: (zoneId: string) => OwnReportState | null
  /** The number of reports that could not be sent yet. */
  readonly waiting: number
}

const STORED_AS = 'kickstand.outbox'
const UNDO_MS = 5_000
const ReportingContext = createContext<Reporting>({ report: () => {}, ownReportOf: () => null, waiting: 0 })

type Props = {
  readonly position: Position | null
  /** The live stream is connected, so waiting reports can be sent. */
  readonly connected: boolean
  /**
   * Called with the server's answer to a report; with the report itself if it waits for a network; with null if it was
   * undone or rejected, so that the zone's figures must be fetched again.
   */
  readonly onOwn: (zoneId: string, own: ReportCreatedBody | ReportInput | null) => void
  /** Resolves with the reason of a rejection as text, empty if there is none. */
  readonly explain: (failure: Failure) => Promise<string>
  readonly children: ReactNode
}

function entryOf(sent: ReadonlyMap<string, Sent>, key: string): Sent | undefined {
  return [...sent.values()].find((entry) => entry.key === key)
}

/** Owns the outbox of reports: sends them, shows the results as toasts and offers to undo them. */
export function ReportingProvider({ position, connected, onOwn, explain, children }: Props) {
  const { t } = useI18n()
  const { show } = useToasts()
  const [sent, setSent] = useState<ReadonlyMap<string, Sent>>(new Map())
  const latest = useRef(sent)
  useEffect(() => {
    latest.current = sent
  }, [sent])
  /** Keys of reports that the page already shows as undone. */
  const withdrawn = useRef(new Set<string>())
  const onEvent = useRef<(event: OutboxEvent<ReportCreatedBody>) => void>(() => {})
  const [outbox] = useState(() =>
    createOutbox<ReportInput, ReportCreatedBody>({
      storedAs: STORED_AS,
      tabs: openTabs(STORED_AS),
      bodyOf: bodyAt,
      idOf: ({ report }) => report.id,
      storage,
      post: postReport,
      remove: deleteReport,
      now: serverNow,
      schedule: (run, ms) => void setTimeout(run, ms),
      onEvent: (event) => onEvent.current(event),
    }),
  )
  const waiting = useSyncExternalStore(outbox.subscribe, outbox.items)

  /** Stops showing a report. */
  const drop = useCallback(
    (key: string, zoneId: string) => {
      setSent((before) => new Map([...before].filter(([, entry]) => entry.key !== key)))
      onOwn(zoneId, null)
    },
    [onOwn],
  )
  /** Stops showing a report that never reached the server, as far as the page knows. */
  const withdraw = useCallback(
    ({ key, input }: Sent) => {
      withdrawn.current.add(key)
      drop(key, input.zoneId)
    },
    [drop],
  )
  const undo = useCallback(
    (key: string) => {
      const own = entryOf(latest.current, key)
      if (!own) return
      own.onUndo?.()
      if (outbox.items().some((item) => item.key === key && item.attempts > 0 && item.reportId === null)) {
        withdraw(own)
        show({ text: t('report.undone') })
      }
      void outbox.undo(key, own.input, own.reportId)
    },
    [outbox, show, t, withdraw],
  )
  useEffect(() => {
    onEvent.current = (event) => {
      const mine = entryOf(latest.current, event.key)
      switch (event.type) {
        case 'delivered':
          if (event.late) show({ text: t('report.sentLate') })
          if (event.created) onOwn(event.created.report.zoneId, event.created)
          if (mine && event.created)
            setSent((before) =>
              new Map(before).set(mine.input.zoneId, { ...mine, reportId: event.created?.report.id ?? null }),
            )
          return
        case 'kept':
          if (event.undo) {
            if (mine?.reportId === null) withdraw(mine)
            show({ text: t('report.undoKept') })
          } else {
            if (mine) onOwn(mine.input.zoneId, mine.input)
            show({
              text: t('report.kept', { what: mine?.text ?? t('report.any') }),
              action: { label: t('report.undo'), run: () => undo(event.key) },
              durationMs: UNDO_MS,
            })
          }
          return
        case 'undone':
          drop(event.key, event.zoneId)
          if (!withdrawn.current.has(event.key)) show({ text: t('report.undone') })
          return
        case 'rejected':
          if (mine) drop(event.key, mine.input.zoneId)
          void explain(event.failure).then((why) => show({ text: t('report.rejected', { why }), durationMs: 8_000 }))
      }
    }
  })

  useEffect(() => {
    const online = () => void outbox.flush(true)
    online()
    window.addEventListener('online', online)
    return () => window.removeEventListener('online', online)
  }, [outbox])
  useEffect(() => {
    if (connected) void outbox.flush(true)
  }, [outbox, connected])

  const value = useMemo<Reporting>(
    () => ({
      report: (zoneId, draft, onUndo) => {
        const key = randomKey()
        const input = reportInput(zoneId, draft, serverNow(), position)
        const text = draftText(draft, t)
        const next = new Map(latest.current).set(zoneId, { key, input, text, reportId: null, onUndo })
        latest.current = next
        setSent(next)
        show({
          text: t('report.thanks', { what: text }),
          action: { label: t('report.undo'), run: () => undo(key) },
          durationMs: UNDO_MS,
        })
        void outbox.add(key, input)
      },
      ownReportOf: (zoneId) => {
        const entry = sent.get(zoneId)
        if (!entry) return null
        const isWaiting = waiting.some((item) => item.key === entry.key && item.attempts > 0)
        return { text: entry.text, waiting: isWaiting, sent: entry.reportId !== null }
      },
      waiting: waiting.filter((item) => item.attempts > 0 && !item.undo).length,
    }),
    [outbox, position, sent, waiting, show, t, undo],
  )
  return <ReportingContext value={value}>{children}</ReportingContext>
}

export function useReporting(): Reporting {
  return use(ReportingContext)
}

export function useWaiting(): number {
  return use(ReportingContext).waiting
}
